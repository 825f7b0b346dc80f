// Texts and years beside the drawing: changed through the drawing's own stack of changes, so that undo takes them back too, and saved with it.

const KEYED = ['names', 'status', 'outcomes', 'instructions'];
const empty = (words) => !words || (typeof words === 'number' ? !words : !Object.values(words).some(Boolean));

/** `store.get()`: `texts` ({lang: {kind: {key: text}}}) and `keeping` ({end: years}); kind `keeping` has years for words. */
export function besides(store, langs) {
  const owed = new Map(); // what is not saved yet, by its place

  const read = (kind, key) => {
    const { texts, keeping } = store.get();
    return kind === 'keeping' ? keeping[key] ?? 0 : Object.fromEntries(langs.map((lang) => [lang, texts[lang]?.[kind]?.[key] ?? '']));
  };
  function put(kind, key, words) {
    const { texts, keeping } = store.get();
    if (kind === 'keeping') store.set({ keeping: { ...keeping, [key]: words } });
    else store.set({ texts: Object.fromEntries(langs.map((lang) => [lang, { ...texts[lang], [kind]: { ...texts[lang]?.[kind], [key]: words?.[lang] ?? '' } }])) });
    owed.set(`${kind}/${key}`, kind === 'keeping' ? { end: key, years: words } : { kind, key, words });
  }

  return {
    read, owed,
    /** Lets the stack of changes know how a text is said, and how it is taken back. */
    register(stack) {
      stack.register('loket.words', {
        execute(context) { context.before = read(context.kind, context.key); put(context.kind, context.key, context.words); return []; },
        revert(context) { put(context.kind, context.key, context.before); return []; },
      });
    },
    say: (kind, key, words) => store.modeler.get('commandStack').execute('loket.words', { kind, key, words }),
    /** What is said of a step follows its id. */
    follow(from, to) {
      for (const kind of [...KEYED, 'keeping']) {
        const words = read(kind, from);
        if (empty(words)) continue;
        this.say(kind, to, words);
        this.say(kind, from, kind === 'keeping' ? 0 : {});
      }
    },
    /** Writes what is owed, one after the other; gives how many. */
    async write(send) {
      const sent = [...owed];
      for (const [place, body] of sent) {
        await send(body);
        if (owed.get(place) === body) owed.delete(place);
      }
      return sent.length;
    },
    /** What an earlier visit owed. */
    owe(bodies) { bodies.forEach((body) => (body.end ? put('keeping', body.end, body.years) : put(body.kind, body.key, body.words))); },
  };
}

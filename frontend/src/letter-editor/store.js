// What the editor knows: both languages of the letter, where one stands, what the server found, the preview.
import { makeDocument } from '../studio/document.js';
import { letters, notices } from './schema.js';
import { stand } from './places.js';
import { makeTelling } from './telling.js';

export const LANGS = ['id', 'en'];
const REVIEW_AFTER = 600;

export function makeStore(data) {
  const schema = data.notice ? notices : letters;
  let reviewing = 0;
  let acting = false; // a deed is a step of undo by itself; what is typed in one go is one
  const review = (document, pause = REVIEW_AFTER) => {
    clearTimeout(reviewing);
    reviewing = setTimeout(async () => {
      try {
        const { problems } = await store.ask(data.urls.review, { method: 'POST', body: { document } });
        if (store.get().document === document) store.set({ problems, reviewed: true });
      } catch { /* the next change asks again; saving tells when the line is down */ }
    }, pause);
  };
  // as the editor itself writes it, so that what is not changed is the same
  const parts = Object.fromEntries(LANGS.map((lang) => [lang, schema.nodeFromJSON(data.parts[lang]).toJSON()]));
  const store = makeDocument(data, parts, { at: { lang: data.lang, stand: null }, problems: [], reviewed: false, pages: null }, review);
  const telling = makeTelling({ known: data.known, ways: data.ways, t: store.t, pick: store.pick });
  const views = {};

  return Object.assign(store, {
    schema, telling, review, views,
    labelOf: (item) => store.pick(item.label) || item.key,
    owe: (promise) => promise,
    view: () => views[store.get().at.lang],
    /** A deed in the language where one stands; the keyboard stays in the letter. */
    run(command, { focus = true } = {}) {
      const view = store.view();
      if (!view) return false;
      acting = true;
      const done = command(view.state, view.dispatch, view);
      acting = false;
      if (focus) view.focus();
      return done;
    },
    stood: (lang, state) => store.set({ at: { lang, stand: stand(state) } }),
    typed: (lang, doc) => store.change({ ...store.get().document, [lang]: doc.toJSON() }, { tag: acting ? null : `type ${lang}` }),
    fields: (loops) => [
      ...loops.flatMap(({ name, of }) => {
        const group = telling.byPath.get(of.replace(/^shown\./, ''));
        const rows = (group?.rows ?? []).map((one) => ({ ...one, path: `${name}.${one.path}`, format: '', group: group.label }));
        return group ? [...rows, { path: 'forloop.index', label: { id: store.t('number of the row'), en: store.t('number of the row') }, group: group.label }] : [];
      }),
      ...data.known.filter((one) => !one.rows).map((one) => ({ ...one, known: one.path, path: one.ways[0]?.path ?? one.path, format: one.ways[0]?.format ?? '' })),
    ],
    groups: data.known.filter((one) => one.rows),
  });
}

// What the builder knows now: the document and its past, what is chosen, what the server drew and found. One object, one `change`.
import { asker } from '../studio/ask.js';
import { saver } from '../studio/saving.js';
import * as model from './model.js';

const CLIPBOARD = 'loket-questions';
const DRAW_AFTER = 120;
const MERGE_WITHIN = 1500;

export function makeStore(data) {
  const ask = asker(data.token);
  const listeners = new Set();
  const kinds = new Map(data.catalogue.kinds.map((kind) => [kind.kind, kind]));
  const common = new Map(data.catalogue.common.map((one) => [one.key, one]));
  const t = (text, facts = {}) => Object.entries(facts).reduce((said, [key, value]) => said.replace(`{${key}}`, value), data.words[text] ?? text);
  const pick = (words) => words?.[data.lang] || words?.id || words?.en || '';
  let state = {
    document: data.document, past: [], future: [], selection: { page: 0, item: null, inner: null }, lang: data.lang, view: 'canvas',
    drawn: { html: '', items: [], broken: [] }, problems: [], status: { status: 'saved' }, said: '', focus: null, clipboard: sessionStorage.getItem(CLIPBOARD),
  };
  let merging = { tag: null, at: 0 };
  let drawing = 0;
  const set = (more) => { state = { ...state, ...more }; listeners.forEach((listener) => listener(state)); };
  const saving = saver({ write: (document, rev) => ask(data.urls.save, { method: 'PUT', body: document, rev }), told: (status) => set({ status }), rev: data.rev });

  function draw(pause = DRAW_AFTER) {
    clearTimeout(drawing);
    drawing = setTimeout(async () => {
      const { document, selection, lang } = state;
      try {
        const { problems, ...drawn } = await ask(data.urls.draw, { method: 'POST', body: { document, page: selection.page, lang } });
        if (state.document === document && state.selection.page === selection.page && state.lang === lang) set({ drawn: { ...drawn, of: document, page: selection.page }, problems });
      } catch { /* the next change draws again; saving tells when the line is down */ }
    }, pause);
  }

  /** A new document. `tag`: typing in one box is one step of undo. */
  function change(document, { selection = state.selection, said = '', tag = null, focus = null } = {}) {
    if (document === state.document) return;
    const merge = tag !== null && merging.tag === tag && Date.now() - merging.at < MERGE_WITHIN;
    merging = { tag, at: Date.now() };
    const past = merge ? state.past : [...state.past.slice(-199), { document: state.document, selection: state.selection }];
    set({ document, past, future: [], selection, said: said || state.said, focus });
    saving.later(document);
    draw();
  }

  function step(from, to, said) {
    const [last] = state[from].slice(-1);
    if (!last) return;
    merging = { tag: null, at: 0 };
    set({ document: last.document, selection: last.selection, [from]: state[from].slice(0, -1), [to]: [...state[to], { document: state.document, selection: state.selection }], said });
    saving.later(last.document);
    draw(0);
  }

  const list = () => model.pages(state.document)[state.selection.page]?.fields ?? [];
  const labelOf = (item) => (item?.include ? item.include : pick(item?.label) || item?.key || t('Question'));

  const store = {
    data, t, pick, kinds, common, labelOf, ask, change, draw, set,
    get: () => state,
    listen: (listener) => { listeners.add(listener); return () => listeners.delete(listener); },
    undo: () => step('past', 'future', t('Undone.')),
    redo: () => step('future', 'past', t('Done again.')),
    select: (selection, focus = null) => {
      const turned = selection.page !== state.selection.page;
      set({ selection: { inner: null, item: null, ...selection }, focus, view: 'canvas' });
      if (turned) draw(0);
    },
    language: (lang) => { set({ lang }); draw(0); },
    view: (view) => set({ view }),
    say: (said) => set({ said }),
    focused: () => { if (state.focus) state = { ...state, focus: null }; },
    item: () => (state.selection.item === null ? null : model.at(state.document, model.pathOf(state.selection))),
    kindOf: (item) => kinds.get(item?.kind),
    properties: (kind) => [...kind.common.map((key) => common.get(key)), ...kind.properties],
    flush: () => saving.flush(),
    unsaved: () => saving.unsaved(),
    resume: (rev, document) => saving.resume(rev, document),

    /** A new question of a kind, or a shared group, put before `index` of the page (or of the group that is chosen). */
    add(what, index = null, inside = null) {
      const { document, selection } = state;
      const path = inside ?? ['pages', selection.page, 'fields'];
      const items = model.at(document, path) ?? [];
      const place = index ?? (inside ? items.length : selection.item === null ? items.length : selection.item + 1);
      const item = what.include ? { include: what.include } : store.fresh(what.kind, path);
      const chosen = inside ? { page: path[1], item: path[3], inner: place } : { page: selection.page, item: place, inner: null };
      change(model.insert(document, path, place, item), { selection: chosen, said: t('{name} was added at place {place}.', { name: labelOf(item), place: place + 1 }), focus: 'label' });
    },
    fresh(kind, path) {
      const given = structuredClone(kinds.get(kind).fresh);
      const { label, noun, kind: word, key: _, ...own } = given;
      const key = model.keyFrom(label.id, model.takenKeys(state.document, data.groups, path));
      return { key, kind: word, label, ...(noun ? { noun } : {}), ...own };
    },
    /** Moves a question in its list; by buttons, keys or the mouse. */
    move(from, to, selection = state.selection) {
      const path = model.listPath(selection);
      const items = model.at(state.document, path);
      if (to < 0 || to >= items.length || from === to) return;
      const chosen = selection.inner === null || selection.inner === undefined ? { ...selection, item: to, inner: null } : { ...selection, inner: to };
      change(model.move(state.document, path, from, to), { selection: chosen, said: t('{name} is now at place {place} of {count}.', { name: labelOf(items[from]), place: to + 1, count: items.length }) });
    },
    remove(selection = state.selection) {
      const path = model.listPath(selection);
      const index = selection.inner ?? selection.item;
      const item = model.at(state.document, path)[index];
      const chosen = selection.inner === null || selection.inner === undefined ? { page: selection.page, item: null, inner: null } : { ...selection, inner: null };
      change(model.remove(state.document, path, index), { selection: chosen, said: t('{name} was taken out. Undo brings it back.', { name: labelOf(item) }), focus: 'canvas' });
    },
    toPage(page) {
      const { document, selection } = state;
      const item = store.item();
      const target = model.pages(document)[page].fields ?? [];
      const moved = model.insert(model.remove(document, ['pages', selection.page, 'fields'], selection.item), ['pages', page, 'fields'], target.length, item);
      change(moved, { selection: { page, item: target.length, inner: null }, said: t('{name} was moved to the page {page}.', { name: labelOf(item), page: pick(model.pages(document)[page].title) }) });
      draw(0);
    },
    copy() {
      const text = JSON.stringify(store.item());
      sessionStorage.setItem(CLIPBOARD, text);
      set({ clipboard: text, said: t('{name} was copied. It can be pasted into any form.', { name: labelOf(store.item()) }) });
    },
    paste() {
      const { document, selection } = state;
      const path = ['pages', selection.page, 'fields'];
      const item = JSON.parse(state.clipboard);
      const taken = model.takenKeys(document, data.groups, path);
      const pasted = item.include ? item : { ...item, key: taken.has(item.key) ? model.keyFrom(item.key, taken) : item.key };
      const place = selection.item === null ? list().length : selection.item + 1;
      change(model.insert(document, path, place, pasted), { selection: { page: selection.page, item: place, inner: null }, said: t('{name} was added at place {place}.', { name: labelOf(pasted), place: place + 1 }), focus: 'label' });
    },
    /** Says something of what is chosen. */
    put(key, value, tag = null) {
      const path = model.pathOf(state.selection);
      const item = model.at(state.document, path);
      const own = (kinds.get(item.kind)?.properties ?? []).map((one) => one.key);
      let fresh = model.say(item, key, value, own);
      let document = state.document;
      if (key === 'label') fresh = followed(item, fresh, path);
      if (key === 'key') document = model.renamed(document, nameOf(item.key), nameOf(value));
      change(model.put(document, path, key === 'key' ? model.say(model.at(document, path), key, value, own) : fresh), { tag: tag ?? `${path}/${key}` });
    },
    isFixed: (item) => {
      const { selection } = state;
      const outer = list()[selection.item]?.key;
      return data.fixed.questions.includes(selection.inner === null || selection.inner === undefined ? item.key : `${outer}.${item.key}`);
    },
    fixedChoices: (item) => {
      const outer = list()[state.selection.item]?.key;
      return data.fixed.choices[state.selection.inner === null || state.selection.inner === undefined ? item.key : `${outer}.${item.key}`] ?? [];
    },
  };

  const nameOf = (key) => (state.selection.inner === null || state.selection.inner === undefined ? `${state.document.key}.${key}` : `row.${key}`);

  /** Key and noun follow the question while nobody has chosen them. */
  function followed(before, after, path) {
    const others = model.takenKeys(state.document, data.groups, path.slice(0, -1));
    others.delete(before.key);
    const made = model.keyFrom(before.label?.id, others) === before.key;
    const follows = made && !store.isFixed(before) && !model.reads(state.document, nameOf(before.key));
    const lower = (text) => (text ? text[0].toLowerCase() + text.slice(1) : '');
    const noun = before.noun && Object.fromEntries(model.LANGS.filter((lang) => lang in before.noun).map((lang) => [lang, before.noun[lang] === lower(before.label?.[lang]) ? lower(after.label?.[lang]) : before.noun[lang]]));
    return { ...after, ...(follows ? { key: model.keyFrom(after.label?.id, others) } : {}), ...(noun ? { noun } : {}) };
  }

  return store;
}

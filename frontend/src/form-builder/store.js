// What the builder knows now: the document and its past, what is chosen, what the server drew and found. One object, one `change`.
import { keeper } from '../studio/keeping.js';
import { asker } from '../studio/ask.js';
import { saver } from '../studio/saving.js';
import * as model from './model.js';

const CLIPBOARD = 'loket-questions';
const DRAW_AFTER = 120;
const DRAW_TYPED_AFTER = 400; // while somebody types, a drawing of every letter is of no use to anybody
const LONGEST_PAUSE = 2000;
const MERGE_WITHIN = 1500;

export function makeStore(data) {
  const ask = asker(data.token);
  const listeners = new Set();
  const kinds = new Map(data.catalogue.kinds.map((kind) => [kind.kind, kind]));
  const common = new Map(data.catalogue.common.map((one) => [one.key, one]));
  const t = (text, facts = {}) => Object.entries(facts).reduce((said, [key, value]) => said.replace(`{${key}}`, value), data.words[text] ?? text);
  const pick = (words) => (typeof words === 'string' ? words : words?.[data.lang] || words?.id || words?.en || '');
  let state = {
    document: data.document, past: [], future: [], selection: { page: 0, item: null, inner: null }, lang: data.lang, view: 'canvas',
    drawn: { html: '', items: [], broken: [] }, problems: [], status: { status: 'saved' }, said: '', focus: null, clipboard: localStorage.getItem(CLIPBOARD), side: 'page',
  };
  let merging = { tag: null, at: 0 };
  const drawing = { timer: 0, running: false, again: false, took: 0 };
  const owed = new Set(); // conditions on their way to the server and back: not in the document yet
  const kept = keeper(data.urls.save);
  const set = (more) => { state = { ...state, ...more }; listeners.forEach((listener) => listener(state)); };
  const saving = saver({
    write: (document, rev) => ask(data.urls.save, { method: 'PUT', body: document, rev }), rev: data.rev,
    told: (status) => { if (status.status === 'saved') kept.drop(); set({ status }); },
  });

  /** Asks the server for the page as it is now, one request at a time; a server that is slow is asked less often. Without a pause: at once. */
  function draw(pause = DRAW_AFTER) {
    clearTimeout(drawing.timer);
    drawing.timer = setTimeout(drawNow, pause && Math.max(pause, Math.min(2 * drawing.took, LONGEST_PAUSE)));
  }

  async function drawNow() {
    if (drawing.running) { drawing.again = true; return; }
    drawing.running = true;
    const { document, selection, lang } = state;
    const began = performance.now();
    try {
      const { problems, ...drawn } = await ask(data.urls.draw, { method: 'POST', body: { document, page: selection.page, lang } });
      if (state.selection.page === selection.page && state.lang === lang) set({ drawn: { ...drawn, of: document, page: selection.page }, problems });
    } catch { /* the next change draws again; saving tells when the line is down */ }
    drawing.running = false;
    drawing.took = performance.now() - began;
    if (drawing.again) { drawing.again = false; draw(); }
  }

  function written(document, pause = DRAW_AFTER) {
    kept.keep(saving.rev(), document);
    saving.later(document);
    draw(pause);
  }

  /** A new document. `tag`: typing in one box is one step of undo. */
  function change(document, { selection = state.selection, said = '', tag = null, focus = null } = {}) {
    if (document === state.document) return;
    const merge = tag !== null && merging.tag === tag && Date.now() - merging.at < MERGE_WITHIN;
    merging = { tag, at: Date.now() };
    const past = merge ? state.past : [...state.past.slice(-199), { document: state.document, selection: state.selection }];
    set({ document, past, future: [], selection, said: said || state.said, focus });
    written(document, tag === null ? DRAW_AFTER : DRAW_TYPED_AFTER);
  }

  function step(from, to, said) {
    const [last] = state[from].slice(-1);
    if (!last) return;
    merging = { tag: null, at: 0 };
    set({ document: last.document, selection: last.selection, [from]: state[from].slice(0, -1), [to]: [...state[to], { document: state.document, selection: state.selection }], said });
    written(last.document);
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
      const chosen = { inner: null, item: null, ...selection };
      set({ selection: chosen, focus, view: 'canvas', side: chosen.item === null ? 'page' : 'panel' });
      if (turned) draw(0);
    },
    language: (lang) => { set({ lang }); draw(0); },
    view: (view) => set({ view }),
    /** Which of the three parts is in sight where only one has room: add, page, panel. */
    turn: (side) => { if (side !== state.side) set({ side }); },
    say: (said) => set({ said }),
    /** Where a finding lies; one inside a shared group lies where the group is taken in. */
    placed(place) {
      const group = /^shared\/forms\/([^#]+)\.json#/.exec(place)?.[1];
      if (!group) return model.placed(place);
      for (const [page, one] of model.pages(state.document).entries()) {
        const item = (one.fields ?? []).findIndex((each) => each.include === group);
        if (item >= 0) return { selection: { page, item, inner: null }, property: 'label', whole: true };
      }
      return model.placed('#');
    },
    /** Goes to where a finding can be put right. */
    lead(found) {
      const { selection, property } = store.placed(found.place);
      store.select(selection, property);
    },
    focused: () => { if (state.focus) state = { ...state, focus: null }; },
    item: () => (state.selection.item === null ? null : model.at(state.document, model.pathOf(state.selection))),
    kindOf: (item) => kinds.get(item?.kind),
    properties: (kind) => [...kind.common.map((key) => common.get(key)), ...kind.properties],
    flush: async () => { await Promise.allSettled([...owed]); await saving.flush(); },
    unsaved: () => owed.size > 0 || saving.unsaved(),
    resume: (document, rev = saving.rev()) => saving.resume(rev, document),
    /** Something that will change the document when the server has answered: nothing counts as saved before. */
    owe(promise) {
      owed.add(promise);
      set({ owed: owed.size });
      return promise.finally(() => { owed.delete(promise); set({ owed: owed.size }); });
    },
    /** What an earlier visit could not save any more (the line was down, the battery dead) comes back; when somebody wrote meanwhile, it is a conflict. */
    takeUp() {
      const found = kept.found();
      if (!found || JSON.stringify(found.document) === JSON.stringify(state.document)) { kept.drop(); return; }
      const past = [{ document: state.document, selection: state.selection }];
      set({ document: found.document, past, said: t('Your changes that were not saved are back.') });
      if (found.rev === data.rev) written(found.document);
      else { saving.stop(data.rev, found.document); set({ status: { status: 'conflict', text: t('Your changes that were not saved are back; meanwhile somebody else has changed this form.'), theirs: data.rev } }); draw(); }
    },

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
      const names = kinds.get(kind).properties.map((one) => one.key);
      return Object.entries(own).reduce((item, [name, value]) => model.say(item, name, value, names), { key, kind: word, label, ...(noun ? { noun } : {}) });
    },
    /** Moves a question in its list; by buttons, keys or the mouse. `focus`: where the keyboard goes on. */
    move(from, to, selection = state.selection, { focus = null, stay = false } = {}) {
      const path = model.listPath(selection);
      const items = model.at(state.document, path);
      if (to < 0 || to >= items.length || from === to) return;
      const chosen = stay ? state.selection : flat(selection) ? { ...selection, item: to, inner: null } : { ...selection, inner: to };
      change(model.move(state.document, path, from, to), { selection: chosen, said: t('{name} is now at place {place} of {count}.', { name: labelOf(items[from]), place: to + 1, count: items.length }), focus });
    },
    /** Takes a question out; what is chosen stays chosen, and the keyboard goes on at the neighbour. */
    remove(selection = state.selection) {
      const path = model.listPath(selection);
      const index = selection.inner ?? selection.item;
      const items = model.at(state.document, path);
      const next = items.length > 1 ? Math.min(index, items.length - 2) : null;
      const said = t('{name} was taken out. Undo brings it back.', { name: labelOf(items[index]) });
      if (!flat(selection)) { change(model.remove(state.document, path, index), { selection: { ...selection, inner: null }, said, focus: 'fields' }); return; }
      const other = state.selection.item !== null && state.selection.page === selection.page && state.selection.item !== index;
      const item = other ? state.selection.item - (state.selection.item > index ? 1 : 0) : next;
      change(model.remove(state.document, path, index), { selection: { page: selection.page, item, inner: other ? state.selection.inner : null }, said, focus: next === null ? 'page' : `choose.${next}` });
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
      localStorage.setItem(CLIPBOARD, text);
      set({ clipboard: text, said: t('{name} was copied. It can be pasted into any form.', { name: labelOf(store.item()) }) });
    },
    /** The copied question behind the one that is chosen, or (`inside`) at the end of a group; its key is changed where it is taken. */
    paste(inside = null) {
      const { document, selection } = state;
      const path = inside ?? ['pages', selection.page, 'fields'];
      const item = store.copied();
      const taken = model.takenKeys(document, data.groups, path);
      const pasted = item.include ? item : { ...item, key: taken.has(item.key) ? model.keyFrom(item.key, taken) : item.key };
      const place = inside ? (model.at(document, path) ?? []).length : selection.item === null ? list().length : selection.item + 1;
      const chosen = inside ? { ...selection, inner: place } : { page: selection.page, item: place, inner: null };
      change(model.insert(document, path, place, pasted), { selection: chosen, said: t('{name} was added at place {place}.', { name: labelOf(pasted), place: place + 1 }), focus: 'label' });
    },
    copied: () => (state.clipboard ? JSON.parse(state.clipboard) : null),
    /** Says something of a question: of the one that is chosen, or of one that was when the answer was on its way. */
    put(key, value, { selection = state.selection, item: known = null } = {}) {
      const found = known ? located(selection, known) : selection;
      const path = found && model.pathOf(found);
      const item = path && model.at(state.document, path);
      if (!item) return;
      const own = (kinds.get(item.kind)?.properties ?? []).map((one) => one.key);
      let fresh = model.say(item, key, value, own);
      let { document } = state;
      if (key === 'label') fresh = followed(item, fresh, path);
      if (key === 'key') { document = renamedIn(document, found, nameOf(item.key), nameOf(value)); fresh = model.say(model.at(document, path), key, value, own); }
      change(model.put(document, path, fresh), { tag: `${path}/${key}` });
    },
    isFixed: (item) => {
      const { selection } = state;
      const outer = list()[selection.item]?.key;
      return data.fixed.questions.includes(flat(selection) ? item.key : `${outer}.${item.key}`);
    },
    fixedChoices: (item) => {
      const outer = list()[state.selection.item]?.key;
      return data.fixed.choices[flat(state.selection) ? item.key : `${outer}.${item.key}`] ?? [];
    },
  };

  const flat = (selection) => selection.inner === null || selection.inner === undefined;

  /** Where a question stands now that stood at `selection` before. */
  function located(selection, item) {
    if (model.at(state.document, model.pathOf(selection))?.key === item.key) return selection;
    if (!flat(selection)) return null;
    for (const [page, one] of model.pages(state.document).entries()) {
      const place = (one.fields ?? []).findIndex((each) => each.key === item.key);
      if (place >= 0) return { page, item: place, inner: null };
    }
    return null;
  }

  const nameOf = (key) => (flat(state.selection) ? `${state.document.key}.${key}` : `row.${key}`);

  /** Expressions follow a key; `row.` is spoken inside its own group only. */
  function renamedIn(document, selection, before, after) {
    if (flat(selection)) return model.renamed(document, before, after);
    const outer = model.pathOf({ ...selection, inner: null });
    return model.put(document, outer, model.renamed(model.at(document, outer), before, after));
  }

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

  window.addEventListener('storage', (event) => { if (event.key === CLIPBOARD) set({ clipboard: event.newValue }); });
  return store;
}

// A document that is edited: its past and future, saving by itself, what is said aloud. Editors of the studio build on it.
import { asker } from './ask.js';
import { keeper } from './keeping.js';
import { saver } from './saving.js';

const MERGE_WITHIN = 1500;
const MOST_STEPS = 200;

/** `data`: what the page handed over (`words`, `token`, `rev`, `urls.save`, `lang`); `more`: what else the editor's state holds. */
export function makeDocument(data, document, more = {}, changed = () => {}) {
  const ask = asker(data.token);
  const listeners = new Set();
  const t = (text, facts = {}) => Object.entries(facts).reduce((said, [key, value]) => said.replaceAll(`{${key}}`, value), data.words[text] ?? text);
  const pick = (words) => words?.[data.lang] || words?.id || words?.en || '';
  let state = { document, past: [], future: [], status: { status: 'saved' }, said: '', ...more };
  let merging = { tag: null, at: 0 };
  const set = (fresh) => { state = { ...state, ...fresh }; listeners.forEach((listener) => listener(state)); };
  const kept = keeper(data.urls.save);
  const saving = saver({
    write: (whole, rev) => ask(data.urls.save, { method: 'PUT', body: whole, rev }), rev: data.rev,
    told: (status) => { if (status.status === 'saved') kept.drop(); set({ status }); },
  });
  const written = (whole) => { kept.keep(saving.rev(), whole); saving.later(whole); changed(whole); };

  /** A new document. `tag`: typing in one box is one step of undo. */
  function change(fresh, { said = '', tag = null, ...also } = {}) {
    if (fresh === state.document) { set(also); return; }
    const merge = tag !== null && merging.tag === tag && Date.now() - merging.at < MERGE_WITHIN;
    merging = { tag, at: Date.now() };
    const past = merge ? state.past : [...state.past.slice(1 - MOST_STEPS), state.document];
    set({ document: fresh, past, future: [], said: said || state.said, ...also });
    written(fresh);
  }

  function step(from, to, said) {
    const last = state[from].at(-1);
    if (last === undefined) return;
    merging = { tag: null, at: 0 };
    set({ document: last, [from]: state[from].slice(0, -1), [to]: [...state[to], state.document], said });
    written(last);
  }

  /** Theirs in the place of mine; mine stays one step of undo away. */
  function adopt(theirs, rev) {
    saving.resume(rev, null);
    kept.drop();
    set({ document: theirs, past: [...state.past, state.document], future: [], said: t('Theirs is here now. Undo brings yours back.') });
    changed(theirs);
  }

  /** What an earlier visit could not save any more (the line was down, the battery dead) comes back; when somebody wrote meanwhile, it is a conflict. */
  function takeUp() {
    const found = kept.found();
    if (!found || JSON.stringify(found.document) === JSON.stringify(state.document)) { kept.drop(); return; }
    set({ document: found.document, past: [...state.past, state.document], said: t('Your changes that were not saved are back.') });
    if (found.rev === data.rev) { written(found.document); return; }
    saving.stop(data.rev, found.document);
    set({ status: { status: 'conflict', text: t('Your changes that were not saved are back; meanwhile somebody else has changed this.'), theirs: data.rev } });
    changed(found.document);
  }

  return {
    data, t, pick, ask, set, change, adopt, takeUp,
    get: () => state,
    listen: (listener) => { listeners.add(listener); return () => listeners.delete(listener); },
    undo: () => step('past', 'future', t('Undone.')),
    redo: () => step('future', 'past', t('Done again.')),
    say: (said) => set({ said }),
    flush: () => saving.flush(),
    unsaved: () => saving.unsaved(),
    rev: () => saving.rev(),
    resume: (rev, whole) => saving.resume(rev, whole),
  };
}

/** Ctrl+Z and Ctrl+Y outside of boxes, and a question before a page with unsaved work is left. Gives what takes them away again. */
export function watch(store) {
  const pressed = (event) => {
    const word = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.target.closest('input, textarea, select, [contenteditable="true"]') || (word !== 'z' && word !== 'y')) return;
    event.preventDefault();
    if (word === 'y' || event.shiftKey) store.redo();
    else store.undo();
  };
  const leaving = (event) => { if (store.unsaved()) event.preventDefault(); };
  document.addEventListener('keydown', pressed);
  window.addEventListener('beforeunload', leaving);
  return () => { document.removeEventListener('keydown', pressed); window.removeEventListener('beforeunload', leaving); };
}

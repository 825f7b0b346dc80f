// What the designer knows now: the drawing (with its past), what is chosen, what is wrong, whether it is saved. One object, one `change`.
import { asker } from '../studio/ask.js';
import { keeper } from '../studio/keeping.js';
import { saver } from '../studio/saving.js';
import { besides } from './beside.js';
import { changes } from './change.js';
import { rows } from './graph.js';
import { makeModeler } from './modeler.js';
import { writer } from './zeebe.js';

const CHECK_AFTER = 500;

export function makeStore(data) {
  const ask = asker(data.token);
  const listeners = new Set();
  const t = (text, facts = {}) => Object.entries(facts).reduce((said, [key, value]) => said.replaceAll(`{${key}}`, value), data.words[text] ?? text);
  const pick = (words) => words?.[data.lang] || words?.id || words?.en || '';
  let state = {
    version: 0, chosen: null, findings: [], said: '', focus: null, status: { status: 'saved' }, view: 'both', rows: [], texts: data.texts, keeping: data.keeping, desks: data.desks,
    forms: data.forms, tables: data.tables, letters: data.letters, checked: false, canUndo: false, canRedo: false,
  };
  const set = (more) => { state = { ...state, ...more }; listeners.forEach((listener) => listener(state)); };
  const told = new Map(); // conditions as rows, by their text
  const store = { data, t, pick, ask, set, told, get: () => state, listen: (one) => { listeners.add(one); return () => listeners.delete(one); } };
  const kept = keeper(data.urls.file);
  const beside = besides(store, Object.keys(data.texts));
  let checking = 0;
  let asked = 0;
  let keeping = 0;
  let stored = null; // the drawing as it was saved last

  const xml = async () => (await store.modeler.saveXML({ format: true })).xml;
  const saving = saver({
    write: async (_, rev) => {
      if (await beside.write((body) => ask(data.urls.words, { method: 'PUT', body }))) check();
      const text = await xml();
      if (text === stored) return { rev };
      const answer = await ask(data.urls.file, { method: 'PUT', raw: text, rev, headers: { 'Content-Type': 'application/xml' } });
      stored = text;
      return answer;
    },
    told: (status) => { if (status.status === 'saved') { clearTimeout(keeping); kept.drop(); } set({ status }); },
    rev: data.rev,
  });

  /** What is not saved yet stays in this browser until it is. */
  function keep() {
    clearTimeout(keeping);
    keeping = setTimeout(async () => { const text = await xml(); if (saving.unsaved()) kept.keep(saving.rev(), { xml: text, words: [...beside.owed.values()] }); }, 200);
  }

  /** What an earlier visit could not save any more comes back; when somebody wrote meanwhile, it is a conflict. */
  async function takeUp() {
    const found = kept.found();
    if (!found?.document.xml) return;
    await store.load(found.document.xml);
    stored = null;
    beside.owe(found.document.words ?? []);
    set({ said: t('Your changes that were not saved are back.') });
    if (found.rev === data.rev) { saving.later({}); return; }
    saving.stop(data.rev, {});
    set({ status: { status: 'conflict', text: t('Your changes that were not saved are back; meanwhile somebody else has changed this procedure.'), theirs: data.rev } });
  }

  /** What other pages of the studio have added meanwhile: forms and their questions, tables, letters, desks. */
  async function refresh() {
    try {
      const { forms, tables, letters, desks } = await ask(data.urls.known);
      Object.assign(data, { tables });
      set({ forms, tables, letters, desks, version: state.version + 1 });
      check();
    } catch { /* the next time one comes back asks again */ }
  }

  function check(pause = CHECK_AFTER) {
    clearTimeout(checking);
    const turn = (asked += 1);
    const told_ = (word) => { document.getElementById('designer').dataset.checked = word; };
    told_('no');
    checking = setTimeout(async () => {
      const { version } = state;
      const conditions = store.conditions();
      try {
        const answer = await ask(data.urls.check, { method: 'POST', body: { xml: await xml(), conditions } });
        if (state.version !== version) return;
        Object.entries(answer.rows).forEach(([text, one]) => told.set(text, one));
        set({ findings: answer.findings.map((one) => ({ ...one, id: one.place.startsWith('process.bpmn#') ? one.place.slice(13) : null })), checked: true });
        mark();
        if (turn === asked) told_('yes');
      } catch { /* the next change checks again; saving tells when the line is down */ }
    }, pause);
  }

  /** What is wrong shows on the drawing too: a ring, and a sign that does not live by its colour. */
  function mark() {
    const canvas = store.modeler.get('canvas');
    const overlays = store.modeler.get('overlays');
    const registry = store.modeler.get('elementRegistry');
    overlays.remove({ type: 'loket' });
    registry.forEach((one) => { canvas.removeMarker(one, 'pd-error'); canvas.removeMarker(one, 'pd-warning'); });
    const worst = new Map();
    state.findings.forEach((one) => { if (one.id && registry.get(one.id) && worst.get(one.id)?.level !== 'error') worst.set(one.id, one); });
    for (const [id, one] of worst) {
      canvas.addMarker(id, `pd-${one.level}`);
      const sign = Object.assign(document.createElement('span'), { className: `pd-sign pd-sign--${one.level}`, textContent: one.level === 'error' ? '!' : '?', title: one.text });
      const flow = registry.get(id).waypoints;
      overlays.add(id, 'loket', { position: flow ? { top: 0, left: 0 } : { top: -12, left: -12 }, html: sign });
    }
  }

  /** All of it when that can be read, else its beginning; right of the palette. */
  function fit(least = 0.6) {
    const canvas = store.modeler.get('canvas');
    canvas.zoom('fit-viewport', 'auto');
    const { inner, outer } = canvas.viewbox();
    const scale = Math.min(1, Math.max(least, Math.min((outer.width - 150) / (inner.width || 1), (outer.height - 60) / (inner.height || 1))));
    const height = outer.height / scale;
    canvas.viewbox({ x: inner.x - 110 / scale, y: inner.y + inner.height / 2 - height / 2, width: outer.width / scale, height });
  }

  /** From the drawing: a step behind another one, and its name is asked where it stands. */
  function append(element, kind) {
    const made = store.change.addAfter(element, kind);
    store.select(made.businessObject.id);
    if (kind !== 'side') store.modeler.get('directEditing').activate(made);
  }

  function changed() {
    const stack = store.modeler.get('commandStack');
    set({ version: state.version + 1, rows: rows(store.modeler.get('elementRegistry')), canUndo: stack.canUndo(), canRedo: stack.canRedo() });
  }

  Object.assign(store, {
    saver: saving, check, xml, fit, refresh, beside,
    async open(container) {
      store.modeler = makeModeler(container, data, t, append, (from, to) => beside.follow(from, to));
      beside.register(store.modeler.get('commandStack'));
      Object.assign(store, { change: changes(store.modeler), write: writer(store.modeler.get('bpmnFactory'), store.modeler.get('modeling')) });
      const bus = store.modeler.get('eventBus');
      bus.on('commandStack.changed', () => { changed(); saving.later({}); keep(); check(); });
      bus.on('selection.changed', ({ newSelection }) => {
        const [one] = newSelection.length === 1 ? newSelection : [];
        const chosen = one ? (one.labelTarget ?? one).businessObject.id : null;
        if (chosen !== state.chosen) set({ chosen });
      });
      bus.on('elements.changed', () => { // an id that followed a name stays chosen
        const [one] = store.modeler.get('selection').get();
        const id = one && (one.labelTarget ?? one).businessObject.id;
        if (id && id !== state.chosen) set({ chosen: id });
      });
      await store.load(data.xml);
      await takeUp();
      window.addEventListener('focus', refresh);
      document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
    },
    /** Shows another text of the whole file; the past of the drawing ends. */
    async load(text) {
      try {
        await store.modeler.importXML(text);
        stored = await xml();
        fit();
        set({ broken: null });
      } catch (error) { set({ broken: error.message }); }
      set({ chosen: null });
      changed();
      check(0);
    },
    element: (id = state.chosen) => (id ? store.modeler.get('elementRegistry').get(id) : null),
    select(id, focus = null) {
      const element = store.element(id);
      const selection = store.modeler.get('selection');
      selection.select(element ?? []);
      if (element) store.modeler.get('canvas').scrollToElement(element, { top: 60, bottom: 140, left: 130, right: 240 });
      set({ chosen: element ? id : null, focus });
    },
    focused: () => { if (state.focus) state = { ...state, focus: null }; },
    say: (said) => set({ said }),
    undo: () => { store.modeler.get('commandStack').undo(); set({ said: t('Undone.') }); },
    redo: () => { store.modeler.get('commandStack').redo(); set({ said: t('Done again.') }); },
    owe: (promise) => promise, // a condition on its way: the panel waits for it by itself
    unsaved: () => saving.unsaved(),
    conditions: () => [...new Set(store.modeler.get('elementRegistry').filter((one) => one.businessObject?.conditionExpression && !one.labelTarget).map((one) => bare(one.businessObject.conditionExpression.body)))].filter(Boolean),

    /** A text beside the drawing; `names`, `steps`, `status`, `desks`, `outcomes`, `instructions`. One step of undo, and never over another's. */
    text: (kind, key, words) => beside.say(kind, key, words ?? {}),
    keep: (end, years) => beside.say('keeping', end, years),
    textOf: (kind, key) => ({ id: state.texts.id?.[kind]?.[key] ?? '', en: state.texts.en?.[kind]?.[key] ?? '' }),
    desk: (key) => pick(state.desks.find((one) => one.key === key)?.title) || key,
    labelOf: (item) => pick(item?.label) || item?.key || '',
    form: (key) => pick(state.forms.find((one) => one.key === key)?.title) || key,
  });

  return store;
}

/** FEEL without its sign. */
export const bare = (text) => (text ?? '').trim().replace(/^=\s*/, '');

// The procedure as a list of steps in plain words, equal in power to the drawing: add, change, connect, move, delete, by keyboard alone.
import { useEffect, useRef, useState } from 'preact/hooks';
import { arrivals } from './graph.js';
import { ADDED, isGateway, KINDS } from './kinds.js';
import { called, details, onward } from './say.js';

export function StepList({ store, state, known }) {
  const { t } = store;
  const loose = state.rows.findIndex((row) => row.loose);
  return (
    <section class="pd-list" aria-label={t('Steps')}>
      <h2>{t('Steps')}</h2>
      {!state.rows.length && <p>{t('There is no step yet.')} <button type="button" class="fb-add" onClick={() => begin(store)}>+ {t('Start')}</button></p>}
      <ol>
        {state.rows.map((row, place) => (
          <>
            {place === loose && <li class="pd-loose" key="loose">{t('Not connected yet: nothing leads here from the start.')}</li>}
            <Row key={row.id} {...{ store, state, known, row }} />
          </>
        ))}
      </ol>
    </section>
  );
}

function begin(store) {
  const root = store.modeler.get('canvas').getRootElement();
  const factory = store.modeler.get('elementFactory');
  const made = store.modeler.get('modeling').createShape(factory.createShape({ type: 'bpmn:StartEvent' }), { x: 170, y: 180 }, root);
  store.select(made.businessObject.id);
}

function Row({ store, state, known, row }) {
  const { t } = store;
  const isChosen = state.chosen === row.id;
  const wrong = state.findings.filter((one) => one.id === row.id || one.id && row.element.outgoing?.some((flow) => flow.id === one.id));
  const red = wrong.some((one) => one.level === 'error');
  const head = useRef(null);
  useEffect(() => { if (isChosen && state.focus === 'row') { head.current.focus(); store.focused(); } });
  return (
    <li class={`pd-row pd-row--${row.kind}${isChosen ? ' pd-row--chosen' : ''}`} data-id={row.id} data-level={Math.min(row.level, 3)}>
      <button type="button" class="pd-row__head" ref={head} aria-expanded={isChosen} onClick={() => store.select(isChosen ? null : row.id)}>
        <span class={`pd-row__icon ${KINDS[row.kind].icon}`} aria-hidden="true" />
        <span class="pd-row__number">{row.number ? `${row.number}.` : ''}</span>
        <span class="govuk-visually-hidden">{t(KINDS[row.kind].word)}: </span>
        <span class="pd-row__name">{called(store, row.element)}</span>
        <span class="pd-row__more">{details(store, row)}</span>
        {wrong.length > 0 && <span class={`pd-row__wrong pd-row__wrong--${red ? 'error' : 'warning'}`}>{red ? t('must be put right') : t('please look')}</span>}
      </button>
      <Onward {...{ store, row, known }} />
      {isChosen && <Tools {...{ store, state, row }} />}
    </li>
  );
}

function Onward({ store, row, known }) {
  const { t } = store;
  const on = onward(store, row, known);
  if (!on.length) return row.kind === 'end' ? null : <p class="pd-row__on">{t('leads nowhere yet')}</p>;
  if (on.length === 1) return <p class="pd-row__on">{t('then: {name}', { name: on[0].target })}</p>;
  return <ul class="pd-row__ways">{on.map(({ way, label, when, target }) => <li key={way.id}>{label && <b>{label}: </b>}{when ? `${when} → ` : '→ '}{target}</li>)}</ul>;
}

function Tools({ store, state, row }) {
  const { t, change } = store;
  const [kind, setKind] = useState('person');
  const [behind, setBehind] = useState('');
  const { element, bo } = row;
  const chain = !isGateway(bo) && !['start', 'end', 'late'].includes(row.kind);
  const done = (made, said, focus = 'name') => { store.select(made?.businessObject.id ?? null, focus); store.say(said); };
  const add = () => done(change.addAfter(element, kind), t('A step was added. Say what it is called.'));
  const before = () => done(change.addBefore(element, kind === 'end' ? 'person' : kind), t('A step was added. Say what it is called.'));
  const beside = () => done(change.addBeside(element), t('A step was added. Say what it is called.'));
  const move = () => done(change.moveBehind(element, store.element(behind)), t('{name} was moved.', { name: called(store, element) }), 'row');
  const out = () => {
    const place = state.rows.findIndex((one) => one.id === row.id);
    const name = called(store, element);
    change.takeOut(element);
    const next = store.get().rows[Math.max(0, place - 1)];
    store.select(next?.id ?? null, 'row');
    store.say(t('{name} was taken out. Undo brings it back.', { name }));
  };
  return (
    <div class="pd-tools" role="group" aria-label={t('What to do with this step')}>
      <button type="button" onClick={() => store.set({ focus: 'panel' })}>{t('Change')}</button>
      {row.kind !== 'end' && <span class="pd-tool"><label>{t('Add behind it')} <select name="kind" value={kind} onChange={(event) => setKind(event.target.value)}>
        {ADDED.map((one) => <option key={one} value={one}>{t(KINDS[one].word)}</option>)}
      </select></label> <button type="button" data-do="add" onClick={add}>{t('Add')}</button></span>}
      {arrivals(element).length > 0 && <button type="button" data-do="before" onClick={before}>{t('Add it before this step')}</button>}
      {chain && <button type="button" data-do="beside" onClick={beside}>{t('Add a step at the same time')}</button>}
      {chain && <span class="pd-tool"><label>{t('Move behind')} <select name="behind" value={behind} onChange={(event) => setBehind(event.target.value)}>
        <option value="">…</option>
        {state.rows.filter((one) => one.id !== row.id && one.kind !== 'end' && one.bo.$parent === bo.$parent).map((one) => <option key={one.id} value={one.id}>{called(store, one.element)}</option>)}
      </select></label> <button type="button" data-do="move" disabled={!behind} onClick={move}>{t('Move it')}</button></span>}
      <button type="button" data-do="out" onClick={out}>{t('Take out')}</button>
    </div>
  );
}

// Where a step goes on. A choice has ways with conditions and an otherwise; everything else has one.
import { useState } from 'preact/hooks';
import { Condition } from '../form-builder/Condition.jsx';
import { Line, Tick } from './boxes.jsx';
import { ordered, ways } from './graph.js';
import { KINDS } from './kinds.js';
import { called } from './say.js';
import { bare } from './store.js';

const CHOICES = ['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway'];
const chooses = (element) => CHOICES.includes(element.businessObject.$type);

export function Next(given) {
  const { store, element, bo } = given;
  const { t, change } = store;
  const on = ordered(element);
  const parts = bo.$type.endsWith('Gateway');
  if (!parts) return <Target {...given} name="next" label={t('Then goes on to')} target={on[0]?.target} onWrite={(target) => change.leadTo(element, target)} />;
  return (
    <section class="pd-ways" aria-label={t('Ways')}>
      <h3>{chooses(element) ? t('Ways, the first that fits is taken') : t('Ways')}</h3>
      {on.map((way) => <Way key={way.id} {...given} way={way} />)}
      <Fresh {...given} />
    </section>
  );
}

/** One way: its name, when it is taken, where it leads. */
export function Way({ store, state, known, way, alone = false }) {
  const { t, change } = store;
  const modeling = store.modeler.get('modeling');
  const flow = way.businessObject;
  const source = way.source;
  const isOtherwise = source.businessObject.default === flow;
  const asks = chooses(source) && ways(source).length > 1;
  const condition = (text) => modeling.updateProperties(way, { conditionExpression: text ? store.write.make('bpmn:FormalExpression', { body: `= ${bare(text)}` }, flow) : undefined });
  const otherwise = (on) => change.together(() => {
    if (on && flow.conditionExpression) condition(undefined);
    modeling.updateProperties(source, { default: on ? flow : undefined });
  });
  return (
    <fieldset class="pd-way" data-way={flow.id}>
      <legend>{alone ? t('From {name}', { name: called(store, source) }) : flow.name || t('to {name}', { name: called(store, way.target) })}</legend>
      {(chooses(source) || alone) && <Line name={`way.${flow.id}.name`} label={t('Name of the way')} value={flow.name} onWrite={(text) => modeling.updateLabel(way, text)} />}
      {asks && <Tick name={`way.${flow.id}.otherwise`} label={t('Otherwise: when no other way fits')} value={isOtherwise} onWrite={otherwise} />}
      {asks && !isOtherwise && <Condition {...{ store, state, name: `way.${flow.id}`, value: bare(flow.conditionExpression?.body), offered: known, onChange: condition }} />}
      <Target {...{ store, state, element: source, name: `way.${flow.id}.to`, label: t('Leads to'), target: way.target, onWrite: (target) => change.leadTo(source, target, way) }} />
    </fieldset>
  );
}

function Target({ store, state, element, name, label, target, onWrite }) {
  const { t } = store;
  const id = `pd-${name}`;
  const choices = state.rows.filter((row) => row.id !== element.id && !['start', 'late'].includes(row.kind) && row.bo.$parent === (element.host ?? element).businessObject.$parent);
  return (
    <div class="fb-prop" data-prop={name}><label class="fb-prop__label pd-label" for={id}>{label}</label>
      <select id={id} name={name} value={target?.businessObject.id ?? ''} onChange={(event) => onWrite(store.element(event.target.value))}>
        <option value="">{t('nowhere')}</option>
        {choices.map((row) => <option key={row.id} value={row.id}>{row.number ? `${row.number}. ` : ''}{called(store, row.element)}</option>)}
      </select>
    </div>
  );
}

function Fresh({ store, state, element }) {
  const { t, change } = store;
  const [to, setTo] = useState('new:person');
  const taken = ways(element).map((way) => way.target);
  const steps = state.rows.filter((row) => row.element !== element && !taken.includes(row.element) && !['start', 'late'].includes(row.kind) && row.bo.$parent === element.businessObject.$parent);
  const add = () => {
    const { id } = element.businessObject;
    if (to.startsWith('new:')) {
      const made = change.addAfter(element, to.slice(4));
      store.select(made.businessObject.id, 'name');
    } else {
      change.addWay(element, store.element(to));
      store.select(id);
    }
    store.say(t('A way was added.'));
  };
  return (
    <div class="pd-fresh">
      <label class="pd-label" for="pd-way-new">{t('One more way to')}</label>
      <select id="pd-way-new" name="way-new" value={to} onChange={(event) => setTo(event.target.value)}>
        {['person', 'auto', 'table', 'choice', 'wait', 'end'].map((kind) => <option key={kind} value={`new:${kind}`}>{t('new')}: {t(KINDS[kind].word)}</option>)}
        {steps.map((row) => <option key={row.id} value={row.id}>{row.number ? `${row.number}. ` : ''}{called(store, row.element)}</option>)}
      </select>
      <button type="button" class="fb-add" data-do="way" onClick={add}>+ {t('Add the way')}</button>
    </div>
  );
}

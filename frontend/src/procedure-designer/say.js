// A step in a few words: what the list reads out, and what drop-downs call it.
import { arrivals, meets, ordered, ways } from './graph.js';
import { kindOf } from './kinds.js';
import { bare } from './store.js';
import { read, timeOf } from './time.js';
import { attribute, pairs } from './zeebe.js';

/** What a step is called; one without a name by its neighbour. */
export function called(store, element) {
  const bo = element.businessObject;
  const other = store.data.lang === 'id' ? '' : store.textOf('names', bo.id)[store.data.lang];
  if (other || bo.name) return other || bo.name;
  const { t } = store;
  const kind = kindOf(bo);
  const near = (arrivals(element)[0]?.source ?? element.host)?.businessObject?.name;
  const on = ways(element)[0]?.target?.businessObject?.name;
  const word = meets(element) ? t('Ways meet') : kind === 'side' ? t('At the same time') : kind === 'choice' ? t('Choice') : kind === 'end' ? t('End') : kind === 'start' ? t('Start') : kind === 'late' ? inTime(store, bo) : t('Without a name');
  if (kind === 'start' || kind === 'late') return word;
  if (near && !meets(element)) return t('{what} after “{name}”', { what: word, name: near });
  if (!on && near) return t('{what} after “{name}”', { what: word, name: near });
  return on ? t('{what} before “{name}”', { what: word, name: on }) : word;
}

/** `after 14 working days`. */
export function inTime(store, bo) {
  const { t } = store;
  const { sort, text } = timeOf(bo);
  const known = sort === 'timeDuration' ? read(text) : null;
  if (!text) return t('no time yet');
  if (!known) return text;
  return { working: t('after {n} working days', { n: known.amount }), days: t('after {n} days', { n: known.amount }), hours: t('after {n} working hours', { n: known.amount }) }[known.unit];
}

/** A condition in words: `Result is Complete and Area is more than 50`. */
export function condition(store, text, known) {
  const told = store.told.get(bare(text));
  if (!told?.fits || !told.rows.length) return bare(text);
  const { t } = store;
  const words = operators(t);
  const one = ({ field, operator, value }) => {
    const item = known.find((each) => each.path === field)?.item;
    const shown = [value].flat().filter((each) => each !== null && each !== undefined).map((each) => spoken(store, item, each)).join(', ');
    return [item ? store.pick(item.label) || field : field, words[operator] ?? operator, ['is filled', 'is empty'].includes(operator) ? '' : shown].filter(Boolean).join(' ');
  };
  return told.rows.map(one).join(told.join === 'any' ? ` ${t('or')} ` : ` ${t('and')} `);
}

const spoken = (store, item, value) => {
  if (typeof value === 'boolean') return store.t(value ? 'Yes' : 'No');
  const plain = value !== null && typeof value === 'object' ? value.v : value;
  return store.pick(item?.choices?.find((one) => one.value === plain)?.label) || String(plain);
};

const operators = (t) => ({
  '=': t('is'), '!=': t('is not'), '<': t('is less than'), '<=': t('is at most'), '>': t('is more than'), '>=': t('is at least'), 'is one of': t('is one of'),
  'is none of': t('is none of'), 'is between': t('is between'), contains: t('contains'), includes: t('includes'), 'is filled': t('is answered'), 'is empty': t('is not answered'),
});

/** What a row of the step list says behind its name. */
export function details(store, row) {
  const { t } = store;
  const { bo, element, kind } = row;
  if (kind === 'person') {
    const { days, not_same_as: not } = pairs(bo, 'Properties');
    const desk = attribute(bo, 'AssignmentDefinition', 'candidateGroups');
    const form = attribute(bo, 'FormDefinition', 'formId');
    return [
      desk ? store.desk(desk) : t('nobody yet'), form ? t('form “{name}”', { name: store.form(form) }) : t('no form yet'),
      days && t('{n} working days', { n: days }), not && t('not by whoever did {names}', { names: not.split(',').map((id) => nameOf(store, id.trim())).join(', ') }),
    ].filter(Boolean).join(' · ');
  }
  if (kind === 'auto') return store.data.actions.find((one) => one.key === attribute(bo, 'TaskDefinition', 'type'))?.title ?? t('nothing chosen yet');
  if (kind === 'table') return attribute(bo, 'CalledDecision', 'decisionId') ? t('table “{name}”', { name: attribute(bo, 'CalledDecision', 'decisionId') }) : t('no table yet');
  if (kind === 'wait' || kind === 'late') return [inTime(store, bo), kind === 'late' && (bo.cancelActivity === false ? t('beside the step') : t('the step ends'))].filter(Boolean).join(' · ');
  if (meets(element)) return t('{n} ways meet', { n: arrivals(element).length });
  return '';
}

const nameOf = (store, id) => (id === 'applicant' ? store.t('the applicant') : `“${store.element(id)?.businessObject.name ?? id}”`);

/** Where it goes on: [{way, target, when}]. */
export function onward(store, row, known) {
  const { t } = store;
  const { element, bo, kind } = row;
  return ordered(element).map((way) => {
    const flow = way.businessObject;
    const isChoice = bo.$type === 'bpmn:ExclusiveGateway' || bo.$type === 'bpmn:InclusiveGateway';
    const when = !isChoice || ways(element).length < 2 ? '' : bo.default === flow ? t('otherwise') : flow.conditionExpression ? t('when {what}', { what: condition(store, flow.conditionExpression.body, known) }) : t('no condition yet');
    return { way, kind, label: flow.name ?? '', when, target: called(store, through(way.target)) };
  });
}

/** Where ways only meet is nothing to do: what comes behind it is meant. */
function through(element) {
  for (let left = 20; left && meets(element) && element.businessObject.$type === 'bpmn:ExclusiveGateway' && ways(element).length; left -= 1) element = ways(element)[0].target;
  return element;
}

// The diagram as rows in reading order: what the step list shows, and what drop-downs offer.
import { isGateway, kindOf } from './kinds.js';

const isStep = (element) => !element.labelTarget && !element.waypoints && /(Task|Event|Gateway|SubProcess|CallActivity)$/.test(element.businessObject?.$type ?? '');
const NUMBERED = new Set(['person', 'auto', 'table', 'wait', 'message', 'part', 'other']);

export const ways = (element) => (element.outgoing ?? []).filter((one) => one.businessObject.$type === 'bpmn:SequenceFlow');
export const arrivals = (element) => (element.incoming ?? []).filter((one) => one.businessObject.$type === 'bpmn:SequenceFlow');
export const hung = (element) => (element.attachers ?? []).filter((one) => one.businessObject.$type === 'bpmn:BoundaryEvent');
/** The flows out of a step in the order of the file: the first that holds is taken. */
export const ordered = (element) => (element.businessObject.outgoing ?? []).map((flow) => ways(element).find((one) => one.businessObject === flow)).filter(Boolean);

/** Every step: [{id, element, bo, kind, number, level, loose, next}], read as a person would: a meeting of ways after all its ways. */
export function rows(registry) {
  const steps = registry.filter(isStep);
  const scopes = new Map();
  for (const step of steps) {
    const scope = step.businessObject.$parent;
    scopes.set(scope, [...(scopes.get(scope) ?? []), step]);
  }
  const out = [];
  const seen = new Set();
  const tops = [...scopes.keys()].filter((scope) => !steps.some((step) => step.businessObject === scope));
  for (const scope of tops) list(scope, 0);
  let number = 0;
  return out.map((row) => ({ ...row, number: NUMBERED.has(row.kind) ? (number += 1) : null }));

  function list(scope, level) {
    const members = scopes.get(scope) ?? [];
    const starts = members.filter((one) => one.businessObject.$type === 'bpmn:StartEvent');
    const connected = after(starts, seen);
    const loose = after(members.filter((one) => !seen.has(one) && !arrivals(one).length && !one.host), seen);
    const rest = after(members.filter((one) => !seen.has(one)), seen);
    for (const [group, isLoose] of [[connected, false], [[...loose, ...rest], true]]) {
      for (const element of group) {
        const bo = element.businessObject;
        out.push({ id: bo.id, element, bo, kind: kindOf(bo), level: level + (element.host ? 1 : 0), loose: isLoose });
        if (scopes.has(bo)) list(bo, level + 1);
      }
    }
  }
}

/** Reverse postorder: every step after what leads to it, but for rounds. */
function after(starts, seen) {
  const done = [];
  const visit = (element) => {
    if (seen.has(element)) return;
    seen.add(element);
    const next = ordered(element).map((flow) => flow.target);
    [...hung(element), ...next.reverse()].forEach(visit);
    done.push(element);
  };
  [...starts].reverse().forEach(visit);
  return done.reverse();
}

/** What a gateway does: parts ways, or is only where they meet. */
export const meets = (element) => isGateway(element.businessObject) && ways(element).length <= 1 && arrivals(element).length > 1;

// What a step says beside its drawing: Zeebe's extension elements, read as plain values and written through the one stack of changes.
const box = (bo, type) => bo.extensionElements?.values?.find((one) => one.$type === type);

export const attribute = (bo, type, name) => box(bo, `zeebe:${type}`)?.[name] ?? '';
const LISTS = { Properties: ['properties', 'zeebe:Property', 'name'], TaskHeaders: ['values', 'zeebe:Header', 'key'] };

/** The properties or headers of a step as {name: value}. */
export function pairs(bo, type) {
  const [list, , key] = LISTS[type];
  return Object.fromEntries((box(bo, `zeebe:${type}`)?.[list] ?? []).map((one) => [one[key], one.value ?? '']));
}

// What the engine reads of each element; anything else is of another tool, and a finding (engine/flow/zeebe.py).
const READ = {
  FormDefinition: ['formId', 'bindingType', 'versionTag'], AssignmentDefinition: ['candidateGroups'], TaskDefinition: ['type', 'retries'], TaskHeaders: ['values'],
  Properties: ['properties'], IoMapping: ['inputParameters', 'outputParameters'], CalledDecision: ['decisionId', 'resultVariable', 'bindingType', 'versionTag'],
  CalledElement: ['processId', 'bindingType', 'versionTag', 'propagateAllChildVariables', 'propagateAllParentVariables'], Script: ['expression', 'resultVariable'],
  Subscription: ['correlationKey'], UserTask: [], VersionTag: ['value'], LoopCharacteristics: ['inputCollection', 'inputElement', 'outputCollection', 'outputElement'],
};
const PROPERTIES = ['days', 'clock', 'not_same_as', 'show', 'public', 'revises', 'may_send_back', 'async_before'];
const TOKENS = ['startQuantity', 'completionQuantity'];
const own = (one) => ({ ...Object.fromEntries(Object.entries(one).filter(([key]) => key[0] !== '$')), ...one.$attrs });
const isRead = (type, name) => READ[type]?.includes(name) ?? false;

/** What a file says of a step and no part of the panel shows: `{at, name, value}`, as `drop` takes it out. */
export function unread(bo) {
  const boxes = bo.extensionElements?.values ?? [];
  const [ours, others] = [(one) => one.$type.startsWith('zeebe:') && one.$type.slice(6) in READ, (one) => one.$type];
  return [
    ...(bo.loopCharacteristics ? [{ at: 'step', name: 'loopCharacteristics' }] : []),
    ...TOKENS.filter((name) => bo[name] > 1).map((name) => ({ at: 'step', name, value: String(bo[name]) })),
    ...Object.entries(bo.$attrs ?? {}).filter(([name]) => name.includes(':') && !name.startsWith('xmlns')).map(([name, value]) => ({ at: 'step', name, value })),
    ...[...new Set(boxes.filter((one) => !ours(one)).map(others))].map((name) => ({ at: 'element', name })),
    ...boxes.filter(ours).flatMap((one) => {
      const type = one.$type.slice(6);
      return Object.entries(own(one)).filter(([name, value]) => !isRead(type, name) && !name.startsWith('xmlns') && typeof value === 'string').map(([name, value]) => ({ at: type, name, value }));
    }),
    ...Object.entries(pairs(bo, 'Properties')).filter(([name]) => !PROPERTIES.includes(name)).map(([name, value]) => ({ at: 'property', name, value })),
  ];
}

export function writer(factory, modeling) {
  const make = (type, attrs, parent) => { const made = factory.create(type, attrs); made.$parent = parent; return made; };

  /** The extension elements of an element with one of them changed; `fresh` null takes it out. */
  function put(element, type, fresh) {
    const bo = element.businessObject;
    const holder = factory.create('bpmn:ExtensionElements', {});
    const values = bo.extensionElements?.values ?? [];
    const place = values.findIndex((one) => one.$type === type);
    const kept = values.filter((one) => one.$type !== type);
    if (fresh) kept.splice(place < 0 ? kept.length : place, 0, fresh);
    holder.values = kept;
    kept.forEach((one) => { one.$parent = holder; });
    holder.$parent = bo;
    modeling.updateProperties(element, { extensionElements: kept.length ? holder : undefined });
  }

  const writes = {
    make,
    /** Takes out what `unread` found. */
    drop(element, { at, name }) {
      if (at === 'step') modeling.updateProperties(element, { [name]: undefined });
      else if (at === 'element') put(element, name, null);
      else if (at === 'property') writes.pair(element, 'Properties', { [name]: '' });
      else writes.say(element, at, {});
    },
    /** `say(step, 'FormDefinition', {formId: 'verify'})`; without a value the element goes, and what nobody reads of it with it. */
    say(element, type, attrs) {
      const before = Object.entries(box(element.businessObject, `zeebe:${type}`) ?? {}).filter(([key]) => isRead(type, key));
      const kept = { ...Object.fromEntries(before), ...attrs };
      const said = Object.fromEntries(Object.entries(kept).filter(([, value]) => value));
      put(element, `zeebe:${type}`, Object.keys(said).length ? factory.create(`zeebe:${type}`, said) : null);
    },
    /** `pair(step, 'Properties', {days: '3', late: ''})`: an empty value takes one out. */
    pair(element, type, changes) {
      const [list, member, key] = LISTS[type];
      const said = Object.entries({ ...pairs(element.businessObject, type), ...changes }).filter(([, value]) => value !== '' && value !== undefined && value !== null);
      const fresh = factory.create(`zeebe:${type}`, {});
      fresh[list] = said.map(([name, value]) => make(member, { [key]: name, value: String(value) }, fresh));
      put(element, `zeebe:${type}`, said.length ? fresh : null);
    },
  };
  return writes;
}

// What a step says beside its drawing: Zeebe's extension elements, read as plain values and written through the one stack of changes.
const box = (bo, type) => bo.extensionElements?.values?.find((one) => one.$type === type);

export const attribute = (bo, type, name) => box(bo, `zeebe:${type}`)?.[name] ?? '';
const LISTS = { Properties: ['properties', 'zeebe:Property', 'name'], TaskHeaders: ['values', 'zeebe:Header', 'key'] };

/** The properties or headers of a step as {name: value}. */
export function pairs(bo, type) {
  const [list, , key] = LISTS[type];
  return Object.fromEntries((box(bo, `zeebe:${type}`)?.[list] ?? []).map((one) => [one[key], one.value ?? '']));
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

  return {
    make,
    /** `say(step, 'FormDefinition', {formId: 'verify'})`; without a value the element goes. */
    say(element, type, attrs) {
      const kept = { ...Object.fromEntries(Object.entries(box(element.businessObject, `zeebe:${type}`) ?? {}).filter(([key]) => key[0] !== '$')), ...attrs };
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
}

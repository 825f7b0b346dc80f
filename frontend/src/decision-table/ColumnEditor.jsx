// One column: what it asks, what it gives, what it is called.
const TYPES = (t) => ({ string: t('Text'), number: t('Number'), boolean: t('Yes or no'), date: t('Day') });

function Types({ store, value, onChange }) {
  const { t } = store;
  const types = TYPES(t);
  const all = value in types ? types : { ...types, [value]: value || '–' };
  return <div class="st-prop"><label for="dt-type">{t('Kind of value')}</label><select id="dt-type" name="type" value={value} onChange={(event) => onChange(event.target.value)}>{Object.entries(all).map(([type, word]) => <option key={type} value={type}>{word}</option>)}</select></div>;
}

function Label({ store, value, onChange }) {
  return <div class="st-prop"><label for="dt-label">{store.t('Name of the column')}</label><input id="dt-label" name="label" value={value} maxLength={200} onInput={(event) => onChange(event.target.value)} /></div>;
}

export function InputColumn({ store, state, column }) {
  const { t, data } = store;
  const one = state.document.inputs[column.place];
  const set = (more, tag = null) => store.setColumn(column, { ...one, ...more }, tag);
  const known = data.known.find((each) => each.text === one.text);
  const groups = [...new Set(data.known.map((each) => store.pick(each.group)))];
  const choose = (text) => {
    const fresh = data.known.find((each) => each.text === text);
    const named = !one.label || one.label === store.pick(known?.label);
    set({ text, type: fresh.type, ...(named ? { label: store.pick(fresh.label) } : {}) });
  };
  return (
    <>
      <div class="st-prop"><label for="dt-asks">{t('What it asks')}</label>
        <select id="dt-asks" name="asks" value={known ? one.text : ''} onChange={(event) => event.target.value && choose(event.target.value)}>
          {!known && <option value="">{t('a formula')}</option>}
          {groups.map((group) => <optgroup key={group} label={group}>{data.known.filter((each) => store.pick(each.group) === group).map((each) => <option key={each.text} value={each.text}>{store.pick(each.label)}</option>)}</optgroup>)}
        </select>
      </div>
      <Label store={store} value={one.label} onChange={(label) => set({ label }, `label${column.place}`)} />
      <details open={!known}><summary>{t('Advanced: as a formula')}</summary>
        <textarea class="st-feel" name="text" aria-label={t('Formula (FEEL)')} rows={2} spellcheck={false} value={one.text} onChange={(event) => event.target.value.trim() && set({ text: event.target.value.trim() })} />
        <Types store={store} value={one.type} onChange={(type) => set({ type })} />
        <div class="st-prop"><label for="dt-allowed">{t('Only these values may come (FEEL)')}</label><input id="dt-allowed" class="st-feel" name="allowed" value={one.allowed} onChange={(event) => set({ allowed: event.target.value.trim() })} /></div>
      </details>
    </>
  );
}

export function OutputColumn({ store, state, column }) {
  const { t } = store;
  const one = state.document.outputs[column.place];
  const set = (more, tag = null) => store.setColumn(column, { ...one, ...more }, tag);
  return (
    <>
      <Label store={store} value={one.label} onChange={(label) => set({ label }, `label${column.place}`)} />
      <Types store={store} value={one.type} onChange={(type) => set({ type })} />
      <details><summary>{t('Advanced')}</summary>
        <div class="st-prop"><label for="dt-name">{t('Key by which formulas read it')}</label><input id="dt-name" name="name" value={one.name} onChange={(event) => { if (/^([a-zA-Z_]\w*)?$/.test(event.target.value.trim())) set({ name: event.target.value.trim() }); else event.target.value = one.name; }} /></div>
        <div class="st-prop"><label for="dt-allowed">{t('Only these values may come, the most important first (FEEL)')}</label><input id="dt-allowed" class="st-feel" name="allowed" value={one.allowed} onChange={(event) => set({ allowed: event.target.value.trim() })} /></div>
      </details>
    </>
  );
}

export function NoteColumn({ store, state, column }) {
  const name = state.document.annotations[column.place];
  return <Label store={store} value={name} onChange={(label) => store.setColumn(column, label, `note${column.place}`)} />;
}

// One editor for each way in which a property may be changed (docs/forms.md lists them).
import { useState } from 'preact/hooks';
import { Key, Labelled, Lazy, Words } from './boxes.jsx';
import { Choices } from './Choices.jsx';
import { Condition, Feel } from './Condition.jsx';
import { Inner } from './Inner.jsx';
import { earlier } from './model.js';
import { Later } from './Later.jsx';
import { Rules } from './Rules.jsx';
import { Wrong } from './Wrong.jsx';

export function Editor({ store, state, item, property }) {
  const Drawn = EDITORS[property.editor] ?? Raw;
  const name = property.key;
  const label = store.pick(property.label);
  const help = property.help && store.pick(property.help);
  const { selection } = state;
  const onChange = (value) => store.put(name, value, { selection, item });
  return <><Drawn {...{ store, state, item, property, name, label, help, value: item[name], onChange }} /><Wrong store={store} name={name} /></>;
}

function Text({ name, label, help, value, onChange, property }) {
  return <Labelled {...{ name, label, help }}><input name={name} aria-label={label} value={value ?? ''} maxLength={property.limits?.max_length} onInput={(event) => onChange(event.target.value || undefined)} /></Labelled>;
}

function Number_({ name, label, help, value, onChange, property }) {
  const write = (event) => onChange(event.target.value === '' || event.target.validity.badInput ? undefined : Number(event.target.value));
  return <Labelled {...{ name, label, help }}><input type="number" name={name} aria-label={label} value={value ?? ''} placeholder={property.default} step={property.limits?.step ?? 'any'} onInput={write} /></Labelled>;
}

function YesNo({ name, label, help, value, onChange, property }) {
  const standard = property.default ?? false;
  const write = (event) => onChange(event.target.checked === standard ? undefined : event.target.checked);
  return <div class="fb-prop" data-prop={name}><label class="fb-tick"><input type="checkbox" name={name} checked={value ?? standard} onChange={write} /> {label}</label>{help && <p class="fb-prop__help">{help}</p>}</div>;
}

function OneOf({ store, name, label, help, value, onChange, property }) {
  const write = (event) => event.target.value !== 'other' && onChange(event.target.value === '' ? undefined : property.choices[Number(event.target.value)].value);
  const chosen = property.choices.findIndex((one) => one.value === value);
  const standard = property.choices.find((one) => one.value === property.default);
  return (
    <Labelled {...{ name, label, help }}>
      <select name={name} aria-label={label} value={chosen >= 0 ? chosen : value === undefined ? '' : 'other'} onChange={write}>
        <option value="">{standard ? `${store.pick(standard.label)} (${store.t('standard')})` : '–'}</option>
        {property.choices.map((one, number) => <option key={number} value={number}>{store.pick(one.label)}</option>)}
        {value !== undefined && chosen < 0 && <option value="other">{String(value)}</option>}
      </select>
    </Labelled>
  );
}

function Ticks({ name, label, help, value, onChange, options }) {
  const has = value ?? [];
  const turn = (one, on) => { const fresh = options.map((each) => each.value).filter((each) => (each === one ? on : has.includes(each))); onChange(fresh.length ? fresh : undefined); };
  return (
    <Labelled {...{ name, label, help }} group>
      {options.map((one) => <label class="fb-tick" key={String(one.value)}><input type="checkbox" name={name} value={one.value} checked={has.includes(one.value)} onChange={(event) => turn(one.value, event.target.checked)} /> {one.label}</label>)}
    </Labelled>
  );
}

const SomeOf = (props) => <Ticks {...props} options={props.property.choices.map((one) => ({ value: one.value, label: props.store.pick(one.label) }))} />;
const Desks = (props) => <Ticks {...props} options={props.store.data.desks.map((one) => ({ value: one.key, label: props.store.pick(one.title) }))} />;

/** A number or a day as it is; anything else is FEEL, which the server checks. */
function Limit({ store, name, label, help, value, onChange, property }) {
  const date = property.type === 'date';
  const write = (event) => {
    const text = event.target.value.trim();
    onChange(text === '' ? undefined : !date && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);
  };
  return (
    <Labelled {...{ name, label, help: help ?? (date ? store.t('A day as 2026-01-31, or a formula such as today().') : store.t('A number, or a formula.')) }}>
      <input name={name} aria-label={label} value={value ?? ''} onInput={write} />
    </Labelled>
  );
}

function FeelBox(props) {
  return <Labelled {...props}><Feel {...props} /></Labelled>;
}

function ConditionBox(props) {
  return <Labelled {...props} group><Condition {...props} early={props.property.early} /></Labelled>;
}

function QuestionBox({ store, state, name, label, help, value, onChange, property }) {
  const known = earlier(state.document, store.data.groups, state.selection, false).filter(({ item }) => property.kinds.includes(item.kind));
  return (
    <Labelled {...{ name, label, help }}>
      <select name={name} aria-label={label} value={value ?? ''} onChange={(event) => onChange(event.target.value || undefined)}>
        <option value="">–</option>
        {known.map(({ path, item }) => <option key={path} value={path}>{store.labelOf(item)}</option>)}
        {value && !known.some(({ path }) => path === value) && <option value={value}>{value}</option>}
      </select>
    </Labelled>
  );
}

function FormBox({ store, name, label, help, value, onChange }) {
  return (
    <Labelled {...{ name, label, help }}>
      <select name={name} aria-label={label} value={value ?? ''} onChange={(event) => onChange(event.target.value || undefined)}>
        <option value="">–</option>
        {store.data.others.map((one) => <option key={one.key} value={one.key}>{store.pick(one.title) || one.key}</option>)}
        {value && !store.data.others.some((one) => one.key === value) && <option value={value}>{value}</option>}
      </select>
    </Labelled>
  );
}

/** A choice table of the procedure (a file in lists/). */
function ListBox({ store, name, label, help, value, onChange }) {
  const { lists } = store.data;
  return (
    <Labelled {...{ name, label, help: lists.length ? help : store.t('This procedure has no choice table yet. One is a file lists/NAME.csv with the columns value, id and en.') }}>
      <select name={name} aria-label={label} value={value ?? ''} onChange={(event) => onChange(event.target.value || undefined)}>
        <option value="">–</option>
        {lists.map((one) => <option key={one} value={one}>{one}</option>)}
        {value && !lists.includes(value) && <option value={value}>{value}</option>}
      </select>
    </Labelled>
  );
}

function Examples({ store, name, label, help, value, onChange }) {
  const lines = (text) => { const found = text.split('\n').map((one) => one.trim()).filter(Boolean); onChange(found.length ? found : undefined); };
  return <Labelled {...{ name, label, help: help ?? store.t('One example on each line.') }}><Lazy name={name} aria-label={label} rows={3} value={(value ?? []).join('\n')} onDone={lines} /></Labelled>;
}

/** A property whose editor is younger than this script: its JSON. */
function Raw({ store, name, label, help, value, onChange }) {
  const [wrong, setWrong] = useState(false);
  const write = (text) => { try { onChange(text.trim() ? JSON.parse(text) : undefined); setWrong(false); } catch { setWrong(true); } };
  return <Labelled {...{ name, label, help }}><Lazy name={name} aria-label={label} rows={3} value={value === undefined ? '' : JSON.stringify(value)} onDone={write} />{wrong && <p class="fb-wrong" role="alert">{store.t('This is not readable JSON.')}</p>}</Labelled>;
}

const EDITORS = {
  key: (props) => <Key {...props} fixed={props.store.isFixed(props.item)} />,
  text: Text,
  words: (props) => <Words {...props} required={Boolean(props.property.required)} />,
  long_words: (props) => <Words {...props} long required={Boolean(props.property.required)} />,
  number: Number_, yes_no: YesNo, one_of: OneOf, some_of: SomeOf, choices: Choices, limit: Limit, day: Limit, feel: FeelBox, condition: ConditionBox,
  question: QuestionBox, rules: Rules, examples: Examples, names: Examples, desks: Desks, questions: Inner, form: FormBox, list: ListBox, region: (props) => <Later part="place" {...props} />,
};

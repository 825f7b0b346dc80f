// One cell by drop-downs and boxes. It is written into the table only when it is whole.
import { useState } from 'preact/hooks';
import { any, feel, readDate, readNumber, valueText } from './cells.js';

const KINDS = {
  number: ['any', '=', '>=', '>', '<=', '<', 'between', 'one of', '!=', 'missing', 'given'],
  date: ['any', '=', '>=', '>', '<=', '<', 'between', 'missing', 'given'],
  boolean: ['any', '=', 'missing', 'given'],
  closed: ['any', 'one of', 'none of', 'missing', 'given'],
  string: ['any', '=', '!=', 'one of', 'none of', 'missing', 'given'],
};
const COUNT = { any: 0, missing: 0, given: 0, feel: 0, between: 2, 'one of': null, 'none of': null };

function words(t, type) {
  const date = type === 'date';
  return {
    any: t('any answer'), '=': t('is'), '!=': t('is not'), '>=': date ? t('from this day on') : t('is at least'), '>': date ? t('after this day') : t('is more than'),
    '<=': date ? t('until this day') : t('is at most'), '<': date ? t('before this day') : t('is less than'), between: t('is between'),
    'one of': t('is one of'), 'none of': t('is none of'), missing: t('is not answered'), given: t('is answered'), feel: t('formula'),
  };
}

export function InputCell({ store, cell, about, put }) {
  const { t } = store;
  const [half, setHalf] = useState(null);
  const shown = half ?? normal(cell, about);
  const kinds = KINDS[about.values?.length && about.type === 'string' ? 'closed' : about.type] ?? KINDS.string;
  const said = words(t, about.type);
  const write = (fresh, tag) => {
    if (whole(fresh)) { setHalf(null); put(tidy(fresh), tag); } else setHalf(fresh);
  };
  const turn = (kind) => write({ ...fitted(shown, kind, about), kind });
  const all = kinds.includes(shown.kind) ? kinds : [shown.kind, ...kinds];
  return (
    <>
      <div class="st-prop"><label for="dt-kind">{t('Holds when the answer')}</label>
        <select id="dt-kind" name="kind" value={shown.kind} onChange={(event) => turn(event.target.value)}>{all.map((kind) => <option key={kind} value={kind}>{said[kind]}</option>)}</select>
      </div>
      <Values {...{ store, about, cell: shown, write }} />
      {half && <p class="st-wrong" role="status">{t('Not whole yet: the table keeps what it had.')}</p>}
      <details open={cell.kind === 'feel'}><summary>{t('Advanced: as a formula')}</summary>
        <textarea class="st-feel" name="feel" aria-label={t('Formula (FEEL)')} rows={2} spellcheck={false} value={cell.kind === 'feel' ? cell.text : cell.src ?? ''} onChange={(event) => { setHalf(null); put(event.target.value.trim() ? feel(event.target.value.trim()) : any); }} />
      </details>
    </>
  );
}

/** With known values one thing is said in one way: a single value is one of a list of one. */
function normal(cell, about) {
  const listed = about.values?.length && about.type === 'string';
  if (listed && cell.kind === '=') return { kind: 'one of', values: cell.values };
  return listed && cell.kind === '!=' ? { kind: 'none of', values: cell.values } : cell;
}

function tidy(cell) {
  if (cell.values.length === 1 && cell.kind === 'one of') return { kind: '=', values: cell.values };
  return cell.values.length === 1 && cell.kind === 'none of' ? { kind: '!=', values: cell.values } : cell;
}

const filled = (value) => value !== null && value !== undefined && value !== '';
function whole(cell) {
  const count = cell.kind in COUNT ? COUNT[cell.kind] : 1;
  return count === null ? cell.values.length > 0 && cell.values.every(filled) : cell.values.length === count && cell.values.every(filled);
}

function fitted(cell, kind, about) {
  const count = kind in COUNT ? COUNT[kind] : 1;
  const kept = cell.values.filter(filled);
  if (count === null) return { values: kept };
  const first = about.type === 'boolean' ? true : null;
  const values = Array.from({ length: count }, (_, number) => kept[number] ?? first);
  return { values, ...(kind === 'between' ? { low_in: true, high_in: true } : {}) };
}

function Values({ store, about, cell, write }) {
  const { t } = store;
  const tools = store.tools;
  if (about.type === 'boolean' && cell.kind === '=') return <select name="value" aria-label={t('Value')} value={String(cell.values[0])} onChange={(event) => write({ kind: '=', values: [event.target.value === 'true'] })}><option value="true">{t('Yes')}</option><option value="false">{t('No')}</option></select>;
  const many = cell.kind === 'one of' || cell.kind === 'none of';
  if (many && about.values?.length && about.type === 'string') {
    const odd = cell.values.filter((value) => !about.values.some((one) => one.value === value)).map((value) => ({ value, label: { id: value, en: value } }));
    const turn = (value, on) => write({ ...cell, values: [...about.values, ...odd].map((one) => one.value).filter((one) => (one === value ? on : cell.values.includes(one))) });
    return (
      <fieldset class="st-prop dt-ticks"><legend>{t('Values')}</legend>
        {[...about.values, ...odd].map((one) => <label class="st-tick" key={one.value}><input type="checkbox" name="value" value={one.value} checked={cell.values.includes(one.value)} onChange={(event) => turn(one.value, event.target.checked)} /> {store.pick(one.label)}</label>)}
      </fieldset>
    );
  }
  if (many) {
    const read = (text) => text.split(about.type === 'number' ? /\s*;\s*/ : /\s*[;\n]\s*/).map((one) => one.trim()).filter(Boolean).map((one) => (about.type === 'number' ? readNumber(one, store.data.lang) : one));
    return <div class="st-prop"><label for="dt-many">{t('Values, with ; between them')}</label><textarea id="dt-many" name="value" rows={3} defaultValue={cell.values.map((value) => valueText(value, about, tools)).join('; ')} onChange={(event) => write({ ...cell, values: read(event.target.value) })} /></div>;
  }
  const put = (place) => (value) => write({ ...cell, values: cell.values.map((one, each) => (each === place ? value : one)) }, true);
  const between = cell.kind === 'between';
  return cell.values.map((value, place) => (
    <div class="st-prop" key={`${cell.kind}${place}`}>
      <label for={`dt-value-${place}`}>{between ? (place ? t('to') : t('from')) : t('Value')}</label>
      <Single {...{ store, about, id: `dt-value-${place}`, value, put: put(place) }} />
      {between && <label class="st-tick"><input type="checkbox" name={place ? 'high_in' : 'low_in'} checked={(place ? cell.high_in : cell.low_in) !== false} onChange={(event) => write({ ...cell, [place ? 'high_in' : 'low_in']: event.target.checked })} /> {t('this value belongs to it')}</label>}
    </div>
  ));
}

/** One value in the box of its type. What is no such value is said beside the box and not written. */
export function Single({ store, about, id, value, put, name = 'value', label }) {
  const { t } = store;
  const [wrong, setWrong] = useState(false);
  if (about.values?.length && about.type === 'string') {
    const known = about.values.some((one) => one.value === value) || !filled(value);
    return <select id={id} name={name} aria-label={label} value={value ?? ''} onChange={(event) => put(event.target.value || null)}><option value="">…</option>{about.values.map((one) => <option key={one.value} value={one.value}>{store.pick(one.label)}</option>)}{!known && <option value={value}>{String(value)}</option>}</select>;
  }
  if (about.type === 'boolean') return <select id={id} name={name} aria-label={label} value={value === null || value === undefined ? '' : String(value)} onChange={(event) => put(event.target.value === '' ? null : event.target.value === 'true')}><option value="">…</option><option value="true">{t('Yes')}</option><option value="false">{t('No')}</option></select>;
  if (about.type === 'date') return <input type="date" id={id} name={name} aria-label={label} value={value?.v ?? ''} onInput={(event) => put(event.target.value ? readDate(event.target.value) : null)} />;
  if (about.type === 'number') {
    const read = (event) => { const made = readNumber(event.target.value, store.data.lang); setWrong(event.target.value.trim() !== '' && !made); if (made || !event.target.value.trim()) put(made); };
    return (
      <>
        <input id={id} name={name} aria-label={label} inputMode="decimal" defaultValue={filled(value) ? valueText(value, about, store.tools) : ''} aria-invalid={wrong} onInput={read} />
        {wrong && <p class="st-wrong" role="status">{t('Write a number, for example {example}.', { example: store.data.lang === 'id' ? '13.225 atau 0,25' : '13,225 or 0.25' })}</p>}
      </>
    );
  }
  return <input id={id} name={name} aria-label={label} defaultValue={filled(value) ? valueText(value, about, store.tools) : ''} onInput={(event) => put(event.target.value || null)} />;
}

export function ResultCell({ store, cell, about, put }) {
  const { t } = store;
  const write = (value) => put(filled(value) ? { kind: '=', values: [value] } : any, true);
  return (
    <>
      {cell.kind === 'feel' ? <p class="st-help">{t('This is worked out by a formula.')} <button type="button" onClick={() => put(any)}>{t('A fixed value instead')}</button></p> : (
        <div class="st-prop"><label for="dt-result">{t('What comes out')}</label><Single {...{ store, about, id: 'dt-result', value: cell.values[0], put: write }} /></div>
      )}
      <details open={cell.kind === 'feel'}><summary>{t('Advanced: as a formula')}</summary>
        <textarea class="st-feel" name="feel" aria-label={t('Formula (FEEL)')} rows={3} spellcheck={false} value={cell.kind === 'feel' ? cell.text : cell.src ?? ''} onChange={(event) => put(event.target.value.trim() ? feel(event.target.value.trim()) : any)} />
      </details>
    </>
  );
}

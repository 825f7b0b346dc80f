// A condition as rows of drop-downs over other answers. The browser sends rows; only the server writes FEEL. The text itself is
// behind "Advanced", and is the only way for what rows cannot say.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Lazy, useFocusNew } from './boxes.jsx';
import { BARE, blank, complete, MANY, operatorsOf, readsAs, turned } from './comparing.js';
import { earlier } from './model.js';

/** `few`: the comparisons that may be chosen, by kind, where not all can be said; `formula={false}`: no formula, as in letters. */
export function Condition({ store, state, value, onChange, early, name = 'condition', offered, few, formula = true }) {
  const { t, data, ask } = store;
  const [given, setGiven] = useState({ text: value ?? '', join: 'all', rows: [], fits: true });
  const asked = useRef(null);
  const number = useRef(0);
  const box = useRef(null);
  const latest = useRef(onChange);
  latest.current = onChange;
  const focusNew = useFocusNew(box);
  useLayoutEffect(() => {
    if ((value ?? '') === asked.current) return;
    asked.current = value ?? '';
    if (!value) setGiven({ text: '', join: 'all', rows: [], fits: true });
    else ask(data.urls.condition, { method: 'POST', body: { text: value } }).then(setGiven).catch(() => {});
  }, [value]);
  const [wrong, setWrong] = useState('');
  const known = offered ?? fields(store, state, early);
  const write = async (join, rows) => {
    setGiven({ ...given, join, rows });
    setWrong('');
    number.current += 1;
    const mine = number.current;
    if (!rows.length) { asked.current = ''; onChange(undefined); return; }
    if (!rows.every(complete)) return;
    try {
      const told = await store.owe(ask(data.urls.condition, { method: 'POST', body: { join, rows } }));
      if (mine !== number.current) return; // an older answer: the rows have changed since
      asked.current = told.text;
      latest.current(told.text);
    } catch (error) { if (mine === number.current) setWrong(error.message || t('Not saved: no connection. Trying again …')); }
  };
  const put = (number, row) => write(given.join, given.rows.map((one, each) => (each === number ? row : one)));
  const unfinished = given.fits && given.rows.length > 0 && !given.rows.every(complete);
  return (
    <div class="fb-condition" data-condition={name} ref={box}>
      {given.fits ? (
        <>
          {given.rows.length > 1 && (
            <label>{t('When')} <select class="fb-join" value={given.join} onChange={(event) => write(event.target.value, given.rows)}>
              <option value="all">{t('all of these hold')}</option><option value="any">{t('any of these holds')}</option>
            </select></label>
          )}
          {given.rows.map((row, number) => (
            <div class="fb-row" key={number} data-row={number}>
              <select class="fb-row__field" aria-label={t('Question')} value={row.field} onChange={(event) => put(number, blank(event.target.value, kindAt(known, event.target.value), store.kinds, few))}>
                <option value="">{known.length ? t('Choose a question') : t('No question comes before this one.')}</option>
                {known.map(({ path, item, form }) => <option key={path} value={path}>{form ? `${form}: ` : ''}{store.labelOf(item)}</option>)}
                {row.field && !known.some((one) => one.path === row.field) && <option value={row.field}>{row.field}</option>}
              </select>
              <Operator {...{ store, known, row, few, put: (fresh) => put(number, fresh) }} />
              {!BARE.has(row.operator) && row.field && <Value {...{ store, known, row, put: (fresh) => put(number, fresh) }} />}
              <button type="button" aria-label={t('Take out the row')} onClick={() => { focusNew('> .fb-add'); write(given.join, given.rows.filter((_, each) => each !== number)); }}>✕</button>
            </div>
          ))}
          <button type="button" class="fb-add" onClick={() => { focusNew(`[data-row="${given.rows.length}"] select`); setGiven({ ...given, rows: [...given.rows, { field: '', operator: '=', value: null }] }); }}>+ {t('Add a condition')}</button>
        </>
      ) : <p class="fb-prop__help">{formula ? t('This condition says more than rows can. It is edited as a formula.') : t('This condition says more than rows can. It stays as it is.')}</p>}
      {unfinished && <p class="fb-prop__help">{t('This row is not finished: choose a question and a value.')}</p>}
      {wrong && <p class="fb-wrong" role="alert">{wrong}</p>}
      {formula && <details open={!given.fits}><summary>{t('Advanced: as a formula')}</summary><Feel {...{ store, name, label: t('Formula (FEEL)'), value, onChange }} /></details>}
    </div>
  );
}

/** The text itself; what the server has against it stands beside the property. */
export function Feel({ name, label, value, onChange }) {
  return <Lazy class="fb-feel" name={`${name}.feel`} aria-label={label} rows={2} spellcheck={false} value={value ?? ''} onDone={(text) => onChange(text.trim() || undefined)} />;
}

function fields(store, state, early) {
  const own = earlier(state.document, store.data.groups, state.selection, early);
  const others = store.data.others.flatMap((form) => form.fields.map((item) => ({ path: `${form.key}.${item.key}`, item, form: store.pick(form.title) || form.key })));
  return [...own, ...others];
}

const kindAt = (known, path) => known.find((one) => one.path === path)?.item;

function Operator({ store, known, row, few, put }) {
  const { t } = store;
  const words = {
    '=': t('is'), '!=': t('is not'), '<': t('is less than'), '<=': t('is at most'), '>': t('is more than'), '>=': t('is at least'), 'is one of': t('is one of'),
    'is none of': t('is none of'), 'is between': t('is between'), contains: t('contains'), includes: t('includes'), 'is filled': t('is answered'), 'is empty': t('is not answered'),
  };
  const choice = operatorsOf(kindAt(known, row.field), store.kinds, few);
  const all = choice.includes(row.operator) ? choice : [row.operator, ...choice];
  return <select class="fb-row__operator" aria-label={t('Comparison')} value={row.operator} onChange={(event) => put(turned(row, event.target.value))}>{all.map((one) => <option key={one} value={one}>{words[one]}</option>)}</select>;
}

function Value({ store, known, row, put }) {
  const { t } = store;
  const item = kindAt(known, row.field);
  const label = t('Value');
  if (item?.choices && MANY.has(row.operator)) {
    const has = row.value ?? [];
    const turn = (value, on) => put({ ...row, value: on ? [...has, value] : has.filter((one) => one !== value) });
    return <fieldset class="fb-row__many"><legend class="govuk-visually-hidden">{label}</legend>{item.choices.map((one) => <label class="fb-tick" key={one.value}><input type="checkbox" value={one.value} checked={has.includes(one.value)} onChange={(event) => turn(one.value, event.target.checked)} /> {store.pick(one.label)}</label>)}</fieldset>;
  }
  if (item?.choices) return <select class="fb-row__value" aria-label={label} value={row.value ?? ''} onChange={(event) => put({ ...row, value: event.target.value || null })}><option value="">…</option>{item.choices.map((one) => <option key={one.value} value={one.value}>{store.pick(one.label)}</option>)}</select>;
  const reads = readsAs(item, store.kinds);
  if (reads === 'boolean') return <select class="fb-row__value" aria-label={label} value={String(row.value)} onChange={(event) => put({ ...row, value: event.target.value === 'true' })}><option value="true">{t('Yes')}</option><option value="false">{t('No')}</option></select>;
  if (row.operator === 'is between') return [0, 1].map((end) => <Single key={end} {...{ reads, label: `${label} ${end + 1}`, value: row.value?.[end], put: (one) => put({ ...row, value: end ? [row.value[0], one] : [one, row.value[1]] }) }} />);
  return <Single {...{ reads, label, value: row.value, put: (value) => put({ ...row, value }) }} />;
}

function Single({ reads, label, value, put }) {
  const plain = value !== null && typeof value === 'object' ? value.v : value;
  if (reads === 'date') return <input type="date" class="fb-row__value" aria-label={label} value={plain ?? ''} onInput={(event) => put(event.target.value ? { $: 'date', v: event.target.value } : null)} />;
  if (reads === 'number') return <input type="number" step="any" class="fb-row__value" aria-label={label} value={plain ?? ''} onInput={(event) => put(event.target.value === '' ? null : { $: 'number', v: event.target.value })} />;
  return <input class="fb-row__value" aria-label={label} value={plain ?? ''} onInput={(event) => put(event.target.value || null)} />;
}

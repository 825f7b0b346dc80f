// Test rows: answers and what must come out. They are played as the table is changed, and again before publishing.
import { Single } from './CellEditor.jsx';
import { isTagged, readNumber, valueText } from './cells.js';

export function Tests({ store, state }) {
  const { t } = store;
  const sheet = state.document;
  const set = (tests, tag = null, said = '') => store.change({ ...sheet, tests }, { tag, said });
  const swap = (place, test, tag) => set(sheet.tests.map((one, each) => (each === place ? test : one)), tag);
  const names = [...new Set([...state.reads.map((one) => one.text), ...sheet.tests.flatMap((one) => Object.keys(one.given))])];
  const failed = state.tests.filter((one) => !one.ok).length;
  const add = () => set([...sheet.tests, { title: '', on: '', given: {}, expect: null }], null, t('A test row was added.'));
  return (
    <section class="dt-tests" aria-labelledby="dt-tests">
      <h2 id="dt-tests">{t('Test rows')}</h2>
      <p class="st-help">{t('Cases worked out by hand, with what must come out. Every change tries them again; one that fails stops publishing.')}</p>
      {sheet.tests.length > 0 && (
        <div class="dt-scroll" role="group" aria-labelledby="dt-tests" tabIndex={0}>
          <table class="dt-grid dt-grid--tests">
            <thead><tr>
              <th scope="col">{t('Row')}</th><th scope="col">{t('What is tested')}</th>
              {names.map((name) => <th scope="col" key={name}>{label(store, state, name)}</th>)}
              {sheet.outputs.map((one, place) => <th scope="col" class="dt-head--outputs" key={place}>{one.label || one.name || t('Result')}</th>)}
              <th scope="col">{t('How it goes')}</th><th scope="col"><span class="govuk-visually-hidden">{t('More')}</span></th>
            </tr></thead>
            <tbody>
              {sheet.tests.map((test, place) => <Test key={place} {...{ store, state, test, place, names, swap, remove: () => set(sheet.tests.filter((_, each) => each !== place)) }} />)}
            </tbody>
          </table>
        </div>
      )}
      <div class="st-tools">
        <button type="button" onClick={add}>+ {t('Add a test row')}</button>
        {sheet.tests.length > 0 && state.tests.length === sheet.tests.length && <span role="status" class={failed ? 'st-wrong' : ''}>{failed ? t('{count} test rows fail.', { count: failed }) : t('All test rows come out.')}</span>}
      </div>
    </section>
  );
}

const label = (store, state, name) => {
  const place = state.document.inputs.findIndex((one) => one.text === name);
  return place >= 0 ? store.name({ part: 'inputs', place }) : store.pick(store.data.known.find((one) => one.text === name)?.label) || name;
};

/** What a name of a test row is: the column that asks it, a question that is known, or anything. */
function about(store, state, name) {
  const place = state.document.inputs.findIndex((one) => one.text === name);
  if (place >= 0) return store.about({ part: 'inputs', place });
  const known = store.data.known.find((one) => one.text === name);
  return known ? { type: known.type, values: known.values } : { type: 'any' };
}

function Test({ store, state, test, place, names, swap, remove }) {
  const { t } = store;
  const row = place + 1;
  const done = state.tests[place];
  const given = (name, value) => {
    const { [name]: _, ...rest } = test.given;
    swap(place, { ...test, given: value === null ? rest : { ...test.given, [name]: value } }, `test${place}/${name}`);
  };
  const outputs = state.document.outputs;
  const expect = (number, value) => {
    if (outputs.length === 1) { swap(place, { ...test, expect: value }, `test${place}/expect`); return; }
    const fresh = { ...(test.expect ?? {}), [outputs[number].name]: value };
    const kept = Object.fromEntries(Object.entries(fresh).filter(([, one]) => one !== null));
    swap(place, { ...test, expect: Object.keys(kept).length ? kept : null }, `test${place}/expect${number}`);
  };
  return (
    <tr class={done && !done.ok ? 'dt-row--wrong' : ''} data-test={place}>
      <th scope="row">{row}</th>
      <td><input name="title" aria-label={`${t('What is tested')} ${row}`} value={test.title} maxLength={300} onInput={(event) => swap(place, { ...test, title: event.target.value }, `test${place}/title`)} /></td>
      {names.map((name) => <td key={name}><Value {...{ store, about: about(store, state, name), value: test.given[name] ?? null, label: `${label(store, state, name)} ${row}`, name, put: (value) => given(name, value) }} /></td>)}
      {outputs.map((one, number) => <td key={number}><Value {...{ store, about: store.about({ part: 'outputs', place: number }), value: (outputs.length === 1 ? test.expect : test.expect?.[one.name]) ?? null, label: `${one.label || one.name || t('Result')} ${row}`, name: `expect.${number}`, put: (value) => expect(number, value) }} /></td>)}
      <td class="dt-verdict" data-ok={done?.ok}>{done && (done.ok ? `✓ ${t('as expected')}` : `✗ ${done.text}`)}</td>
      <td><button type="button" aria-label={`${t('Take out')}: ${row}`} onClick={remove}>✕</button></td>
    </tr>
  );
}

function Value({ store, about: known, value, label: said, name, put }) {
  if (known.type !== 'any' && known.type !== 'Any') return <Single {...{ store, about: known, value, put, name, label: said }} />;
  if (value !== null && typeof value === 'object' && !isTagged(value)) return <code>{JSON.stringify(value)}</code>;
  const read = (text) => (text.trim() === '' ? null : readNumber(text, store.data.lang) ?? (text.trim() === 'true' ? true : text.trim() === 'false' ? false : text.trim()));
  return <input name={name} aria-label={said} defaultValue={value === null ? '' : valueText(value, null, store.tools)} onInput={(event) => put(read(event.target.value))} />;
}

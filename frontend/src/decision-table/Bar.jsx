// The line on top: name, saving, what may be done with rows and columns, and how many rows may hold.
import { useState } from 'preact/hooks';
import { Saved, Steps } from '../studio/Saving.jsx';
import { comesAgain, Dated } from './Dated.jsx';

export function Bar({ store, state }) {
  const { t, data } = store;
  const [dating, setDating] = useState(comesAgain(data.id));
  const sheet = state.document;
  const { row } = state.at;
  const none = row < 0 || !sheet.rules.length;
  return (
    <>
      <div class="st-bar">
        <h1>{sheet.label || data.id} <code>{data.id}</code></h1>
        <div class="st-tools"><Saved store={store} state={state} /><Steps store={store} state={state} /></div>
      </div>
      <div class="dt-about">
        <div class="st-prop"><label for="dt-title">{t('Name of the table')}</label><input id="dt-title" name="title" value={sheet.label} maxLength={200} onInput={(event) => store.change({ ...sheet, label: event.target.value }, { tag: 'label' })} /></div>
        <Hit store={store} sheet={sheet} />
      </div>
      <div class="st-tools" role="group" aria-label={t('Rows and columns')}>
        <button type="button" onClick={() => store.addRow()}>+ {t('Row')}</button>
        <button type="button" disabled={none} onClick={() => store.addRow(true)}>{t('Copy the row')}</button>
        <button type="button" disabled={none || row === 0} onClick={() => store.moveRow(row, row - 1)}>↑ {t('Row up')}</button>
        <button type="button" disabled={none || row === sheet.rules.length - 1} onClick={() => store.moveRow(row, row + 1)}>↓ {t('Row down')}</button>
        <button type="button" disabled={none} onClick={store.removeRows}>✕ {t('Take out the row')}</button>
        <button type="button" onClick={store.newInput} disabled={!data.known.length}>+ {t('Condition')}</button>
        <button type="button" onClick={store.newOutput}>+ {t('Result')}</button>
        <button type="button" onClick={store.newNote}>+ {t('Note')}</button>
        <button type="button" disabled={!sheet.rules.length} onClick={() => setDating(true)}>{t('New amounts from a day on …')}</button>
      </div>
      {dating && <Dated store={store} state={state} close={() => setDating(false)} />}
    </>
  );
}

function Hit({ store, sheet }) {
  const { t } = store;
  const policies = [
    ['UNIQUE', '', t('exactly one row holds; two at once are a mistake')], ['FIRST', '', t('the first row that holds, read from the top')],
    ['ANY', '', t('several rows may hold when they say the same')], ['PRIORITY', '', t('the most important result of all rows that hold')],
    ['COLLECT', 'SUM', t('all rows that hold, added up')], ['COLLECT', 'MAX', t('the largest of all rows that hold')], ['COLLECT', 'MIN', t('the smallest of all rows that hold')],
    ['COLLECT', 'COUNT', t('how many rows hold')], ['COLLECT', '', t('all rows that hold, as a list')], ['RULE ORDER', '', t('all rows that hold, as a list in the order of the rows')],
    ['OUTPUT ORDER', '', t('all rows that hold, as a list by importance')],
  ];
  const choose = (event) => { const [hit, aggregation] = policies[Number(event.target.value)]; store.change({ ...sheet, hit, aggregation }); };
  return <div class="st-prop"><label for="dt-hit">{t('What counts')}</label><select id="dt-hit" name="hit" value={policies.findIndex(([hit, aggregation]) => hit === sheet.hit && aggregation === sheet.aggregation)} onChange={choose}>{policies.map(([, , word], number) => <option key={number} value={number}>{word}</option>)}</select></div>;
}

// New amounts from a day on: the rows that hold today end before it, copies of them begin with it and can be changed.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import * as sheets from './sheet.js';

const AGAIN = 'loket-table-dated';

export function Dated({ store, state, close }) {
  const { t, data } = store;
  const box = useRef(null);
  const [wrong, setWrong] = useState('');
  useLayoutEffect(() => { box.current.showModal(); sessionStorage.removeItem(AGAIN); }, []);
  const { top, bottom } = store.block();
  const several = state.from && bottom > top;
  const begin = async (event) => {
    event.preventDefault();
    const day = box.current.querySelector('[name="day"]').value;
    if (!day) { setWrong(t('Choose the day from which the new rows apply.')); return; }
    if (data.dates === 'ask') { await tell(); return; }
    const rows = box.current.querySelector('[name="rows"]:checked').value === 'all' ? state.document.rules.map((_, row) => row) : Array.from({ length: bottom - top + 1 }, (_, each) => top + each);
    const done = store.dated(day, rows);
    if (done) { box.current.close(); close(); } else setWrong(t('These rows already end or begin at that day. Choose another day, or other rows.'));
  };
  // what the table is handed has to grow by the day first: the server does it, and the page comes again with it
  const tell = async () => {
    try {
      await store.flush();
      await store.ask(data.urls.date, { method: 'POST', body: {}, rev: store.rev() });
      sessionStorage.setItem(AGAIN, data.id);
      location.reload();
    } catch (error) { setWrong(error.message); }
  };
  return (
    <dialog class="dt-dialog" ref={box} aria-labelledby="dt-dated" onClose={close}>
      <form onSubmit={begin}>
        <h2 id="dt-dated">{t('New amounts from a day on')}</h2>
        <p>{t('Applications received earlier keep these rows; later ones get copies, whose amounts you then change.')}</p>
        {data.dates === 'ask' ? <p>{t('This table does not know yet on which day an application was received. It is told first; then choose the day.')}</p> : null}
        <div class="st-prop" hidden={data.dates === 'ask'}><label for="dt-day">{t('From')}</label><input id="dt-day" type="date" name="day" /></div>
        <fieldset class="st-prop" hidden={data.dates === 'ask'}><legend>{t('Which rows')}</legend>
          <label class="st-tick"><input type="radio" name="rows" value="all" defaultChecked={!several} /> {t('all rows')}</label>
          <label class="st-tick"><input type="radio" name="rows" value="chosen" defaultChecked={several} /> {several ? t('rows {from} to {to}', { from: top + 1, to: bottom + 1 }) : t('only row {row}', { row: Math.max(top, 0) + 1 })}</label>
        </fieldset>
        {wrong && <p class="st-wrong" role="alert">{wrong}</p>}
        <div class="st-tools">
          {data.dates === 'ask' ? <button type="button" onClick={tell}>{t('Tell the table the day')}</button> : <button type="submit">{t('Make the new rows')}</button>}
          <button type="button" onClick={() => box.current.close()}>{t('Cancel')}</button>
        </div>
      </form>
    </dialog>
  );
}

export const comesAgain = (id) => sessionStorage.getItem(AGAIN) === id;

/** The column that asks the day, which is added when there is none; then the rows are split. False when no row could be. */
export function dated(store, day, rows) {
  const { data } = store;
  let sheet = store.get().document;
  const known = data.known.filter((one) => one.dated);
  let place = sheet.inputs.findIndex((one) => known.some((each) => each.text === one.text));
  if (place < 0) {
    place = sheet.inputs.length;
    sheet = sheets.addColumn(sheet, 'inputs', { id: sheets.freshId(sheet, data.id, '_in'), label: store.pick(known[0].label), text: known[0].text, type: 'date', allowed: '' });
  }
  const made = sheets.fromDay(sheet, day, rows, data.id, place);
  if (!made.count) return false;
  store.change(made.sheet, { said: store.t('{count} new rows apply from that day on. Change their amounts.', { count: made.count }), at: { row: Math.min(...rows) + 1, col: sheet.inputs.length }, from: null, focus: 'grid' });
  return true;
}

// What is chosen in the grid, with everything that can be said of it: a cell in drop-downs and boxes, or a column.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { InputCell, ResultCell } from './CellEditor.jsx';
import { InputColumn, NoteColumn, OutputColumn } from './ColumnEditor.jsx';

export function Panel({ store, state }) {
  const { t } = store;
  const box = useRef(null);
  useLayoutEffect(() => {
    if (state.focus !== 'panel') return;
    box.current?.querySelector('select, input, textarea')?.focus();
    store.focused();
  });
  const column = store.columns()[state.at.col];
  if (!column) return null;
  const back = (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    store.go(state.at.row, state.at.col);
  };
  const { row } = state.at;
  const head = row < 0 || !state.document.rules[row];
  const name = store.name(column);
  return (
    <section class="dt-panel" ref={box} aria-label={head ? t('The column') : t('The cell')} onKeyDown={back} data-panel={head ? 'column' : 'cell'}>
      <h2>{head ? t('Column: {name}', { name }) : t('Row {row}: {name}', { row: row + 1, name })}</h2>
      {head ? <Column {...{ store, state, column }} /> : <Cell key={`${state.document.rules[row].id}/${column.part}${column.place}`} {...{ store, state, row, column }} />}
    </section>
  );
}

function Cell({ store, state, row, column }) {
  const value = state.document.rules[row][column.part][column.place];
  const put = (fresh, tag = null) => store.put(row, column, fresh, tag && `${row}/${column.part}${column.place}`);
  if (column.part === 'annotations') return <textarea name="note" aria-label={store.name(column)} rows={4} value={value} onInput={(event) => put(event.target.value, true)} />;
  const Editor = column.part === 'inputs' ? InputCell : ResultCell;
  return <Editor {...{ store, cell: value, about: store.about(column), put }} />;
}

function Column({ store, state, column }) {
  const { t } = store;
  const Editor = { inputs: InputColumn, outputs: OutputColumn, annotations: NoteColumn }[column.part];
  const last = state.document[column.part].length - 1;
  const only = column.part === 'outputs' && last === 0;
  return (
    <>
      <Editor {...{ store, state, column }} />
      <div class="st-tools">
        <button type="button" disabled={column.place === 0} onClick={() => store.moveColumn(column, column.place - 1)}>← {t('Move left')}</button>
        <button type="button" disabled={column.place === last} onClick={() => store.moveColumn(column, column.place + 1)}>{t('Move right')} →</button>
        <button type="button" disabled={only} onClick={() => store.removeColumn(column)}>✕ {t('Take out the column')}</button>
      </div>
    </>
  );
}

// The grid: one cell at a time is in reach of Tab, arrows move, typing writes; the head of a column and the number of a row can be chosen too.
import Sortable from 'sortablejs';
import { Fragment } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

export function Grid({ store, state }) {
  const { t } = store;
  const sheet = state.document;
  const columns = store.columns();
  const box = useRef(null);
  const body = useRef(null);
  useLayoutEffect(() => {
    if (state.focus !== 'grid') return;
    const target = box.current?.querySelector(`[data-row="${state.at.row}"][data-col="${state.at.col}"]`);
    target?.focus({ preventScroll: false });
    store.focused();
  });
  useEffect(() => sortable(store, body.current), [store]);
  const { top, bottom, left, right } = store.block();
  const inBlock = (row, col) => state.from && row >= top && row <= bottom && col >= left && col <= right;
  const cell = (row, col) => ({
    'data-row': row, 'data-col': col, tabIndex: state.at.row === row && state.at.col === col ? 0 : -1, 'aria-selected': state.at.row === row && state.at.col === col,
    onClick: (event) => store.go(row, col, { extend: event.shiftKey }),
  });
  const heads = { inputs: t('When'), outputs: t('Then'), annotations: t('Because') };
  return (
    <div class="dt-scroll" ref={box} onKeyDown={(event) => pressed(store, event)} onCopy={(event) => copy(store, event)} onPaste={(event) => paste(store, event)}>
      <table class="dt-grid" role="grid" aria-label={sheet.label || store.data.id} aria-multiselectable="true" aria-rowcount={sheet.rules.length + 1} aria-colcount={columns.length + 1}>
        <thead>
          <tr role="row" class="dt-parts">
            <td role="gridcell"><span class="govuk-visually-hidden">{t('Row')}</span></td>
            {Object.entries(heads).map(([part, word]) => sheet[part].length > 0 && <td role="gridcell" class={`dt-part dt-part--${part}`} colSpan={sheet[part].length} key={part}>{word}</td>)}
          </tr>
          <tr role="row">
            <th role="columnheader" class="dt-number"><span class="govuk-visually-hidden">{t('Row')}</span></th>
            {columns.map((column, col) => (
              <th role="columnheader" key={`${column.part}${column.place}`} class={`dt-head dt-head--${column.part}${state.at.row === -1 && state.at.col === col ? ' dt-chosen' : ''}`} {...cell(-1, col)}>{store.name(column)}</th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {sheet.rules.map((rule, row) => <Fragment key={rule.id}><Row {...{ store, state, row, columns, cell, inBlock }} /><Trouble {...{ state, row, wide: columns.length + 1 }} /></Fragment>)}
        </tbody>
      </table>
      {!sheet.rules.length && <p class="st-help">{t('There is no row yet. Add the first.')}</p>}
    </div>
  );
}

function Row({ store, state, row, columns, cell, inBlock }) {
  const { t } = store;
  const mine = state.problems.filter((one) => one.row === row + 1);
  const wrong = mine.some((one) => one.level === 'error');
  const aside = !mine.length && state.problems.some((one) => one.rows?.includes(row + 1));
  const fired = state.tests.some((one) => one.fired.includes(row + 1));
  return (
    <tr role="row" data-rule={row} class={wrong ? 'dt-row--wrong' : mine.length || aside ? 'dt-row--doubt' : ''}>
      <th role="rowheader" class="dt-number" aria-describedby={mine.length ? `dt-row-${row}` : undefined}>
        <span class="dt-grip" title={t('Drag to another place')} aria-hidden="true">⠿</span> {row + 1}
        {mine.length > 0 && <span class="dt-mark" aria-hidden="true">{wrong ? ' ✗' : ' ?'}</span>}
        {fired && <span class="dt-mark" title={t('A test row comes to this row')} aria-hidden="true"> ▸</span>}
      </th>
      {columns.map((column, col) => {
        const here = state.at.row === row && state.at.col === col;
        const bad = mine.some((one) => (column.part === 'inputs' ? one.input : column.part === 'outputs' ? one.output : null) === column.place + 1);
        const said = store.say_(row, column);
        return (
          <td role="gridcell" key={`${column.part}${column.place}`} class={`dt-cell dt-cell--${column.part}${here ? ' dt-chosen' : ''}${inBlock(row, col) ? ' dt-block' : ''}${bad ? ' dt-cell--wrong' : ''}`} {...cell(row, col)} aria-invalid={bad || undefined} onDblClick={() => store.type(store.typed(row, column))}>
            {here && state.typing !== null ? <Typing {...{ store, state, row, column }} /> : said || <span class="dt-any">{column.part === 'inputs' ? t('any') : '–'}</span>}
          </td>
        );
      })}
    </tr>
  );
}

/** What is wrong with a row, under it. */
function Trouble({ state, row, wide }) {
  const mine = state.problems.filter((one) => one.row === row + 1);
  if (!mine.length) return null;
  return (
    <tr role="row" class="dt-trouble">
      <td role="gridcell" colSpan={wide} id={`dt-row-${row}`}>{mine.map((one) => <div class={`dt-trouble__text dt-trouble__text--${one.level}`} key={one.code + one.text}>{one.text}</div>)}</td>
    </tr>
  );
}

/** Writing straight into a cell: Enter goes down, Tab to the right, Escape leaves it as it was. */
function Typing({ store, state, row, column }) {
  const box = useRef(null);
  useLayoutEffect(() => { box.current.focus(); box.current.setSelectionRange(box.current.value.length, box.current.value.length); }, []);
  const done = (down, right) => { store.put(row, column, store.read(box.current.value, column)); store.go(state.at.row + down, state.at.col + right); };
  const pressed = (event) => {
    event.stopPropagation();
    const move = { Enter: [1, 0], Tab: [0, event.shiftKey ? -1 : 1], Escape: null }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    if (move) done(...move);
    else store.go(state.at.row, state.at.col);
  };
  return <input ref={box} class="dt-typing" aria-label={`${store.name(column)}, ${store.t('Row')} ${row + 1}`} defaultValue={state.typing} onKeyDown={pressed} onBlur={() => { if (store.get().typing !== null) { store.put(row, column, store.read(box.current.value, column)); store.set({ typing: null }); } }} onCopy={(event) => event.stopPropagation()} onPaste={(event) => event.stopPropagation()} />;
}

function pressed(store, event) {
  const { at, document: sheet } = store.get();
  if (event.target.closest('input')) return;
  const control = event.ctrlKey || event.metaKey;
  const columns = store.columns();
  const keys = {
    ArrowUp: () => (event.altKey ? store.moveRow(at.row, at.row - 1) : store.go(at.row - 1, at.col, { extend: event.shiftKey })),
    ArrowDown: () => (event.altKey ? store.moveRow(at.row, at.row + 1) : store.go(at.row + 1, at.col, { extend: event.shiftKey })),
    ArrowLeft: () => store.go(at.row, at.col - 1, { extend: event.shiftKey }),
    ArrowRight: () => store.go(at.row, at.col + 1, { extend: event.shiftKey }),
    Home: () => store.go(control ? 0 : at.row, 0, { extend: event.shiftKey }),
    End: () => store.go(control ? sheet.rules.length - 1 : at.row, columns.length - 1, { extend: event.shiftKey }),
    Enter: () => (control ? store.addRow() : store.set({ focus: 'panel' })),
    F2: () => at.row >= 0 && store.type(store.typed(at.row, columns[at.col])),
    Delete: () => (control ? store.removeRows() : at.row >= 0 && store.clear()),
    Backspace: () => at.row >= 0 && store.clear(),
  };
  if (keys[event.key]) { event.preventDefault(); keys[event.key](); return; }
  if (at.row >= 0 && event.key.length === 1 && !control && !event.altKey) { event.preventDefault(); store.type(event.key); }
}

function copy(store, event) {
  if (event.target.closest('input')) return;
  event.preventDefault();
  event.clipboardData.setData('text/plain', store.copied());
}

function paste(store, event) {
  if (event.target.closest('input')) return;
  event.preventDefault();
  store.paste(event.clipboardData.getData('text/plain'));
}

function sortable(store, body) {
  let next = null;
  const made = Sortable.create(body, {
    handle: '.dt-grip', draggable: 'tr[data-rule]', animation: 100,
    onStart: ({ item }) => { next = item.nextSibling; },
    onEnd: ({ item, oldDraggableIndex, newDraggableIndex }) => {
      body.insertBefore(item, next); // Preact owns the rows: back where it stood, the new order draws it elsewhere
      store.moveRow(oldDraggableIndex, newDraggableIndex);
    },
  });
  return () => made.destroy();
}

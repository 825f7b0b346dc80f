// What the grid knows: the sheet, where one stands, what the server found in it.
import { makeDocument } from '../studio/document.js';
import { any, readCell, readResult, typedOf, wordsOf } from './cells.js';
import { dated } from './Dated.jsx';
import * as sheets from './sheet.js';

const REVIEW_AFTER = 500;

export function makeStore(data) {
  let reviewing = 0;
  const review = (document, pause = REVIEW_AFTER) => {
    clearTimeout(reviewing);
    reviewing = setTimeout(async () => {
      try {
        const found = await store.ask(data.urls.review, { method: 'POST', body: { document } });
        if (store.get().document === document) store.set({ ...found, reviewed: true });
      } catch { /* the next change asks again; saving tells when the line is down */ }
    }, pause);
  };
  const store = makeDocument(data, data.sheet, { at: { row: 0, col: 0 }, from: null, focus: null, typing: null, problems: [], tests: [], reads: [], reviewed: false }, review);
  const tools = { lang: data.lang, t: store.t };
  const sheet = () => store.get().document;

  // a row that moves takes the focus with it out of the page: back into the grid, to a cell that is there
  const back = (step) => () => {
    const inside = Boolean(document.activeElement?.closest('.dt-grid')) || document.activeElement === document.body;
    step();
    const { row, col } = store.get().at;
    store.set({ at: { row: Math.min(row, sheet().rules.length - 1), col: Math.min(col, store.columns().length - 1) }, from: null, typing: null, focus: inside ? 'grid' : null });
  };

  return Object.assign(store, {
    tools, review, undo: back(store.undo), redo: back(store.redo),
    columns: () => sheets.columns(sheet()),
    about: (column) => sheets.about(data, sheet(), column),
    say_: (row, column) => {
      const cell = sheets.cellAt(sheet(), row, column);
      return column.part === 'annotations' ? cell : wordsOf(cell, store.about(column), tools);
    },
    typed: (row, column) => {
      const cell = sheets.cellAt(sheet(), row, column);
      return column.part === 'annotations' ? cell : typedOf(cell, store.about(column), tools);
    },
    read: (text, column) => (column.part === 'annotations' ? text.trim() : (column.part === 'inputs' ? readCell : readResult)(text, store.about(column), data.lang)),
    name: (column) => {
      const one = sheet()[column.part][column.place];
      return column.part === 'annotations' ? one || store.t('Note') : one.label || store.pick(data.known.find((known) => known.text === one.text)?.label) || one.text || one.name || store.t('Result');
    },
    /** Stand on a cell; row -1 is the head of a column. `extend`: the block from where one stood. */
    go(row, col, { extend = false, focus = 'grid' } = {}) {
      const { at, from } = store.get();
      const last = { row: sheet().rules.length - 1, col: store.columns().length - 1 };
      const to = { row: Math.max(-1, Math.min(row, last.row)), col: Math.max(0, Math.min(col, last.col)) };
      store.set({ at: to, from: extend ? from ?? at : null, focus, typing: null });
    },
    focused: () => store.get().focus && store.set({ focus: null }),
    type: (text) => store.set({ typing: text, focus: null }),
    put(row, column, value, tag = null) {
      store.change(sheets.put(sheet(), row, column, value), { tag });
    },
    block() {
      const { at, from } = store.get();
      const other = from ?? at;
      return { top: Math.max(0, Math.min(at.row, other.row)), bottom: Math.max(at.row, other.row), left: Math.min(at.col, other.col), right: Math.max(at.col, other.col) };
    },
    copied() {
      const { top, bottom, left, right } = store.block();
      const all = store.columns().slice(left, right + 1);
      return sheet().rules.slice(top, bottom + 1).map((_, row) => all.map((column) => quoted(store.typed(top + row, column))).join('\t')).join('\n');
    },
    /** A block of a spreadsheet, from the cell one stands on; rows that are missing are added. */
    paste(text) {
      const lines = tsv(text);
      const { top, left } = store.block();
      const all = store.columns();
      let made = sheet();
      lines.forEach((line, down) => {
        const row = top + down;
        if (row >= made.rules.length) made = sheets.addRow(made, made.rules.length, data.id);
        line.forEach((piece, right) => { const column = all[left + right]; if (column) made = sheets.put(made, row, column, store.read(piece, column)); });
      });
      store.change(made, { said: store.t('{count} rows were pasted.', { count: lines.length }) });
    },
    clear() {
      const { top, bottom, left, right } = store.block();
      let made = sheet();
      for (let row = top; row <= bottom; row += 1) for (const column of store.columns().slice(left, right + 1)) made = sheets.put(made, row, column, column.part === 'annotations' ? '' : any);
      store.change(made);
    },
    addRow(copy = false) {
      const row = Math.max(-1, store.get().at.row);
      const place = sheet().rules.length ? row + 1 : 0;
      const made = sheets.addRow(sheet(), place, data.id, copy && row >= 0 ? sheet().rules[row] : null);
      store.change(made, { said: store.t('A row was added at place {place}.', { place: place + 1 }), at: { row: place, col: store.get().at.col }, from: null, focus: 'grid' });
    },
    removeRows() {
      const { top, bottom } = store.block();
      if (!sheet().rules.length || store.get().at.row < 0) return;
      const made = sheets.removeRows(sheet(), top, bottom);
      store.change(made, { said: store.t('{count} rows were taken out. Undo brings them back.', { count: bottom - top + 1 }), at: { row: Math.min(top, made.rules.length - 1), col: store.get().at.col }, from: null, focus: 'grid' });
    },
    moveRow(from, to) {
      if (from < 0 || to < 0 || to >= sheet().rules.length || from === to) return;
      const said = store.t('Row {from} is now row {to}.', { from: from + 1, to: to + 1 });
      store.change(sheets.moveRow(sheet(), from, to), { said, at: { row: to, col: store.get().at.col }, from: null, focus: 'grid' });
    },
    addColumn(part, column) {
      const made = sheets.addColumn(sheet(), part, column);
      const col = sheets.columns(made).findIndex((one) => one.part === part && one.place === made[part].length - 1);
      store.change(made, { said: store.t('A column was added.'), at: { row: -1, col }, from: null, focus: 'panel' });
    },
    /** A column of conditions on what is offered first and not asked yet; which it is can be chosen then. */
    newInput() {
      const asked = new Set(sheet().inputs.map((one) => one.text));
      const known = data.known.find((one) => !asked.has(one.text) && !one.dated) ?? data.known[0];
      const id = sheets.freshId(sheet(), data.id, '_in');
      store.addColumn('inputs', { id, label: store.pick(known?.label), text: known?.text ?? 'true', type: known?.type ?? 'boolean', allowed: '' });
    },
    newOutput() {
      const taken = new Set(sheet().outputs.map((one) => one.name));
      let number = sheet().outputs.length + 1;
      while (taken.has(`result_${number}`)) number += 1;
      store.addColumn('outputs', { id: sheets.freshId(sheet(), data.id, '_out'), label: '', name: `result_${number}`, type: 'number', allowed: '', default: any });
    },
    newNote: () => store.addColumn('annotations', store.t('Legal basis')),
    removeColumn(column) {
      store.change(sheets.removeColumn(sheet(), column), { said: store.t('The column was taken out. Undo brings it back.'), at: { row: -1, col: 0 }, from: null, focus: 'grid' });
    },
    moveColumn(column, to) {
      const col = store.get().at.col + to - column.place;
      store.change(sheets.moveColumn(sheet(), column, to), { at: { row: -1, col }, from: null });
    },
    dated: (day, rows) => dated(store, day, rows),
    setColumn: (column, value, tag) => store.change(sheets.setColumn(sheet(), column, value), { tag }),
  });
}

const quoted = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The rows of tab-separated text as spreadsheets copy it: cells with line breaks stand in quotes. */
export function tsv(text) {
  const rows = [[]];
  for (const [, sep, held, bare] of text.replace(/\r\n?/g, '\n').replace(/\n$/, '').matchAll(/(^|\t|\n)(?:"((?:[^"]|"")*)"(?=\t|\n|$)|([^\t\n]*))/g)) {
    if (sep === '\n') rows.push([]);
    rows.at(-1).push(held === undefined ? bare : held.replaceAll('""', '"'));
  }
  return rows;
}

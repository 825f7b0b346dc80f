// Deeds in tables: made, rows and columns, from cell to cell.
import { Fragment } from 'prosemirror-model';
import { TextSelection } from 'prosemirror-state';
import { deleteBlock, depthOf, insertAfter } from './deeds.js';

const cells = (nodes, count) => Array.from({ length: count }, () => nodes.cell.create());
export const insertTable = (heads) => insertAfter((nodes) => {
  const count = heads ? 3 : 2;
  const rows = heads ? [nodes.row.create({ head: true }, cells(nodes, count)), nodes.row.create(null, cells(nodes, count))] : [nodes.row.create(null, cells(nodes, count))];
  return nodes.table.create({ align: Array(count).fill('left').join(',') }, rows);
}, 3);

export function addRow(state, dispatch) {
  const { $from } = state.selection;
  const depth = depthOf($from, 'row');
  if (!depth) return false;
  const at = $from.after(depth);
  const tr = state.tr.insert(at, state.schema.nodes.row.create(null, cells(state.schema.nodes, $from.node(depth).childCount)));
  dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 2)).scrollIntoView());
  return true;
}

export function removeRow(state, dispatch) {
  const { $from } = state.selection;
  const depth = depthOf($from, 'row');
  if (!depth) return false;
  const table = $from.node(depth - 1);
  const tr = state.tr;
  if (table.childCount === 1) deleteBlock(tr, $from.before(depth - 1), $from.after(depth - 1));
  else { tr.delete($from.before(depth), $from.after(depth)); tr.setSelection(TextSelection.near(tr.doc.resolve($from.before(depth)), -1)); }
  dispatch(tr);
  return true;
}

/** One column more behind this one, or this one less. */
export function column(more) {
  return (state, dispatch) => {
    const { $from } = state.selection;
    const depth = depthOf($from, 'table');
    if (!depth) return false;
    const table = $from.node(depth);
    const here = $from.index(depth + 1);
    const width = table.firstChild.childCount;
    if (!more && width === 1) return false;
    const change = (list, fresh) => (more ? [...list.slice(0, here + 1), fresh, ...list.slice(here + 1)] : list.filter((_, place) => place !== here));
    const rows = [];
    table.forEach((row) => rows.push(row.copy(Fragment.from(change(row.content.content, state.schema.nodes.cell.create())))));
    const align = change(table.attrs.align.split(','), 'left').join(',');
    const at = $from.before(depth);
    const tr = state.tr.replaceWith(at, at + table.nodeSize, table.type.create({ ...table.attrs, align }, rows));
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min($from.pos, tr.doc.content.size)))));
    return true;
  };
}

/** From cell to cell; at the edge the keyboard goes on out of the letter. */
export function goCell(way) {
  return (state, dispatch) => {
    const { $from } = state.selection;
    const depth = depthOf($from, 'cell');
    if (!depth) return false;
    const table = $from.node(depth - 2);
    const base = $from.start(depth - 2);
    const spots = [];
    table.forEach((row, at) => row.forEach((_cell, inner) => spots.push(base + at + 1 + inner + 1)));
    const to = spots[spots.indexOf($from.start(depth)) + way];
    if (to === undefined) return false;
    dispatch(state.tr.setSelection(TextSelection.near(state.doc.resolve(to))).scrollIntoView());
    return true;
  };
}

// What may be done in a letter. Every deed is one step of undo.
import { Fragment } from 'prosemirror-model';
import { TextSelection } from 'prosemirror-state';
import { blocksOf, deleteBlock, depthOf, insertAfter } from './deeds.js';
import { around } from './places.js';
import { goCell } from './tables.js';

export * from './conditions.js';
export * from './tables.js';

export function removeBlock(state, dispatch) {
  const range = blocksOf(state);
  if (!range || state.selection.$from.parent.type.name === 'subject') return false;
  const tr = state.tr;
  deleteBlock(tr, range.from, range.to);
  dispatch(tr);
  return true;
}

/** The part changes places with the one before (-1) or behind it (1). */
export function moveBlock(way) {
  return (state, dispatch) => {
    const range = blocksOf(state);
    if (!range || state.selection.$from.parent.type.name === 'subject') return false;
    const $from = state.doc.resolve(range.from);
    const { parent } = $from;
    const index = $from.index();
    const count = state.doc.slice(range.from, range.to).content.childCount;
    const other = way < 0 ? index - 1 : index + count;
    if (other < 0 || other >= parent.childCount || parent.child(other).type.name === 'subject') return false;
    const beside = parent.child(other);
    const inner = state.doc.slice(range.from, range.to).content;
    const tr = state.tr;
    const offset = state.selection.from - range.from;
    const start = way < 0 ? range.from - beside.nodeSize : range.from;
    if (way < 0) tr.replaceWith(start, range.to, inner.append(Fragment.from(beside)));
    else tr.replaceWith(start, range.to + beside.nodeSize, Fragment.from(beside).append(inner));
    const at = way < 0 ? start : start + beside.nodeSize;
    tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(at + offset, tr.doc.content.size))));
    dispatch(tr.scrollIntoView());
    return true;
  };
}

/** Paragraph, title or heading; out of a list each item becomes one. */
export function setKind(kind, level = 1) {
  return (state, dispatch) => {
    const { $from, $to } = state.selection;
    const type = state.schema.nodes[kind];
    const list = depthOf($from, 'bullets', 'numbers');
    const tr = state.tr;
    if (list) {
      const node = $from.node(list);
      const made = [];
      node.forEach((item) => made.push(type.create(kind === 'heading' ? { level } : null, item.content)));
      const at = $from.before(list);
      const offset = state.selection.from;
      tr.replaceWith(at, at + node.nodeSize, made);
      tr.setSelection(TextSelection.near(tr.doc.resolve(Math.max(at, offset - 1))));
    } else {
      state.doc.nodesBetween($from.pos, $to.pos, (node, pos) => {
        if (node.isTextblock && ['paragraph', 'heading'].includes(node.type.name)) tr.setNodeMarkup(tr.mapping.map(pos), type, { ...node.attrs, ...(kind === 'heading' ? { level } : {}) });
      });
    }
    if (!tr.docChanged) return false;
    dispatch(tr);
    return true;
  };
}

/** A list of the chosen paragraphs, or a list of the other kind. */
export function setList(kind) {
  return (state, dispatch) => {
    const { $from } = state.selection;
    const { nodes } = state.schema;
    const list = depthOf($from, 'bullets', 'numbers');
    if (list) {
      if ($from.node(list).type.name === kind) return setKind('paragraph')(state, dispatch);
      dispatch(state.tr.setNodeMarkup($from.before(list), nodes[kind]));
      return true;
    }
    const range = blocksOf(state);
    if (!range || $from.parent.type.name === 'subject' || depthOf($from, 'table')) return false;
    const items = [];
    let fits = true;
    state.doc.slice(range.from, range.to).content.forEach((node) => { fits = fits && node.isTextblock; items.push(nodes.item.create(null, node.content)); });
    if (!fits) return false;
    const tr = state.tr.replaceWith(range.from, range.to, nodes[kind].create(null, items));
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(state.selection.from + 1, tr.doc.content.size)))));
    return true;
  };
}

/** Enter: in the subject on to the letter, in a cell to the next, out of an empty item, never through a condition of the line. */
export function enter(state, dispatch) {
  const { $from, empty } = state.selection;
  const kind = $from.parent.type.name;
  if (kind === 'subject') {
    dispatch(state.tr.setSelection(TextSelection.near(state.doc.resolve($from.after() + 1))).scrollIntoView());
    return true;
  }
  if (kind === 'cell') return goCell(1)(state, dispatch) || true;
  if (kind === 'item' && empty && !$from.parent.childCount) {
    const list = $from.node(-1);
    const at = $from.before(-1);
    const index = $from.index(-1);
    const { paragraph } = state.schema.nodes;
    const parts = [];
    const before = list.content.content.slice(0, index);
    const after = list.content.content.slice(index + 1);
    if (before.length) parts.push(list.copy(Fragment.from(before)));
    parts.push(paragraph.create());
    if (after.length) parts.push(list.copy(Fragment.from(after)));
    const tr = state.tr.replaceWith(at, at + list.nodeSize, parts);
    dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1 + (before.length ? parts[0].nodeSize : 0))).scrollIntoView());
    return true;
  }
  if (around($from).some((one) => one.kind === 'gate')) return newLine(state, dispatch) || true;
  return false;
}

export function newLine(state, dispatch) {
  if (state.selection.$from.parent.type.name !== 'paragraph') return false;
  dispatch(state.tr.replaceSelectionWith(state.schema.nodes.break.create()).scrollIntoView());
  return true;
}

/** A line behind the part where one stands. */
export const insertRule = insertAfter((nodes) => nodes.rule.create(), 0);

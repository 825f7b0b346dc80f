// What may be done in a letter. Every deed is one step of undo.
import { Fragment } from 'prosemirror-model';
import { NodeSelection, Plugin, TextSelection } from 'prosemirror-state';
import { around, pairsIn } from './places.js';

const depthOf = ($at, ...names) => { for (let depth = $at.depth; depth > 0; depth -= 1) if (names.includes($at.node(depth).type.name)) return depth; return 0; };
const blockDepth = ($at) => { for (let depth = $at.depth; depth > 0; depth -= 1) if ($at.node(depth).type.isInGroup('block')) return depth; return 0; };
/** The parts that the selection touches: from the first to the last below what both lie in. */
function blocksOf(state) {
  const { $from, $to } = state.selection;
  const range = state.selection instanceof NodeSelection && state.selection.node.type.isInGroup('block')
    ? { from: state.selection.from, to: state.selection.to }
    : null;
  if (range) return range;
  let depth = Math.min($from.sharedDepth($to.pos), blockDepth($from) - 1 < 0 ? 0 : blockDepth($from) - 1);
  while (depth > 0 && !['doc', 'frame'].includes($from.node(depth).type.name)) depth -= 1;
  return $from.depth > depth ? { from: $from.before(depth + 1), to: $to.after(depth + 1) } : null;
}

/** `when`: what asks whether it is answered, for a field that need not be: written as it is it says “–” then, else it is not there. */
export function insertField(path, format = '', when = null) {
  return (state, dispatch) => {
    const { field, gate } = state.schema.nodes;
    const made = field.create({ path, format, otherwise: when && !format ? '"–"' : '' });
    const tr = state.tr.deleteSelection();
    const at = tr.selection.from;
    const marks = state.storedMarks ?? state.selection.$from.marks();
    const whole = when && format ? [gate.create({ tag: 'if', text: when }), made, gate.create({ tag: 'endif' })] : [made];
    tr.insert(at, whole.map((node) => node.mark(tr.doc.resolve(at).parent.type.name === 'subject' ? [] : marks)));
    dispatch(tr.setSelection(TextSelection.create(tr.doc, at + whole.length)).scrollIntoView());
    return true;
  };
}

/** Once for each row of a group, and only if there is one (`sure`: there always is). */
export function each(path, sure) {
  return (state, dispatch) => {
    const loop = `row in shown.${path}`;
    if (sure || around(state.selection.$from).some((one) => one.attrs.tag === 'if')) return wrap('for', loop)(state, dispatch);
    let now = state;
    const deeds = [];
    const keep = (tr) => { deeds.push(...tr.steps); now = now.apply(tr); };
    if (!wrap('for', loop)(now, keep)) return false;
    const { $from } = now.selection;
    const table = depthOf($from, 'table');
    const inner = around($from).filter((one) => one.attrs.tag === 'for').at(-1);
    const tr = now.tr;
    if (inner.kind === 'gate') {
      tr.insert(inner.start + inner.pair.to + 1, state.schema.nodes.gate.create({ tag: 'endif' })).insert(inner.start + inner.pair.from, state.schema.nodes.gate.create({ tag: 'if', text: path }));
    } else {
      const at = table ? $from.before(table) : inner.pos;
      tr.replaceWith(at, at + now.doc.nodeAt(at).nodeSize, state.schema.nodes.frame.create({ tag: 'if', text: path }, now.doc.nodeAt(at)));
      tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(now.selection.from + 1, tr.doc.content.size))));
    }
    keep(tr);
    const whole = state.tr;
    deeds.forEach((step) => whole.step(step));
    dispatch(whole.setSelection(TextSelection.near(whole.doc.resolve(now.selection.from))).setMeta('whole', true).scrollIntoView());
    return true;
  };
}

/** A gate around what is selected in one line, else a frame around the parts; in a table the row. */
export function wrap(tag, text = '') {
  return (state, dispatch) => {
    const { $from, $to, empty, from, to } = state.selection;
    const { gate, frame } = state.schema.nodes;
    const row = depthOf($from, 'row');
    if (!empty && $from.sameParent($to) && $from.parent.isTextblock && (row || $from.parent.type.name === 'subject' || from > $from.start() || to < $from.end())) {
      const { loose } = pairsIn({ forEach: (visit) => $from.parent.forEach((node, offset) => { if ($from.start() + offset >= from && $from.start() + offset < to) visit(node, offset); }) });
      if (loose.length) return false;
      const tr = state.tr.insert(to, gate.create({ tag: `end${tag}` })).insert(from, gate.create({ tag, text }));
      dispatch(tr.setSelection(TextSelection.create(tr.doc, from + 1)).scrollIntoView());
      return true;
    }
    if (row) {
      const node = $from.node(row);
      if (node.attrs.head || node.attrs.tag) return false;
      dispatch(state.tr.setNodeMarkup($from.before(row), null, { ...node.attrs, tag, text }));
      return true;
    }
    const range = blocksOf(state);
    if (!range || $from.parent.type.name === 'subject') return false;
    const inner = state.doc.slice(range.from, range.to).content;
    const tr = state.tr.replaceWith(range.from, range.to, frame.create({ tag, text }, inner));
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(range.from + 2))).scrollIntoView());
    return true;
  };
}

/** Another condition or group for what was found around one. */
export function rewrite(found, attrs) {
  return (state, dispatch) => {
    const node = state.doc.nodeAt(found.pos);
    if (!node) return false;
    const tr = state.tr.setNodeMarkup(found.pos, null, { ...node.attrs, ...attrs }, node.marks);
    if (state.selection instanceof NodeSelection) tr.setSelection(NodeSelection.create(tr.doc, state.selection.from));
    dispatch(tr);
    return true;
  };
}

/** The condition goes, its text stays (`whole`: goes too). A branch of a frame goes by itself; of a line all marks go. */
export function unwrap(found, whole = false) {
  return (state, dispatch) => {
    const tr = state.tr;
    const node = state.doc.nodeAt(found.pos);
    if (!node) return false;
    if (found.kind === 'row') {
      if (whole) return removeRow(state, dispatch);
      tr.setNodeMarkup(found.pos, null, { ...node.attrs, tag: '', text: '' });
    } else if (found.kind === 'frame') {
      if (whole) deleteBlock(tr, found.pos, found.pos + node.nodeSize);
      else tr.replaceWith(found.pos, found.pos + node.nodeSize, node.content);
    } else {
      const { pair, start } = found;
      if (whole) tr.delete(start + pair.from, start + pair.to + 1);
      else for (const offset of [pair.to, ...[...pair.turns].reverse(), pair.from]) tr.delete(start + offset, start + offset + 1);
    }
    dispatch(tr.scrollIntoView());
    return true;
  };
}

/** Another branch: what is there when the condition does not hold. */
export function otherwise(found) {
  return (state, dispatch) => {
    const { gate, frame, paragraph } = state.schema.nodes;
    const tr = state.tr;
    if (found.kind === 'gate') {
      const at = found.start + found.pair.to;
      tr.insert(at, gate.create({ tag: 'else' }));
      tr.setSelection(TextSelection.create(tr.doc, at + 1));
    } else {
      const at = found.pos + state.doc.nodeAt(found.pos).nodeSize;
      tr.insert(at, frame.create({ tag: 'else' }, paragraph.create()));
      tr.setSelection(TextSelection.create(tr.doc, at + 2));
    }
    dispatch(tr.scrollIntoView());
    return true;
  };
}

/** Whether a condition has its other branch already. */
export function branches(state, found) {
  if (found.kind === 'gate') return found.pair.turns.some((offset) => state.doc.nodeAt(found.start + offset)?.attrs.tag === 'else');
  const node = state.doc.nodeAt(found.pos);
  const next = node && state.doc.nodeAt(found.pos + node.nodeSize);
  return Boolean(next?.type.name === 'frame' && ['else', 'elsif'].includes(next.attrs.tag));
}

/** A part goes; where nothing would be left an empty line stays. */
function deleteBlock(tr, from, to) {
  const $at = tr.doc.resolve(from);
  const only = $at.parent.childCount === (1 + ($at.parent.firstChild?.type.name === 'subject'));
  if (only) tr.replaceWith(from, to, tr.doc.type.schema.nodes.paragraph.create());
  else tr.delete(from, to);
  tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(from, tr.doc.content.size)), -1));
}

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

/** A block behind the one where one stands. */
function insertAfter(make, into) {
  return (state, dispatch) => {
    const { $from } = state.selection;
    const range = blocksOf(state);
    const at = $from.parent.type.name === 'subject' || !range ? state.doc.firstChild.nodeSize : range.to;
    const tr = state.tr.insert(at, make(state.schema.nodes));
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at + into))).scrollIntoView());
    return true;
  };
}
const cells = (nodes, count) => Array.from({ length: count }, () => nodes.cell.create());
export const insertTable = (heads) => insertAfter((nodes) => {
  const count = heads ? 3 : 2;
  const rows = heads ? [nodes.row.create({ head: true }, cells(nodes, count)), nodes.row.create(null, cells(nodes, count))] : [nodes.row.create(null, cells(nodes, count))];
  return nodes.table.create({ align: Array(count).fill('left').join(',') }, rows);
}, 3);
export const insertRule = insertAfter((nodes) => nodes.rule.create(), 0);

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

/** A mark whose partner is taken out goes with it. */
export const paired = new Plugin({
  appendTransaction(deeds, before, after) {
    if (!deeds.some((one) => one.docChanged) || deeds.some((one) => one.getMeta('whole'))) return null;
    const old = new Set();
    before.doc.descendants((node) => { if (node.isTextblock) old.add(node); return !node.isTextblock; });
    const gone = [];
    after.doc.descendants((node, pos) => {
      if (!node.isTextblock) return true;
      if (!old.has(node)) gone.push(...pairsIn(node).loose.map((offset) => pos + 1 + offset));
      return false;
    });
    if (!gone.length) return null;
    const tr = after.tr;
    for (const pos of gone.sort((a, b) => b - a)) tr.delete(pos, pos + 1);
    return tr;
  },
});

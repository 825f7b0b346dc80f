// Deeds with fields and with what is there only sometimes: gates in a line, frames around parts, rows of tables.
import { Plugin, NodeSelection, TextSelection } from 'prosemirror-state';
import { blocksOf, deleteBlock, depthOf } from './deeds.js';
import { around, pairsIn } from './places.js';
import { removeRow } from './tables.js';

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
export function each(path, sure, name) {
  return (state, dispatch) => {
    const loop = `${name} in shown.${path}`;
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

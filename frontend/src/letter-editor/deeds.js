// What deeds in a letter are made of.
import { NodeSelection, TextSelection } from 'prosemirror-state';

export const depthOf = ($at, ...names) => { for (let depth = $at.depth; depth > 0; depth -= 1) if (names.includes($at.node(depth).type.name)) return depth; return 0; };
const blockDepth = ($at) => { for (let depth = $at.depth; depth > 0; depth -= 1) if ($at.node(depth).type.isInGroup('block')) return depth; return 0; };
/** The parts that the selection touches: from the first to the last below what both lie in. */
export function blocksOf(state) {
  const { $from, $to } = state.selection;
  const range = state.selection instanceof NodeSelection && state.selection.node.type.isInGroup('block')
    ? { from: state.selection.from, to: state.selection.to }
    : null;
  if (range) return range;
  let depth = Math.min($from.sharedDepth($to.pos), blockDepth($from) - 1 < 0 ? 0 : blockDepth($from) - 1);
  while (depth > 0 && !['doc', 'frame'].includes($from.node(depth).type.name)) depth -= 1;
  return $from.depth > depth ? { from: $from.before(depth + 1), to: $to.after(depth + 1) } : null;
}

/** A part goes; where nothing would be left an empty line stays. */
export function deleteBlock(tr, from, to) {
  const $at = tr.doc.resolve(from);
  const only = $at.parent.childCount === (1 + ($at.parent.firstChild?.type.name === 'subject'));
  if (only) tr.replaceWith(from, to, tr.doc.type.schema.nodes.paragraph.create());
  else tr.delete(from, to);
  tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(from, tr.doc.content.size)), -1));
}

/** A block behind the one where one stands. */
export function insertAfter(make, into) {
  return (state, dispatch) => {
    const { $from } = state.selection;
    const range = blocksOf(state);
    const at = $from.parent.type.name === 'subject' || !range ? state.doc.firstChild.nodeSize : range.to;
    const tr = state.tr.insert(at, make(state.schema.nodes));
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at + into))).scrollIntoView());
    return true;
  };
}

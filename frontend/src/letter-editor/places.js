// Where one stands in a letter: what is around, which marks and which loops hold.
import { NodeSelection } from 'prosemirror-state';

const OPENS = new Set(['if', 'unless', 'for']);

/** Pairs of gates in a line: [{from, to, turns}] with offsets into the line; `loose`: offsets of those without a partner. */
export function pairsIn(line) {
  const open = [];
  const pairs = [];
  const loose = [];
  line.forEach((node, offset) => {
    if (node.type.name !== 'gate') return;
    const { tag } = node.attrs;
    if (OPENS.has(tag)) open.push({ from: offset, tag, turns: [] });
    else if (tag.startsWith('end')) {
      const begun = open.at(-1);
      if (begun && tag === `end${begun.tag}`) pairs.push({ ...open.pop(), to: offset });
      else loose.push(offset);
    } else if (open.length && open.at(-1).tag !== 'for') open.at(-1).turns.push(offset);
    else loose.push(offset);
  });
  open.forEach((one) => loose.push(one.from, ...one.turns));
  return { pairs, loose };
}

/** What lies around a place, from the outside in: frames, rows that are there only sometimes, gates of the line. Each with where it is. */
export function around($at) {
  const found = [];
  for (let depth = 1; depth <= $at.depth; depth += 1) {
    const node = $at.node(depth);
    if (node.type.name === 'frame') found.push({ kind: 'frame', pos: $at.before(depth), attrs: node.attrs });
    if (node.type.name === 'row' && node.attrs.tag) found.push({ kind: 'row', pos: $at.before(depth), attrs: node.attrs });
  }
  if ($at.parent.isTextblock) {
    const start = $at.start();
    const here = $at.parentOffset;
    for (const pair of pairsIn($at.parent).pairs.sort((a, b) => a.from - b.from)) {
      if (pair.from < here && here <= pair.to) {
        // in which of its branches: the one whose mark came last
        const at = [pair.from, ...pair.turns].filter((offset) => offset < here).at(-1);
        found.push({ kind: 'gate', pos: start + at, attrs: $at.parent.nodeAt(at).attrs, pair, start });
      }
    }
  }
  return found;
}

export const loopsAt = ($at, telling) => around($at).filter((one) => one.attrs.tag === 'for').map((one) => telling.loopOf(one.attrs.text)).reverse();

/** What the panel and the bar show. */
export function stand(state) {
  const { selection } = state;
  const { $from } = selection;
  const node = selection instanceof NodeSelection ? selection.node : null;
  const names = Array.from({ length: $from.depth }, (_, depth) => $from.node(depth + 1).type.name);
  return {
    node: node && { kind: node.type.name, attrs: node.attrs, pos: selection.from },
    around: node?.type.name === 'gate' || node?.type.name === 'field' ? around(state.doc.resolve(selection.from + (node.attrs.tag?.startsWith('end') ? 0 : 1))) : around($from),
    block: names.find((name) => !['frame'].includes(name)) ?? 'paragraph',
    level: $from.parent.attrs.level,
    names,
    empty: selection.empty,
    marks: Object.keys(state.schema.marks).filter((mark) => (selection.empty ? state.schema.marks[mark].isInSet(state.storedMarks ?? $from.marks()) : state.doc.rangeHasMark(selection.from, selection.to, state.schema.marks[mark]))),
  };
}

// What a letter is made of, as the editor holds it; the server reads and writes the same tree (engine/documents/parts).
import { Schema } from 'prosemirror-model';

const kept = { src: { default: null }, gap: { default: '' }, n: { default: null } };
const data = (names) => (dom) => Object.fromEntries(names.map((name) => [name, dom.dataset[name] ?? '']));
const atom = (name, attrs) => ({
  group: 'inline', inline: true, atom: true, attrs: { ...Object.fromEntries(attrs.map((one) => [one, { default: '' }])), src: { default: null } },
  toDOM: (node) => ['span', { [`data-le-${name}`]: '', ...Object.fromEntries(attrs.map((one) => [`data-${one}`, node.attrs[one]])) }],
  parseDOM: [{ tag: `span[data-le-${name}]`, getAttrs: data(attrs) }],
});

const shared = {
  doc: { content: 'subject block+' },
  paragraph: { group: 'block', content: 'inline*', attrs: kept, toDOM: () => ['p', 0], parseDOM: [{ tag: 'p' }] },
  subject: { content: 'inline*', marks: '', attrs: kept, defining: true, isolating: true, toDOM: () => ['div', { class: 'le-subject' }, 0] },
  frame: {
    group: 'block', content: 'block+', defining: true, attrs: { ...kept, tag: { default: 'if' }, text: { default: '' }, open: { default: null }, close: { default: null } },
    toDOM: (node) => ['div', { 'data-le-frame': '', 'data-tag': node.attrs.tag, 'data-text': node.attrs.text }, 0],
    parseDOM: [{ tag: 'div[data-le-frame]', getAttrs: data(['tag', 'text']) }],
  },
  raw: { group: 'block', atom: true, attrs: kept, toDOM: () => ['div', { class: 'le-raw' }] },
  text: { group: 'inline' },
  field: atom('field', ['path', 'format', 'otherwise']),
  gate: atom('gate', ['tag', 'text']),
  code: { group: 'inline', inline: true, atom: true, attrs: { src: { default: '' } }, toDOM: (node) => ['span', { 'data-le-code': node.attrs.src }], parseDOM: [{ tag: 'span[data-le-code]', getAttrs: (dom) => ({ src: dom.dataset.leCode }) }] },
  break: { group: 'inline', inline: true, selectable: false, toDOM: () => ['br'], parseDOM: [{ tag: 'br' }] },
};

const rich = {
  heading: { group: 'block', content: 'inline*', defining: true, attrs: { ...kept, level: { default: 1 } }, toDOM: (node) => ['div', { class: `le-heading le-heading--${node.attrs.level}` }, 0], parseDOM: [1, 2, 3].map((level) => ({ tag: `h${level}`, attrs: { level } })) },
  rule: { group: 'block', attrs: kept, toDOM: () => ['hr'], parseDOM: [{ tag: 'hr' }] },
  bullets: { group: 'block', content: 'item+', attrs: kept, toDOM: () => ['ul', 0], parseDOM: [{ tag: 'ul' }] },
  numbers: { group: 'block', content: 'item+', attrs: { ...kept, start: { default: 1 } }, toDOM: (node) => ['ol', { start: node.attrs.start }, 0], parseDOM: [{ tag: 'ol' }] },
  item: { content: 'inline*', attrs: kept, toDOM: () => ['li', 0], parseDOM: [{ tag: 'li' }] },
  table: { group: 'block', content: 'row+', isolating: true, attrs: { ...kept, align: { default: 'left,left' } }, toDOM: () => ['table', ['tbody', 0]], parseDOM: [] },
  row: { content: 'cell+', attrs: { ...kept, head: { default: false }, tag: { default: '' }, text: { default: '' } }, toDOM: (node) => ['tr', { class: node.attrs.head ? 'le-head' : node.attrs.tag ? 'le-row' : null }, 0] },
  cell: { content: 'inline*', isolating: true, attrs: { src: { default: null }, gap: { default: '' } }, toDOM: () => ['td', 0] },
};

const marks = {
  strong: { toDOM: () => ['strong', 0], parseDOM: [{ tag: 'strong' }, { tag: 'b' }] },
  em: { toDOM: () => ['em', 0], parseDOM: [{ tag: 'em' }, { tag: 'i' }] },
};

export const letters = new Schema({ nodes: { ...shared, ...rich }, marks });
/** A message is plain text. */
export const notices = new Schema({ nodes: shared, marks: {} });

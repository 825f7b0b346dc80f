// How fields, conditions and what was written by hand look in the letter.
import { loopsAt } from './places.js';

function chip(kind, text, title) {
  const dom = document.createElement('span');
  dom.className = `le-chip le-chip--${kind}`;
  dom.contentEditable = 'false';
  dom.textContent = text;
  if (title) dom.title = title;
  return dom;
}

const still = { ignoreMutation: () => true, stopEvent: () => false };

export function nodeViews(store) {
  const { telling, t } = store;
  const loops = (view, getPos) => { const at = getPos(); return at === undefined ? [] : loopsAt(view.state.doc.resolve(at), telling); };
  return {
    subject: () => {
      const dom = document.createElement('div');
      dom.className = 'le-subject';
      const head = document.createElement('div');
      head.className = 'le-subject__head';
      head.contentEditable = 'false';
      head.textContent = t('Subject');
      const contentDOM = document.createElement('div');
      dom.append(head, contentDOM);
      return { dom, contentDOM, ignoreMutation: (change) => !contentDOM.contains(change.target) };
    },
    field: (node, view, getPos) => {
      const { path, format, otherwise } = node.attrs;
      const way = format || path.startsWith('shown.') ? telling.way(node.attrs) : '';
      const known = telling.find(path, loops(view, getPos));
      return { dom: chip(known ? 'field' : 'unknown', telling.name(path, loops(view, getPos)) + (otherwise ? ' *' : ''), way), ...still };
    },
    gate: (node, view, getPos) => ({ dom: chip(node.attrs.tag.startsWith('end') ? 'end' : 'gate', node.attrs.tag.startsWith('end') ? '◂' : `${telling.gate(node.attrs, loops(view, getPos))} ▸`), ...still }),
    code: (node) => ({ dom: chip('code', t('written by hand'), node.attrs.src), ...still }),
    raw: (node) => {
      const dom = document.createElement('div');
      dom.className = 'le-raw';
      dom.contentEditable = 'false';
      const head = document.createElement('div');
      head.textContent = t('written by hand');
      const text = document.createElement('pre');
      text.textContent = node.attrs.src ?? '';
      dom.append(head, text);
      return { dom, ...still };
    },
    frame: (node, view, getPos) => {
      const dom = document.createElement('div');
      dom.className = `le-box le-box--${node.attrs.tag}`;
      const head = document.createElement('div');
      head.className = 'le-box__head';
      head.contentEditable = 'false';
      head.textContent = telling.gate(node.attrs, loops(view, getPos));
      const contentDOM = document.createElement('div');
      contentDOM.className = 'le-box__body';
      dom.append(head, contentDOM);
      return { dom, contentDOM, ignoreMutation: (change) => !contentDOM.contains(change.target) };
    },
  };
}

// What is wrong with the letter, in words; each leads to its part.
import { NodeSelection, TextSelection } from 'prosemirror-state';

export function Problems({ store, state }) {
  const { t } = store;
  if (!state.reviewed) return null;
  if (!state.problems.length) return <p class="st-problems st-problems--none" role="status">{t('Nothing is wrong with this letter.')}</p>;
  const langs = { id: t('Indonesian'), en: t('English') };
  return (
    <details class="st-problems" open>
      <summary>{t('{count} to look at', { count: state.problems.length })}</summary>
      <ul>{state.problems.map((one) => <li key={one.lang + one.part + one.code + one.text}><button type="button" class="st-link" onClick={() => go(store, one)}>{langs[one.lang]}: {one.text}</button></li>)}</ul>
    </details>
  );
}

export function go(store, { lang, part }) {
  const view = store.views[lang];
  if (!view) return;
  let pos = 0;
  for (let place = 0; place < Math.min(part ?? 0, view.state.doc.childCount - 1); place += 1) pos += view.state.doc.child(place).nodeSize;
  const node = view.state.doc.nodeAt(pos);
  const selection = node?.isAtom && !node.isTextblock && NodeSelection.isSelectable(node) ? NodeSelection.create(view.state.doc, pos) : TextSelection.near(view.state.doc.resolve(pos + 1));
  view.dispatch(view.state.tr.setSelection(selection).scrollIntoView());
  view.focus();
}

// What is wrong, in words; each leads to where it can be put right.
import { missing, texts } from './model.js';

export function Problems({ store, state }) {
  const { t } = store;
  const gaps = texts(state.document).filter(({ words }) => missing(words).length);
  const found = state.problems;
  if (!found.length) return <p class="fb-problems fb-problems--none">{t('Nothing is wrong with this form.')}</p>;
  return (
    <details class="fb-problems">
      <summary>{t('{count} to put right', { count: found.length })}{gaps.length ? `, ${t('{count} texts missing', { count: gaps.length })}` : ''}</summary>
      <ul>
        {found.map((one) => <li key={one.place + one.code}><button type="button" class="fb-link" onClick={() => store.lead(one)}>{one.text}</button> <span class="fb-problems__where">{where(store, one)}</span></li>)}
      </ul>
    </details>
  );
}

/** The place in words: page, question. */
function where(store, found) {
  const { selection, whole } = store.placed(found.place);
  const page = store.get().document?.pages?.[selection.page];
  if (!page || (selection.item === null && whole && !found.place.includes('/pages/'))) return store.t('The form');
  const item = page.fields?.[selection.item];
  const inner = item?.fields?.[selection.inner];
  return [store.pick(page.title) || page.key, item && store.labelOf(item), inner && store.labelOf(inner)].filter(Boolean).join(' › ');
}

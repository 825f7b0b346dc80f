// What is wrong, in words; each leads to where it can be put right.
import { missing, placed, texts } from './model.js';

export function Problems({ store, state }) {
  const { t } = store;
  const gaps = texts(state.document).filter(({ words }) => missing(words).length);
  const found = state.problems;
  if (!found.length) return <p class="fb-problems fb-problems--none">{t('Nothing is wrong with this form.')}</p>;
  return (
    <details class="fb-problems">
      <summary>{t('{count} to put right', { count: found.length })}{gaps.length ? `, ${t('{count} texts missing', { count: gaps.length })}` : ''}</summary>
      <ul>
        {found.map((one) => {
          const { selection, property } = placed(one.place);
          return <li key={one.place + one.code}><button type="button" class="fb-link" onClick={() => store.select(selection, property)}>{one.text}</button> <code>{one.place.split('#')[1]}</code></li>;
        })}
      </ul>
    </details>
  );
}

// All texts of the form, the languages side by side; what is missing is marked, and can be had alone.
import { useState } from 'preact/hooks';
import { LANGS, missing, placed, put, texts } from './model.js';

export default function Texts({ store, state }) {
  const { t } = store;
  const [only, setOnly] = useState(null); // the places that had a gap when one asked for those alone: a text stays while it is being written
  const rows = texts(state.document);
  const gaps = rows.filter(({ words }) => missing(words).length);
  const shown = only ? rows.filter(({ path }) => only.has(path.join('/'))) : rows;
  const write = (path, words, lang, text) => {
    const fresh = Object.fromEntries(LANGS.filter((one) => one === lang || one in words).map((one) => [one, one === lang ? text : words[one]]));
    store.change(put(state.document, path, fresh), { tag: `${path}/${lang}` });
  };
  return (
    <section class="fb-texts" aria-label={t('All texts')}>
      <h2>{t('All texts')}</h2>
      <p>{gaps.length ? t('{count} texts missing', { count: gaps.length }) : t('Every text is there in every language.')} {(gaps.length > 0 || only) && (
        <button type="button" data-do="gaps" aria-pressed={only !== null} onClick={() => setOnly(only ? null : new Set(gaps.map(({ path }) => path.join('/'))))}>{t('Only what is missing')}</button>
      )}</p>
      <table>
        <thead><tr><th scope="col">{t('Where')}</th><th scope="col" lang="id">Indonesia</th><th scope="col" lang="en">English</th></tr></thead>
        <tbody>
          {shown.map(({ path, words }) => {
            const place = where(store, state.document, path);
            return (
              <tr key={path.join('/')}>
                <th scope="row"><button type="button" class="fb-link" onClick={() => { const { selection, property } = placed(`#/${path.join('/')}`); store.select(selection, property); }}>{place}</button></th>
                {LANGS.map((lang) => (
                  <td key={lang} class={missing(words).includes(lang) ? 'fb-missing' : ''}>
                    <textarea rows={Math.min(6, Math.ceil(((words[lang] ?? '').length + 1) / 38))} lang={lang} aria-label={`${place}, ${lang.toUpperCase()}`} value={words[lang] ?? ''} onInput={(event) => write(path, words, lang, event.target.value)} />
                    {missing(words).includes(lang) && <span class="fb-missing__word">{t('missing')}</span>}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** The place as people call it: page, question, which of its texts. */
function where(store, document, path) {
  const { t, pick } = store;
  if (path[0] !== 'pages') return t('Title of the form');
  const { selection } = placed(`#/${path.join('/')}`);
  const page = document.pages[selection.page];
  const item = page.fields?.[selection.item];
  const inner = item?.fields?.[selection.inner];
  if (!item) return `${pick(page.title) || page.key} › ${t('Title of the page')}`;
  return [pick(page.title) || page.key, store.labelOf(item), inner && store.labelOf(inner), ...which(store, inner ?? item, path.slice(inner ? 6 : 4))].filter(Boolean).join(' › ');
}

/** `['choices', 1, 'help']` -> Choice 2, Help; a property by its own name. */
function which(store, item, [name, number, part]) {
  const { t, pick } = store;
  if (name === 'choices') return [`${t('Choice')} ${number + 1}`, part === 'help' && t('Help')];
  if (name === 'rules') return [`${t('Otherwise say')} ${number + 1}`];
  const kind = store.kindOf(item);
  return [pick(kind && store.properties(kind).find((one) => one.key === name)?.label) || name];
}

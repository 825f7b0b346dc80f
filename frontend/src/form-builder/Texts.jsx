// All texts of the form, the languages side by side; what is missing is marked.
import { LANGS, missing, placed, put, texts } from './model.js';

export default function Texts({ store, state }) {
  const { t } = store;
  const rows = texts(state.document);
  const write = (path, words, lang, text) => {
    const fresh = Object.fromEntries(LANGS.filter((one) => one === lang || one in words).map((one) => [one, one === lang ? text : words[one]]));
    store.change(put(state.document, path, fresh), { tag: `${path}/${lang}` });
  };
  return (
    <section class="fb-texts" aria-label={t('All texts')}>
      <h2>{t('All texts')}</h2>
      <table>
        <thead><tr><th scope="col">{t('Where')}</th><th scope="col" lang="id">Indonesia</th><th scope="col" lang="en">English</th></tr></thead>
        <tbody>
          {rows.map(({ path, words }) => (
            <tr key={path.join('/')}>
              <th scope="row"><button type="button" class="fb-link" onClick={() => { const { selection, property } = placed(`#/${path.join('/')}`); store.select(selection, property); }}>{where(store, state, path)}</button></th>
              {LANGS.map((lang) => (
                <td key={lang} class={missing(words).includes(lang) ? 'fb-missing' : ''}>
                  <textarea rows={(words[lang] ?? '').length > 60 ? 3 : 1} lang={lang} aria-label={`${where(store, state, path)}, ${lang.toUpperCase()}`} value={words[lang] ?? ''} onInput={(event) => write(path, words, lang, event.target.value)} />
                  {missing(words).includes(lang) && <span class="fb-missing__word">{t('missing')}</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function where(store, state, path) {
  const { selection } = placed(`#/${path.join('/')}`);
  const page = state.document.pages?.[selection.page];
  const item = selection.item === null ? null : page?.fields?.[selection.item];
  const last = path.filter((step) => typeof step === 'string').at(-1);
  const number = path.filter((step) => typeof step === 'number').at(-1);
  const end = ['choices', 'rules'].some((word) => path.includes(word)) ? `${last} ${number + 1}` : last;
  return [path[0] === 'pages' ? page?.key : store.data.form, item?.key, end].filter(Boolean).join(' › ');
}

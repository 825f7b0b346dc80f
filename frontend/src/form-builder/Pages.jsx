// The pages as tabs.
import { useEffect, useRef } from 'preact/hooks';
import { insert, keyFrom, pages } from './model.js';

export function addPage(store) {
  const { document } = store.get();
  const all = pages(document);
  const title = { id: `Halaman ${all.length + 1}`, en: `Page ${all.length + 1}` };
  const page = { key: keyFrom(title.id, new Set(all.map((one) => one.key))), title, fields: [] };
  store.change(insert(document, ['pages'], all.length, page), { selection: { page: all.length, item: null, inner: null }, said: store.t('A page was added.'), focus: 'title' });
  store.draw(0);
}

export function Pages({ store, state }) {
  const { t } = store;
  const row = useRef(null);
  useEffect(() => { const tab = row.current.querySelector('[aria-current]'); if (tab) row.current.scrollLeft = tab.offsetLeft - row.current.offsetLeft - 40; }, [state.selection.page]);
  return (
    <nav class="fb-pages" aria-label={t('Pages')}>
      <ol ref={row}>
        {pages(state.document).map((page, number) => (
          <li key={page.key}>
            <button type="button" class="fb-page" data-page={page.key} data-focus={number === state.selection.page ? 'page' : undefined} aria-current={number === state.selection.page ? 'page' : undefined} onClick={() => store.select({ page: number })}>
              {number + 1}. {store.pick(page.title) || page.key}{page.show_when ? <span aria-hidden="true"> ◇</span> : null}
            </button>
          </li>
        ))}
        <li><button type="button" class="fb-page fb-page--new" onClick={() => addPage(store)}>+ {t('Add a page')}</button></li>
      </ol>
    </nav>
  );
}

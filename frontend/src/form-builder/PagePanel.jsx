// A page, and the form it belongs to: titles, order, condition.
import { Condition } from './Condition.jsx';
import { Key, Labelled, Tool, Words } from './boxes.jsx';
import { Wrong } from './Wrong.jsx';
import { keyFrom, move, pages, put, remove, say } from './model.js';

export function PagePanel({ store, state }) {
  const { t, data } = store;
  const { document, selection } = state;
  const all = pages(document);
  const page = all[selection.page];
  const path = ['pages', selection.page];
  const form = (words) => store.change(put(document, ['title'], words), { tag: 'title' });
  if (!page) return <><h2>{t('The form')}</h2><Words store={store} name="form-title" label={t('Title of the form')} value={document?.title} onChange={form} /></>;
  const edit = (key, value) => { // a condition comes back from the server later: the page may have moved, other things may have changed
    const now = store.get().document;
    const number = pages(now).findIndex((one) => one.key === page.key);
    if (number >= 0) store.change(put(now, ['pages', number], pageSaid(pages(now)[number], key, value)), { tag: `page/${key}` });
  };
  const title = (words) => {
    const others = new Set(all.filter((one) => one !== page).map((one) => one.key));
    const follows = !data.fixed.pages.includes(page.key) && keyFrom(page.title?.id, others) === page.key;
    store.change(put(document, path, { ...page, title: words, ...(follows ? { key: keyFrom(words.id, others) } : {}) }), { tag: 'page/title' });
  };
  const shift = (to) => store.change(move(document, ['pages'], selection.page, to), { selection: { page: to, item: null, inner: null }, said: t('{name} is now at place {place} of {count}.', { name: store.pick(page.title), place: to + 1, count: all.length }) });
  const drop = () => { store.change(remove(document, ['pages'], selection.page), { selection: { page: Math.max(0, selection.page - 1), item: null, inner: null }, said: t('{name} was taken out. Undo brings it back.', { name: store.pick(page.title) }), focus: 'page' }); store.draw(0); };
  return (
    <>
      <h2>{t('This page')}</h2>
      <div class="fb-tools">
        <Tool off={selection.page === 0} onClick={() => shift(selection.page - 1)}>← {t('Earlier')}</Tool>
        <Tool off={selection.page === all.length - 1} onClick={() => shift(selection.page + 1)}>→ {t('Later')}</Tool>
        <Tool off={all.length === 1} onClick={drop}>{t('Take out the page')}</Tool>
      </div>
      <Words store={store} name="title" label={t('Title of the page')} value={page.title} onChange={title} />
      <Labelled name="show_when" label={t('Show the page only when')}><Condition {...{ store, state, value: page.show_when, early: true, onChange: (text) => edit('show_when', text) }} /><Wrong store={store} name="show_when" /></Labelled>
      <details class="fb-part"><summary>{t('Advanced')}</summary>
        <Key store={store} name="key" label={t('Key of the page')} value={page.key} fixed={data.fixed.pages.includes(page.key)} onChange={(key) => edit('key', key)} />
      </details>
      <h2>{t('The form')}</h2>
      <Words store={store} name="form-title" label={t('Title of the form')} value={document.title} onChange={form} />
    </>
  );
}

function pageSaid(page, key, value) {
  if (value === undefined || key in page) return say(page, key, value);
  const { fields, ...before } = page;
  return { ...before, [key]: value, fields };
}


// What can be done with a question as a whole: order, copying, another page, taking it out.
import { Tool } from './boxes.jsx';
import { at, pages, pathOf } from './model.js';

export function Tools({ store, state, nested = false }) {
  const { t } = store;
  const { selection } = state;
  const all = pages(state.document);
  const list = nested ? at(state.document, pathOf({ ...selection, inner: null })).fields : all[selection.page].fields;
  const index = nested ? selection.inner : selection.item;
  return (
    <div class="fb-tools">
      <Tool off={index === 0} data-focus="panel.up" onClick={() => store.move(index, index - 1, selection, { focus: 'panel.up' })}>↑ {t('Move up')}</Tool>
      <Tool off={index === list.length - 1} data-focus="panel.down" onClick={() => store.move(index, index + 1, selection, { focus: 'panel.down' })}>↓ {t('Move down')}</Tool>
      <Tool data-do="copy" onClick={store.copy}>{t('Copy')}</Tool>
      <Tool onClick={() => store.remove()}>{t('Take out')}</Tool>
      {!nested && all.length > 1 && (
        <label>{t('Move to page')} <select data-do="to-page" value="" onChange={(event) => store.toPage(Number(event.target.value))}>
          <option value="" disabled>…</option>
          {all.map((page, number) => (number === selection.page ? null : <option key={page.key} value={number}>{number + 1}. {store.pick(page.title)}</option>))}
        </select></label>
      )}
    </div>
  );
}

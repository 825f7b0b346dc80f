// The properties of what is chosen, drawn from what its kind declares: parts, editors, what stands behind a fold.
import { Tool } from './boxes.jsx';
import { Editor, Wrong } from './editors.jsx';
import { at, pages, pathOf } from './model.js';
import { PagePanel } from './PagePanel.jsx';

export function Panel({ store, state }) {
  const { t } = store;
  const item = store.item();
  return (
    <section class="fb-panel" aria-label={t('Properties')} data-chosen={pathOf(state.selection).filter((step) => typeof step === 'number').join('.')}>
      {item === null || item === undefined ? <PagePanel store={store} state={state} /> : item.include ? <Shared store={store} state={state} item={item} /> : <Question store={store} state={state} item={item} />}
    </section>
  );
}

function Question({ store, state, item }) {
  const { t, data } = store;
  const kind = store.kindOf(item);
  const { selection } = state;
  const nested = selection.inner !== null && selection.inner !== undefined;
  const outer = nested ? at(state.document, pathOf({ ...selection, inner: null })) : null;
  if (!kind) return <><h2>{item.key}</h2><p>{t('This kind of question is not known here: {kind}.', { kind: String(item.kind) })}</p><Tools store={store} state={state} nested={nested} /></>;
  const all = store.properties(kind);
  return (
    <>
      {nested && <button type="button" class="fb-link" onClick={() => store.select({ ...selection, inner: null }, 'fields')}>← {store.labelOf(outer)}</button>}
      <h2><span aria-hidden="true">{kind.icon} </span>{store.pick(kind.title)}</h2>
      <p class="fb-about">{store.pick(kind.about)}</p>
      <Wrong store={store} name="" />
      <Tools store={store} state={state} nested={nested} />
      {data.catalogue.parts.map((part) => {
        const here = all.filter((one) => one.part === part.key && !one.advanced);
        if (!here.length) return null;
        return <fieldset class="fb-part" key={part.key}><legend>{store.pick(part.title)}</legend>{here.map((one) => <Editor key={one.key + pathOf(selection)} {...{ store, state, item, property: one }} />)}</fieldset>;
      })}
      <details class="fb-part">
        <summary>{t('Advanced')}</summary>
        {all.filter((one) => one.advanced).map((one) => <Editor key={one.key + pathOf(selection)} {...{ store, state, item, property: one }} />)}
      </details>
    </>
  );
}

function Shared({ store, state, item }) {
  const { t, data } = store;
  const group = data.groups.find((one) => one.name === item.include);
  return (
    <>
      <h2>{t('Shared questions')}: {store.pick(group?.title) || item.include}</h2>
      <Tools store={store} state={state} />
      {group ? <><p>{t('These questions are shared by several procedures. Here they are taken in as they are:')}</p><ul>{group.fields.map((one) => <li key={one.key}>{store.labelOf(one)}</li>)}</ul></> : <p>{t('There is no shared group of this name.')}</p>}
    </>
  );
}

function Tools({ store, state, nested = false }) {
  const { t } = store;
  const { selection } = state;
  const all = pages(state.document);
  const list = nested ? at(state.document, pathOf({ ...selection, inner: null })).fields : all[selection.page].fields;
  const index = nested ? selection.inner : selection.item;
  return (
    <div class="fb-tools">
      <Tool off={index === 0} data-focus="panel.up" onClick={() => store.move(index, index - 1, selection, { focus: 'panel.up' })}>↑ {t('Move up')}</Tool>
      <Tool off={index === list.length - 1} data-focus="panel.down" onClick={() => store.move(index, index + 1, selection, { focus: 'panel.down' })}>↓ {t('Move down')}</Tool>
      {!nested && <Tool onClick={store.copy}>{t('Copy')}</Tool>}
      <Tool onClick={() => store.remove()}>{t('Take out')}</Tool>
      {!nested && all.length > 1 && (
        <label>{t('Move to page')} <select value="" onChange={(event) => store.toPage(Number(event.target.value))}>
          <option value="" disabled>…</option>
          {all.map((page, number) => (number === selection.page ? null : <option key={page.key} value={number}>{number + 1}. {store.pick(page.title)}</option>))}
        </select></label>
      )}
    </div>
  );
}

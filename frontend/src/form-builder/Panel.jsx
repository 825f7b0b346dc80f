// The properties of what is chosen, drawn from what its kind declares: parts, editors, what stands behind a fold.
import { Later } from './Later.jsx';
import { pathOf } from './model.js';
import { PagePanel } from './PagePanel.jsx';
import { Tools } from './Tools.jsx';

export function Panel({ store, state }) {
  const { t } = store;
  const item = store.item();
  return (
    <section class="fb-panel" aria-label={t('Properties')} data-chosen={pathOf(state.selection).filter((step) => typeof step === 'number').join('.')}>
      {item === null || item === undefined ? <PagePanel store={store} state={state} /> : item.include ? <Shared store={store} state={state} item={item} /> : <Later part="question" store={store} state={state} item={item} />}
    </section>
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

// A question: its kind, and every property the kind declares, by parts; what is advanced stands behind a fold.
import { Editor } from './editors.jsx';
import { Icon } from './Icon.jsx';
import { at, pathOf } from './model.js';
import { Tools } from './Tools.jsx';
import { Wrong } from './Wrong.jsx';

export default function QuestionPanel({ store, state, item }) {
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
      <h2><Icon sign={kind.icon} /> {store.pick(kind.title)}</h2>
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

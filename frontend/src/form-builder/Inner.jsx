// The questions inside a repeating group: added, ordered, chosen one by one.
import { Labelled, Tool } from './boxes.jsx';
import { pathOf } from './model.js';

export function Inner({ store, state, name, label, help, value, property }) {
  const { t, data } = store;
  const { selection } = state;
  const rows = value ?? [];
  const path = [...pathOf({ ...selection, inner: null }), 'fields'];
  const kinds = data.catalogue.kinds.filter((kind) => kind[property.kinds ?? 'nests']);
  const inside = (inner) => ({ ...selection, inner });
  const copied = store.copied();
  const pastes = copied && kinds.some((kind) => kind.kind === copied.kind);
  const add = (event) => { if (event.target.value) store.add({ kind: event.target.value }, null, path); };
  return (
    <Labelled {...{ name, label, help }} group>
      <ol class="fb-inner">
        {rows.map((one, number) => (
          <li key={one.key} data-inner={one.key}>
            <button type="button" class="fb-link" onClick={() => store.select(inside(number), 'label')}>{store.labelOf(one)}</button>
            <span class="fb-tools">
              <Tool off={number === 0} aria-label={t('Move {name} up', { name: store.labelOf(one) })} data-focus={`inner.up.${number}`} onClick={() => store.move(number, number - 1, inside(number), { stay: true, focus: `inner.up.${number - 1}` })}>↑</Tool>
              <Tool off={number === rows.length - 1} aria-label={t('Move {name} down', { name: store.labelOf(one) })} data-focus={`inner.down.${number}`} onClick={() => store.move(number, number + 1, inside(number), { stay: true, focus: `inner.down.${number + 1}` })}>↓</Tool>
              <Tool aria-label={t('Take {name} out', { name: store.labelOf(one) })} onClick={() => store.remove(inside(number))}>✕</Tool>
            </span>
          </li>
        ))}
      </ol>
      <label>{t('Add a question')} <select name="inner-kind" value="" onChange={add}>
        <option value="">…</option>
        {kinds.map((kind) => <option key={kind.kind} value={kind.kind}>{store.pick(kind.title)}</option>)}
      </select></label>
      {pastes && <button type="button" class="fb-add" data-do="paste" onClick={() => store.paste(path)}>{t('Paste the copied question')}</button>}
    </Labelled>
  );
}

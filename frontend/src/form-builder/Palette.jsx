// What can be added: every kind by shelf, and the questions that procedures share. Drag it, or press it.
import { useEffect, useRef } from 'preact/hooks';
import { draggable } from './dragging.js';
import { Icon } from './Icon.jsx';

export function Palette({ store, state }) {
  const { t, data } = store;
  return (
    <section class="fb-palette" aria-label={t('Add a question')}>
      <h2>{t('Add a question')}</h2>
      {state.clipboard && <button type="button" class="fb-kind fb-kind--paste" onClick={() => store.paste()}>{t('Paste the copied question')}</button>}
      {data.catalogue.shelves.map((shelf) => (
        <Shelf key={shelf.key} store={store} title={store.pick(shelf.title)} items={data.catalogue.kinds.filter((kind) => kind.shelf === shelf.key).map((kind) => ({
          data: { kind: kind.kind }, icon: kind.icon, title: store.pick(kind.title), about: store.pick(kind.about) }))} />
      ))}
      {data.groups.length > 0 && (
        <Shelf store={store} title={t('Shared questions')} items={data.groups.map((group) => ({
          data: { include: group.name }, icon: data.catalogue.kinds.find((kind) => kind.kind === 'group')?.icon ?? '…', title: store.pick(group.title), about: group.fields.map((one) => store.labelOf(one)).join(', ') }))} />
      )}
    </section>
  );
}

function Shelf({ store, title, items }) {
  const box = useRef(null);
  useEffect(() => draggable(box.current, { group: { name: 'questions', pull: 'clone', put: false }, sort: false }), []);
  return (
    <details open>
      <summary>{title}</summary>
      <div class="fb-shelf" ref={box}>
        {items.map((item) => (
          <button type="button" class="fb-kind" key={item.title} title={item.about} data-kind={item.data.kind} data-include={item.data.include} onClick={() => store.add(item.data)}>
            <Icon sign={item.icon} /> {item.title}
          </button>
        ))}
      </div>
    </details>
  );
}

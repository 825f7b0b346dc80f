// The page as the server draws it; every question can be chosen, dragged, and moved by buttons.
import Sortable from 'sortablejs';
import { useEffect, useRef } from 'preact/hooks';
import { pages } from './model.js';

export function Canvas({ store, state }) {
  const { t } = store;
  const page = pages(state.document)[state.selection.page];
  const box = useRef(null);
  useEffect(() => sortable(store, box.current), [store, page === undefined]);
  const drawn = pieces(state.drawn);
  return (
    <section class="fb-canvas" aria-label={t('The page')}>
      <div class="fb-sheet">
        <h2 class="govuk-heading-m">{store.pick(page?.title)}</h2>
        {page && !page.fields?.length && <p class="fb-empty">{t('Nothing is asked on this page yet. Add a question from the list.')}</p>}
        <ol class="fb-items" ref={box}>
          {(page?.fields ?? []).map((item, number) => <Item key={keyOf(item, number, page.fields)} {...{ store, state, item, number, html: drawn[number] ?? '', count: page.fields.length }} />)}
        </ol>
      </div>
    </section>
  );
}

const keyOf = (item, number, all) => {
  const name = item.include ? `include ${item.include}` : item.key;
  const before = all.slice(0, number).filter((one) => (one.include ? `include ${one.include}` : one.key) === name).length;
  return `${name} ${before}`;
};

function Item({ store, state, item, number, html, count }) {
  const { t } = store;
  const chosen = state.selection.item === number;
  const name = store.labelOf(item);
  const kind = store.kindOf(item);
  const button = useRef(null);
  useEffect(() => { if (state.focus === 'canvas' && chosen) { button.current.focus(); store.focused(); } });
  const what = item.include ? t('Shared questions') : store.pick(kind?.title);
  return (
    <li class={`fb-item${chosen ? ' fb-item--chosen' : ''}`} data-item={number} data-key={item.key ?? item.include} onClick={(event) => { if (!event.target.closest('button')) store.select({ page: state.selection.page, item: number }); }}>
      <div class="fb-item__bar">
        <button type="button" ref={button} class="fb-item__choose" aria-pressed={chosen} onClick={() => store.select({ page: state.selection.page, item: number })}>
          <span class="govuk-visually-hidden">{number + 1}. {name}: </span>{what}
        </button>
        {(item.show_when || item.required_when) && <span class="fb-item__note" title={item.show_when}>◇ {item.show_when ? t('sometimes') : t('sometimes required')}</span>}
        <span class="fb-item__tools">
          <button type="button" disabled={number === 0} aria-label={t('Move {name} up', { name })} onClick={() => store.move(number, number - 1, { page: state.selection.page, item: number, inner: null })}>↑</button>
          <button type="button" disabled={number === count - 1} aria-label={t('Move {name} down', { name })} onClick={() => store.move(number, number + 1, { page: state.selection.page, item: number, inner: null })}>↓</button>
          <button type="button" aria-label={t('Take {name} out', { name })} onClick={() => store.remove({ page: state.selection.page, item: number, inner: null })}>✕</button>
        </span>
      </div>
      <div class="fb-item__drawn" inert dangerouslySetInnerHTML={{ __html: html }} />
    </li>
  );
}

/** The drawn page cut into its items. */
function pieces({ html, items }) {
  const sheet = document.createElement('template');
  sheet.innerHTML = html;
  const drawn = new Map([...sheet.content.querySelectorAll('.app-question[data-question]')].map((one) => [one.dataset.question, one.outerHTML]));
  return items.map((names) => names.map((name) => drawn.get(name) ?? '').join(''));
}

function sortable(store, box) {
  if (!box) return undefined;
  const made = Sortable.create(box, {
    group: { name: 'questions', put: true, pull: false }, draggable: '.fb-item', forceFallback: true, fallbackTolerance: 4, animation: 100, filter: 'button', preventOnFilter: false,
    onUpdate({ item, from, oldDraggableIndex, newDraggableIndex }) {
      // the list is drawn from the document: put the element back where it was, then change the document
      from.insertBefore(item, from.querySelectorAll(':scope > .fb-item')[oldDraggableIndex + (oldDraggableIndex > newDraggableIndex ? 1 : 0)] ?? null);
      const { page } = store.get().selection;
      store.move(oldDraggableIndex, newDraggableIndex, { page, item: oldDraggableIndex, inner: null });
    },
    onAdd({ item, clone, newIndex }) {
      const { kind, include } = item.dataset;
      clone.replaceWith(item); // the button itself was dragged; a dead copy stood in its place
      store.add(include ? { include } : { kind }, newIndex);
    },
  });
  return () => made.destroy();
}

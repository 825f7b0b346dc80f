// The page as the server draws it; every question can be chosen, dragged, and moved by buttons.
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Tool } from './boxes.jsx';
import { draggable } from './dragging.js';
import { pages } from './model.js';

export function Canvas({ store, state }) {
  const { t } = store;
  const page = pages(state.document)[state.selection.page];
  const box = useRef(null);
  useEffect(() => sortable(store, box.current), [store, page === undefined]);
  const drawn = useMemo(() => pieces(state.drawn), [state.drawn]);
  const html = drawnOf(drawn, state.drawn, page?.fields ?? [], state.selection.page);
  const wrong = troubles(store, state);
  return (
    <section class="fb-canvas" aria-label={t('The page')}>
      <div class="fb-sheet">
        <h2 class="govuk-heading-m">{store.pick(page?.title)}</h2>
        {page && !page.fields?.length && <p class="fb-empty">{t('Nothing is asked on this page yet. Add a question from the list.')}</p>}
        <ol class="fb-items" ref={box}>
          {(page?.fields ?? []).map((item, number) => <Item key={keyOf(item, number, page.fields)} {...{ store, state, item, number, html: html[number], count: page.fields.length, wrong: wrong.get(number) ?? 0 }} />)}
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

/** What is drawn of each question now: its own drawing also where it stands elsewhere than when it was drawn; else (its key was changed) that of its place. */
function drawnOf(pieces, { of, page: number }, fields, page) {
  const before = pages(of)[number]?.fields ?? [];
  const known = new Map(before.map((item, place) => [keyOf(item, place, before), pieces[place]]));
  const still = number === page && before.length === fields.length;
  return fields.map((item, place) => known.get(keyOf(item, place, fields)) ?? (still ? pieces[place] : undefined) ?? '');
}

/** How many problems each question of the page has. */
function troubles(store, state) {
  const found = new Map();
  for (const each of state.problems) {
    const { selection } = store.placed(each.place);
    if (selection.page === state.selection.page && selection.item !== null) found.set(selection.item, (found.get(selection.item) ?? 0) + 1);
  }
  return found;
}

function Item({ store, state, item, number, html, count, wrong }) {
  const { t } = store;
  const chosen = state.selection.item === number;
  const name = store.labelOf(item);
  const kind = store.kindOf(item);
  const here = { page: state.selection.page, item: number, inner: null };
  const what = item.include ? t('Shared questions') : store.pick(kind?.title);
  return (
    <li class={`fb-item${chosen ? ' fb-item--chosen' : ''}`} data-item={number} data-key={item.key ?? item.include} onClick={(event) => { if (!event.target.closest('button')) store.select(here); }}>
      <div class="fb-item__bar">
        <button type="button" class="fb-item__choose" data-focus={`choose.${number}`} aria-pressed={chosen} onClick={() => store.select(here)}>
          <span class="govuk-visually-hidden">{number + 1}. {name}: </span>{what}
        </button>
        {(item.show_when || item.required_when) && <span class="fb-item__note" title={item.show_when}>◇ {item.show_when ? t('sometimes') : t('sometimes required')}</span>}
        {wrong > 0 && <button type="button" class="fb-item__wrong" onClick={() => store.lead(state.problems.find((one) => sameItem(store.placed(one.place).selection, here)))}><span aria-hidden="true">⚠ </span>{t('{count} to put right', { count: wrong })}</button>}
        <span class="fb-item__tools">
          <Tool off={number === 0} data-focus={`up.${number}`} aria-label={t('Move {name} up', { name })} onClick={() => store.move(number, number - 1, here, { focus: `up.${number - 1}` })}>↑</Tool>
          <Tool off={number === count - 1} data-focus={`down.${number}`} aria-label={t('Move {name} down', { name })} onClick={() => store.move(number, number + 1, here, { focus: `down.${number + 1}` })}>↓</Tool>
          <Tool aria-label={t('Take {name} out', { name })} onClick={() => store.remove(here)}>✕</Tool>
        </span>
      </div>
      <div class="fb-item__drawn" inert dangerouslySetInnerHTML={{ __html: html }} />
    </li>
  );
}

const sameItem = (one, other) => one.page === other.page && one.item === other.item;

/** The drawn page cut into its items. */
function pieces({ html, items }) {
  const sheet = document.createElement('template');
  sheet.innerHTML = html;
  const drawn = new Map([...sheet.content.querySelectorAll('.app-question[data-question]')].map((one) => [one.dataset.question, one.outerHTML]));
  return items.map((names) => names.map((name) => drawn.get(name) ?? '').join(''));
}

function sortable(store, box) {
  if (!box) return undefined;
  return draggable(box, {
    group: { name: 'questions', put: true, pull: false }, draggable: '.fb-item', filter: 'button', preventOnFilter: false,
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
}

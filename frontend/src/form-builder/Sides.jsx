// Where there is no room for three columns, one of them is in sight: what can be added, the page, or the properties of what is chosen.
import { useEffect, useRef } from 'preact/hooks';

const PARTS = { add: '.fb-palette', page: '.fb-canvas', panel: '.fb-panel' };

/** The part that an element lies in. */
export const sideOf = (place) => Object.keys(PARTS).find((side) => place.closest(PARTS[side]));

export function Sides({ store, state }) {
  const { t } = store;
  const before = useRef(state.side);
  useEffect(() => { if (before.current !== state.side) arrive(state.side); before.current = state.side; }, [state.side]);
  const words = { add: t('Add a question'), page: t('The page'), panel: t('Properties') };
  return (
    <div class="fb-sides" role="group" aria-label={t('In sight')}>
      {Object.keys(PARTS).map((side) => <button type="button" key={side} data-side={side} aria-pressed={state.side === side} onClick={() => store.turn(side)}>{words[side]}</button>)}
    </div>
  );
}

/** A part that has come into sight begins at its top, the page at the question that is chosen; the keyboard is never left on something hidden. */
function arrive(side) {
  const bar = document.querySelector('.fb-sides');
  if (!bar.checkVisibility()) return;
  const chosen = side === 'page' ? document.querySelector('.fb-item--chosen') : null;
  const top = (chosen ?? bar.nextElementSibling).getBoundingClientRect().top - bar.offsetHeight - 8;
  if (chosen || top < 0) window.scrollBy(0, top);
  if (!document.activeElement?.checkVisibility() || document.activeElement === document.body) bar.querySelector(`[data-side="${side}"]`).focus({ preventScroll: true });
}

// The form builder: palette, canvas (the server's own rendering), panel. Loaded on its own page only.
import './builder.scss';
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Bar } from './Bar.jsx';
import { Canvas } from './Canvas.jsx';
import { Conflict } from './Conflict.jsx';
import { placed } from './model.js';
import { Pages } from './Pages.jsx';
import { Palette } from './Palette.jsx';
import { Panel } from './Panel.jsx';
import { Problems } from './Problems.jsx';
import { Later } from './Later.jsx';
import { Sides, sideOf } from './Sides.jsx';
import { makeStore } from './store.js';

function Builder({ store }) {
  const [state, setState] = useState(store.get());
  useEffect(() => store.listen(setState), [store]);
  useEffect(() => keys(store), [store]);
  useEffect(() => goOn(store, state));
  return (
    <>
      <Bar store={store} state={state} />
      <p class="govuk-visually-hidden" role="status" aria-live="polite">{state.said}</p>
      <Conflict store={store} state={state} />
      <Problems store={store} state={state} />
      <Pages store={store} state={state} />
      {state.view === 'texts' ? <Later part="texts" store={store} state={state} /> : (
        <>
          <Sides store={store} state={state} />
          <div class="fb-columns" data-side={state.side}>
            <Palette store={store} state={state} />
            <Canvas store={store} state={state} />
            <Panel store={store} state={state} />
          </div>
        </>
      )}
    </>
  );
}

/** The keyboard goes on where the last action said: at a button (`data-focus`), or in the box of a property. */
function goOn(store, state) {
  if (!state.focus) return;
  const name = CSS.escape(state.focus);
  const place = document.querySelector(`#builder [data-focus="${name}"]`) ?? document.querySelector(`#builder .fb-panel [data-prop="${name}"]`);
  if (!place) return;
  const side = sideOf(place);
  if (side && side !== state.side) { store.turn(side); return; } // and here again when it is in sight
  const fold = place.closest('details');
  if (fold) fold.open = true;
  const box = place.matches('button') ? place : place.querySelector('input, textarea, select, button');
  box?.focus();
  if (box?.matches('input:not([type=checkbox]), textarea')) box.select(); // a text that was made up is typed over
  store.focused();
}

function keys(store) {
  const pressed = (event) => {
    const typing = event.target.closest('input, textarea, select');
    const word = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !typing && (word === 'z' || word === 'y')) {
      event.preventDefault();
      if (word === 'y' || event.shiftKey) store.redo();
      else store.undo();
    }
    const { item, inner } = store.get().selection;
    if (event.altKey && item !== null && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      const from = inner ?? item;
      const to = from + (event.key === 'ArrowUp' ? -1 : 1);
      store.move(from, to, store.get().selection, { focus: event.target.dataset.focus?.startsWith('choose.') ? `choose.${to}` : null });
    }
  };
  const leaving = (event) => { if (store.unsaved()) event.preventDefault(); };
  document.addEventListener('keydown', pressed);
  window.addEventListener('beforeunload', leaving);
  return () => { document.removeEventListener('keydown', pressed); window.removeEventListener('beforeunload', leaving); };
}

const root = document.getElementById('builder');
const store = makeStore(JSON.parse(document.getElementById('builder-data').textContent));
root.replaceChildren();
render(<Builder store={store} />, root);
if (location.hash.startsWith('#/')) {
  const { selection, property } = placed(location.hash);
  store.select(selection, property);
}
store.takeUp();
store.draw(0);

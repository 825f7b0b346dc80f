// The procedure designer: drawing, step list and panel over one diagram. Loaded on its own page only.
import './designer.scss';
import { render } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Bar } from './Bar.jsx';
import { Conflict } from './Conflict.jsx';
import { known } from './known.js';
import { Panel } from './Panel.jsx';
import { Problems } from './Problems.jsx';
import { StepList } from './StepList.jsx';
import { makeStore } from './store.js';

function Designer({ store }) {
  const [state, setState] = useState(store.get());
  useEffect(() => store.listen(setState), [store]);
  useEffect(() => keys(store), [store]);
  const fields = useMemo(() => (store.modeler ? known(store, state) : []), [state.version, state.forms]);
  const { t } = store;
  return (
    <>
      <Bar store={store} state={state} />
      <p class="govuk-visually-hidden" role="status" aria-live="polite">{state.said}</p>
      <Conflict store={store} state={state} />
      {state.broken && <div class="fb-conflict" role="alert"><h2>{t('This diagram cannot be drawn')}</h2><p>{state.broken}</p></div>}
      <div class="pd-columns">
        <div class="pd-main">
          <Canvas store={store} shown={state.view !== 'list'} label={t('The drawing of the procedure. The list of steps below says the same and can be used by keyboard.')} />
          <Problems store={store} state={state} />
          {state.view !== 'drawing' && store.modeler && <StepList store={store} state={state} known={fields} />}
        </div>
        {store.modeler && <Panel store={store} state={state} known={fields} />}
      </div>
    </>
  );
}

function Canvas({ store, shown, label }) {
  const box = useRef(null);
  useEffect(() => { store.open(box.current).then(() => { document.getElementById('designer').dataset.ready = 'yes'; const at = decodeURIComponent(location.hash.slice(1)); if (at) store.select(at, 'panel'); }); }, [store]);
  return <section class="pd-canvas" ref={box} hidden={!shown} aria-label={label} />;
}

function keys(store) {
  const pressed = (event) => {
    const typing = event.target.closest('input, textarea, select, .djs-container');
    const word = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !typing && (word === 'z' || word === 'y')) {
      event.preventDefault();
      if (word === 'y' || event.shiftKey) store.redo();
      else store.undo();
    }
  };
  const leaving = (event) => { if (store.unsaved()) event.preventDefault(); };
  document.addEventListener('keydown', pressed);
  window.addEventListener('beforeunload', leaving);
  return () => { document.removeEventListener('keydown', pressed); window.removeEventListener('beforeunload', leaving); };
}

const root = document.getElementById('designer');
const store = makeStore(JSON.parse(document.getElementById('designer-data').textContent));
root.replaceChildren();
render(<Designer store={store} />, root);

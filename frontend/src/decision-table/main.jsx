// A decision table as a grid with its test rows. Loaded on its own page only.
import './table.scss';
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { watch } from '../studio/document.js';
import { Overtaken } from '../studio/Saving.jsx';
import { Bar } from './Bar.jsx';
import { Grid } from './Grid.jsx';
import { Panel } from './Panel.jsx';
import { Problems } from './Problems.jsx';
import { makeStore } from './store.js';
import { Tests } from './Tests.jsx';

function Table({ store }) {
  const [state, setState] = useState(store.get());
  useEffect(() => store.listen(setState), [store]);
  useEffect(() => watch(store), [store]);
  return (
    <>
      <Bar store={store} state={state} />
      <p class="govuk-visually-hidden" role="status" aria-live="polite">{state.said}</p>
      <Overtaken store={store} state={state} theirs={() => store.ask(store.data.urls.read)} mine={`${store.data.id}-mine`} />
      <Problems store={store} state={state} />
      <div class="dt-columns">
        <div class="dt-main"><Grid store={store} state={state} /></div>
        <Panel store={store} state={state} />
      </div>
      <Tests store={store} state={state} />
    </>
  );
}

const root = document.getElementById('table');
const store = makeStore(JSON.parse(document.getElementById('table-data').textContent));
root.replaceChildren();
render(<Table store={store} />, root);
const row = /^#rule%20(\d+)|^#rule (\d+)/.exec(location.hash);
if (row) store.go(Number(row[1] ?? row[2]) - 1, 0);
store.review(store.get().document, 0);
store.takeUp();

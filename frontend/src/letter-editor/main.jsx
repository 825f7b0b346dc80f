// The editor of a letter, its languages side by side. Loaded on its own page only.
import './letter.scss';
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { watch } from '../studio/document.js';
import { Overtaken } from '../studio/Saving.jsx';
import { Bar } from './Bar.jsx';
import { Panel } from './Panel.jsx';
import { Paper } from './Paper.jsx';
import { Preview } from './Preview.jsx';
import { Problems } from './Problems.jsx';
import { LANGS, makeStore } from './store.js';

function Letter({ store }) {
  const [state, setState] = useState(store.get());
  useEffect(() => store.listen(setState), [store]);
  useEffect(() => watch(store), [store]);
  return (
    <>
      <Bar store={store} state={state} />
      <p class="govuk-visually-hidden" role="status" aria-live="polite">{state.said}</p>
      <Overtaken store={store} state={state} theirs={() => store.ask(store.data.urls.read)} mine={`${store.data.letter}-mine`} />
      <Problems store={store} state={state} />
      <div class="le-columns">
        <div class="le-papers">{LANGS.map((lang) => <Paper key={lang} store={store} state={state} lang={lang} />)}</div>
        <Panel store={store} state={state} />
      </div>
      <Preview store={store} state={state} />
    </>
  );
}

const root = document.getElementById('letter');
const store = makeStore(JSON.parse(document.getElementById('letter-data').textContent));
root.replaceChildren();
render(<Letter store={store} />, root);
store.takeUp();
store.review(store.get().document, 0);

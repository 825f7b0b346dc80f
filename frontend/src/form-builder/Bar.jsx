// The line on top: the form's name, undo and redo, languages, looking at it, and whether everything is saved.
import { useState } from 'preact/hooks';
import { Tool } from './boxes.jsx';
import { Later } from './Later.jsx';

export function Bar({ store, state }) {
  const { t, data } = store;
  const [trying, setTrying] = useState(false);
  const start = async () => { await store.flush(); setTrying(true); };
  return (
    <div class="fb-bar">
      <h1 class="fb-bar__name">{store.pick(state.document?.title) || data.form} <code>{data.form}</code></h1>
      <div class="fb-bar__tools">
        <Saved store={store} state={state} />
        <Tool off={!state.past.length} data-do="undo" onClick={store.undo}><span aria-hidden="true">↶ </span>{t('Undo')}</Tool>
        <Tool off={!state.future.length} data-do="redo" onClick={store.redo}><span aria-hidden="true">↷ </span>{t('Redo')}</Tool>
        <label class="fb-bar__lang">{t('Shown in')} <select value={state.lang} onChange={(event) => store.language(event.target.value)}>
          <option value="id">Indonesia</option><option value="en">English</option>
        </select></label>
        <button type="button" data-view="texts" aria-pressed={state.view === 'texts'} onClick={() => store.view(state.view === 'texts' ? 'canvas' : 'texts')}>{t('All texts')}</button>
        <button type="button" data-try onClick={start}>{t('Try it out')}</button>
      </div>
      {trying && <Later part="try" store={store} state={state} close={() => setTrying(false)} />}
    </div>
  );
}

function Saved({ store, state }) {
  const { t } = store;
  const words = {
    saved: t('All saved'), waiting: t('Not saved yet …'), saving: t('Saving …'), offline: t('Not saved: no connection. Trying again …'),
    conflict: t('Not saved'), refused: t('Not saved'),
  };
  const status = state.status.status === 'saved' && state.owed ? 'waiting' : state.status.status;
  return <span class={`fb-saved fb-saved--${status}`} data-status={status}>{words[status]}</span>;
}

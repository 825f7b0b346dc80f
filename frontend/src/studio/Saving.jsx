// What every editor of the studio shows of saving: whether all is saved, undo and redo, and what to do when somebody else was faster.
import { useState } from 'preact/hooks';

export function Saved({ store, state }) {
  const { t } = store;
  const words = {
    saved: t('All saved'), waiting: t('Not saved yet …'), saving: t('Saving …'), offline: t('Not saved: no connection. Trying again …'),
    conflict: t('Not saved'), refused: t('Not saved'),
  };
  return <span class={`st-saved st-saved--${state.status.status}`} data-status={state.status.status}>{words[state.status.status]}</span>;
}

export function Steps({ store, state }) {
  const { t } = store;
  return (
    <>
      <button type="button" disabled={!state.past.length} onClick={store.undo}><span aria-hidden="true">↶ </span>{t('Undo')}</button>
      <button type="button" disabled={!state.future.length} onClick={store.redo}><span aria-hidden="true">↷ </span>{t('Redo')}</button>
    </>
  );
}

/** `theirs()`: their document; `mine`: a name for the file that keeps mine. */
export function Overtaken({ store, state, theirs, mine }) {
  const { t } = store;
  const { status, text, theirs: rev } = state.status;
  const [shown, setShown] = useState(null);
  if (status !== 'conflict' && status !== 'refused') return null;
  const keep = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([`${JSON.stringify(state.document, null, 2)}\n`], { type: 'application/json' }));
    link.download = `${mine}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <div class="st-conflict" role="alert">
      <h2>{status === 'conflict' ? t('Somebody else changed this meanwhile') : t('This could not be saved')}</h2>
      <p>{text}</p>
      <div class="st-tools">
        {status === 'conflict' && <button type="button" onClick={async () => setShown(JSON.stringify(await theirs(), null, 2))}>{t('Look at theirs')}</button>}
        <button type="button" onClick={keep}>{t('Keep mine as a file')}</button>
        {status === 'conflict' && <button type="button" onClick={async () => store.adopt(await theirs(), rev)}>{t('Go on with theirs')}</button>}
        {status === 'conflict' && <button type="button" onClick={() => store.resume(rev, state.document)}>{t('Write mine over theirs')}</button>}
        {status === 'refused' && <button type="button" onClick={() => store.resume(store.data.rev, state.document)}>{t('Try again')}</button>}
      </div>
      <p>{t('Every state that was saved stays in the history of the draft.')}</p>
      {shown !== null && <pre class="st-theirs" tabIndex={0}>{shown}</pre>}
    </div>
  );
}

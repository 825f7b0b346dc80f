// Somebody else wrote the form meanwhile: say who and when, and lose nobody's work.
import { useState } from 'preact/hooks';

export function Conflict({ store, state }) {
  const { t, data, ask } = store;
  const { status, text, theirs } = state.status;
  const [shown, setShown] = useState(null);
  if (status !== 'conflict' && status !== 'refused') return null;
  const look = async () => setShown(JSON.stringify(await ask(data.urls.file), null, 2));
  const keep = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([`${JSON.stringify(state.document, null, 2)}\n`], { type: 'application/json' }));
    link.download = `${data.form}-mine.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const takeTheirs = async () => {
    const fresh = await ask(data.urls.file);
    store.resume(null, theirs);
    // mine stays one step of undo away
    store.set({ past: [...state.past, { document: state.document, selection: state.selection }], future: [], document: fresh, selection: { page: 0, item: null, inner: null }, said: t('Theirs is here now. Undo brings yours back.') });
    store.draw(0);
  };
  return (
    <div class="fb-conflict" role="alert">
      <h2>{status === 'conflict' ? t('Somebody else changed this form') : t('This could not be saved')}</h2>
      <p>{text}</p>
      <div class="fb-bar__tools">
        {status === 'conflict' && <button type="button" data-do="look" onClick={look}>{t('Look at theirs')}</button>}
        <button type="button" data-do="keep" onClick={keep}>{t('Keep mine as a file')}</button>
        {status === 'conflict' && <button type="button" data-do="theirs" onClick={takeTheirs}>{t('Go on with theirs')}</button>}
        {status === 'conflict' && <button type="button" data-do="mine" onClick={() => store.resume(state.document, theirs)}>{t('Write mine over theirs')}</button>}
        {status === 'refused' && <button type="button" onClick={() => store.resume(state.document)}>{t('Try again')}</button>}
      </div>
      <p>{t('Every state that was saved stays in the history of the draft.')}</p>
      {shown !== null && <pre class="fb-theirs" tabIndex={0}>{shown}</pre>}
    </div>
  );
}

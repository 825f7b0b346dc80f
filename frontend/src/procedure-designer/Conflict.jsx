// Somebody else changed the procedure meanwhile: say who and when, and lose nobody's work.
export function Conflict({ store, state }) {
  const { t, data } = store;
  const { status, text, theirs } = state.status;
  if (status !== 'conflict' && status !== 'refused') return null;
  const keep = async () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([await store.xml()], { type: 'application/xml' }));
    link.download = `${data.key}-mine.bpmn`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const takeTheirs = async () => {
    const answer = await fetch(data.urls.file);
    if (!answer.ok) return;
    store.saver.resume(theirs, null);
    await store.load(await answer.text());
    store.say(t('Theirs is here now.'));
  };
  return (
    <div class="fb-conflict" role="alert">
      <h2>{status === 'conflict' ? t('Somebody else changed this procedure') : t('This could not be saved')}</h2>
      <p>{text}</p>
      <div class="fb-bar__tools">
        <button type="button" onClick={keep}>{t('Keep mine as a file')}</button>
        {status === 'conflict' && <button type="button" onClick={takeTheirs}>{t('Go on with theirs')}</button>}
        {status === 'conflict' && <button type="button" onClick={() => store.saver.resume(theirs, {})}>{t('Write mine over theirs')}</button>}
        {status === 'refused' && <button type="button" onClick={() => store.saver.resume(store.saver.rev(), {})}>{t('Try again')}</button>}
      </div>
      <p>{t('Every state that was saved stays in the history of the draft.')}</p>
    </div>
  );
}

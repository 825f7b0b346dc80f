// The line on top: the procedure's name, undo and redo, what is shown, the plain text, and whether everything is saved.
export function Bar({ store, state }) {
  const { t, data } = store;
  const root = state.rows.find((row) => !row.level)?.bo.$parent;
  const red = state.findings.filter((one) => one.level === 'error').length;
  const show = (view) => store.set({ view: state.view === view ? 'both' : view });
  return (
    <div class="fb-bar">
      <h1 class="fb-bar__name">{root?.name || data.key} <code>{data.key}</code></h1>
      <div class="fb-bar__tools">
        <Saved store={store} state={state} />
        {red > 0 && <a class="pd-button pd-button--red" href="#problems">{t('{count} to put right', { count: red })}</a>}
        <button type="button" disabled={!state.canUndo} onClick={store.undo}><span aria-hidden="true">↶ </span>{t('Undo')}</button>
        <button type="button" disabled={!state.canRedo} onClick={store.redo}><span aria-hidden="true">↷ </span>{t('Redo')}</button>
        <button type="button" data-do="fit" onClick={() => store.fit(0.2)}>{t('Show everything')}</button>
        <button type="button" aria-pressed={state.view === 'drawing'} onClick={() => show('drawing')}>{t('Only the drawing')}</button>
        <button type="button" aria-pressed={state.view === 'list'} onClick={() => show('list')}>{t('Only the list')}</button>
        <a class="pd-button" href={data.urls.plain}>{t('As plain text')}</a>
      </div>
    </div>
  );
}

function Saved({ store, state }) {
  const { t } = store;
  const words = {
    saved: t('All saved'), waiting: t('Not saved yet …'), saving: t('Saving …'), offline: t('Not saved: no connection. Trying again …'),
    conflict: t('Not saved'), refused: t('Not saved'),
  };
  return <span class={`fb-saved fb-saved--${state.status.status}`} data-status={state.status.status}>{words[state.status.status]}</span>;
}

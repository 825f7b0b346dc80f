// What is wrong with the draft, in words; each leads to where it can be put right. Something red stops publishing.
export function Problems({ store, state }) {
  const { t, data } = store;
  const found = state.findings;
  const red = found.filter((one) => one.level === 'error').length;
  if (!state.checked) return <p class="fb-problems fb-problems--none">{t('Being checked …')}</p>;
  if (!found.length) return <p id="problems" class="fb-problems fb-problems--none">{t('Nothing is wrong.')} <a href={data.urls.publish}>{t('Publish …')}</a></p>;
  return (
    <details class="fb-problems pd-problems" id="problems" open={red > 0}>
      <summary>{red ? t('{count} to put right before publishing', { count: red }) : t('Nothing stops publishing')}{found.length > red ? `, ${t('{count} to look at', { count: found.length - red })}` : ''}</summary>
      <ul>{found.map((one) => <Finding key={one.place + one.code + one.text} store={store} one={one} />)}</ul>
    </details>
  );
}

function Finding({ store, one }) {
  const { t } = store;
  const here = one.id && store.element(one.id);
  return (
    <li class={`pd-finding pd-finding--${one.level}`}>
      <strong>{one.level === 'error' ? t('must be put right') : t('please look')}</strong>{' '}
      {here ? <button type="button" class="fb-link" onClick={() => store.select(one.id, 'panel')}>{one.text}</button>
        : one.href ? <a href={one.href}>{one.text}</a> : one.text}
    </li>
  );
}

/** The findings of one step, beside it. */
export function FindingsOf({ state, id }) {
  const found = state.findings.filter((one) => one.id === id);
  if (!found.length) return null;
  return <ul class="pd-findings">{found.map((one) => <li key={one.code + one.text} class={`pd-finding pd-finding--${one.level}`}>{one.text}</li>)}</ul>;
}

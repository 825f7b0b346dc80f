// What is wrong with the table, in words; each leads to its row.
export function Problems({ store, state }) {
  const { t } = store;
  if (!state.reviewed) return null;
  if (!state.problems.length) return <p class="st-problems st-problems--none" role="status">{t('Nothing is wrong with this table.')}</p>;
  const go = (one) => {
    const columns = store.columns();
    const part = one.input ? 'inputs' : one.output ? 'outputs' : null;
    const col = part ? columns.findIndex((column) => column.part === part && column.place === (one.input ?? one.output) - 1) : 0;
    store.go((one.row ?? 0) - 1, Math.max(0, col));
  };
  return (
    <details class="st-problems" open>
      <summary>{t('{count} to look at', { count: state.problems.length })}</summary>
      <ul>{state.problems.map((one) => <li key={one.place + one.code + one.text}><button type="button" class="st-link" onClick={() => go(one)}>{one.text}</button></li>)}</ul>
    </details>
  );
}

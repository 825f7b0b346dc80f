// A step the office's machine does: which of the house's automatic steps, with its own fields; or a decision table.
import { Choice, Line, Tick } from './boxes.jsx';
import { attribute, pairs } from './zeebe.js';
import { called } from './say.js';

export function Automatic({ store, state, element, bo }) {
  const { t, data, write } = store;
  const type = attribute(bo, 'TaskDefinition', 'type');
  const action = data.actions.find((one) => one.key === type);
  const said = pairs(bo, 'TaskHeaders');
  const choose = (key) => store.change.together(() => {
    write.say(element, 'TaskDefinition', { type: key });
    const kept = data.actions.find((one) => one.key === key)?.fields.map((one) => one.key) ?? [];
    write.pair(element, 'TaskHeaders', Object.fromEntries(Object.keys(said).filter((one) => !kept.includes(one)).map((one) => [one, ''])));
  });
  const put = (key, value) => write.pair(element, 'TaskHeaders', { [key]: value });
  return (
    <>
      <Choice name="action" label={t('What happens?')} value={type} empty={t('Choose what happens')} choices={data.actions} onWrite={choose} />
      {action?.fields.map((field) => <Field key={field.key} {...{ store, state, field, value: said[field.key], onWrite: (value) => put(field.key, value) }} />)}
    </>
  );
}

/** An asynchronous continuation: whoever did the step before has done it, whatever comes of this one. */
function KeepFirst({ store, element, bo }) {
  const { t, write } = store;
  return (
    <details class="pd-more" open={pairs(bo, 'Properties').async_before === 'true'}><summary>{t('More')}</summary>
      <Tick name="async_before" label={t('Keep the answers first')} value={pairs(bo, 'Properties').async_before === 'true'} onWrite={(on) => write.pair(element, 'Properties', { async_before: on ? 'true' : '' })} />
      <p class="fb-prop__help">{t('The case is kept before this step and goes on by itself a moment later. If the step fails, nobody has to answer again: an administrator sees it and lets it be tried again.')}</p>
    </details>
  );
}

function Field({ store, state, field, value, onWrite }) {
  const { t } = store;
  const name = `field.${field.key}`;
  const empty = t('nothing');
  if (field.kind === 'letter') {
    const choices = state.letters.filter((one) => one.startsWith('notice-') === (field.key === 'notice')).map((one) => ({ key: field.key === 'notice' ? one.slice(7) : one, title: field.key === 'notice' ? one.slice(7) : one }));
    return <Choice {...{ name, label: field.title, value, empty, choices, onWrite }} />;
  }
  if (field.kind === 'form') return <Choice {...{ name, label: field.title, value, empty, choices: state.forms.map((one) => ({ key: one.key, title: store.form(one.key) })), onWrite }} />;
  if (field.kind === 'step') return <Choice {...{ name, label: field.title, value, empty: t('whoever decided last'), choices: state.rows.filter((row) => row.kind === 'person').map((row) => ({ key: row.id, title: called(store, row.element) })), onWrite }} />;
  if (field.kind === 'number' || field.kind === 'list') {
    const choices = state.rows.filter((row) => row.kind === 'table').flatMap((row) => results(store, row)).map(({ path, name: title }) => ({ key: `= ${path}`, title }));
    return (
      <>
        <Choice {...{ name, label: field.title, value, empty, choices, onWrite }} />
        <details class="pd-more"><summary>{t('Advanced: as a formula')}</summary><Line name={`${name}.feel`} label={t('Formula (FEEL)')} value={value} onWrite={onWrite} /></details>
      </>
    );
  }
  return <Line {...{ name, label: field.title, value, onWrite }} />;
}

function results(store, row) {
  const decision = attribute(row.bo, 'CalledDecision', 'decisionId');
  const result = attribute(row.bo, 'CalledDecision', 'resultVariable') || decision;
  return (store.data.tables.find((one) => one.key === decision)?.results ?? []).map((one) => ({ path: one.key ? `${result}.${one.key}` : result, name: one.key ? `${result}: ${one.key}` : result }));
}

export function Table({ store, state, element, bo }) {
  const { t, data, write } = store;
  const decision = attribute(bo, 'CalledDecision', 'decisionId');
  const chosen = state.tables.find((one) => one.key === decision);
  const choose = (key) => write.say(element, 'CalledDecision', { decisionId: key, resultVariable: key });
  return (
    <>
    <Choice name="decision" label={t('Which decision table?')} value={decision} empty={t('Choose a table')} choices={state.tables.map((one) => ({ key: one.key, title: one.title || one.key }))} onWrite={choose}
      help={t('What it decides can be asked in conditions and fees behind this step.')}>
      <span class="pd-links">
        {chosen && <a href={data.urls.table.replace('TABLE', chosen.table)} target="_blank" rel="noopener">{t('Open the table')}</a>}
        <a href={data.urls.newTable} target="_blank" rel="noopener">{t('A new table')}</a>
      </span>
    </Choice>
    <KeepFirst {...{ store, element, bo }} />
    </>
  );
}

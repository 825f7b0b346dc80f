// What a condition may ask: answers of forms, results of tables, what automatic steps wrote.
import { attribute } from './zeebe.js';

export function known(store, state) {
  const { t } = store;
  const asked = state.forms.flatMap((form) => form.fields.filter((one) => one.kind !== 'information').map((item) => ({ path: `${form.key}.${item.key}`, item, form: store.pick(form.title) || form.key })));
  const found = state.rows.flatMap(({ kind, bo }) => {
    if (kind === 'table') {
      const decision = attribute(bo, 'CalledDecision', 'decisionId');
      const result = attribute(bo, 'CalledDecision', 'resultVariable') || decision;
      return (state.tables.find((one) => one.key === decision)?.results ?? []).map((one) => entry(one.key ? `${result}.${one.key}` : result, one, t('Result of {name}', { name: bo.name || result })));
    }
    if (kind !== 'auto') return [];
    const action = store.data.actions.find((one) => one.key === attribute(bo, 'TaskDefinition', 'type'));
    return (action?.writes ?? []).map((one) => entry(`${bo.id}.${one.key}`, one, bo.name || bo.id));
  });
  const applicant = [
    { path: 'applicant.kind', item: { key: 'kind', kind: 'choice', label: { id: t('Kind of applicant'), en: t('Kind of applicant') }, choices: ['person', 'organisation', 'representative'].map((value) => ({ value, label: { id: t(value), en: t(value) } })) }, form: t('Applicant') },
  ];
  return [...asked, ...found, ...applicant];
}

const entry = (path, one, form) => ({ path, form, item: { key: one.key, kind: one.kind, label: { id: one.key || path, en: one.key || path } } });

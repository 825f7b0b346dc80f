// Rules of a question: a condition that must hold, what is said when it does not, and whether that stops anybody.
import { useRef } from 'preact/hooks';
import { Labelled, useFocusNew, Words } from './boxes.jsx';
import { Condition } from './Condition.jsx';

export function Rules({ store, state, item, name, label, help, value, onChange, property }) {
  const { t } = store;
  const box = useRef(null);
  const focusNew = useFocusNew(box);
  const rows = value ?? [];
  const change = (number, fresh) => onChange(rows.map((one, each) => (each === number ? fresh : one)));
  const drop = (number) => { const left = rows.filter((_, each) => each !== number); onChange(left.length ? left : undefined); };
  const level = (row, chosen) => { const { level: _, ...rest } = row; return chosen ? { ...rest, level: chosen } : rest; };
  return (
    <Labelled {...{ name, label, help }} group inner={box}>
      {rows.map((row, number) => (
        <div class="fb-rule" key={number} data-rule={number}>
          <strong>{t('This must hold:')}</strong>
          <Condition {...{ store, state, item, value: row.check, early: false, name: `rules.${number}.check`, onChange: (text) => change(number, { ...row, check: text ?? '' }) }} />
          <Words store={store} name={`rules.${number}.say`} label={t('Otherwise say')} value={row.say} onChange={(say) => change(number, { ...row, say })} />
          <label>{t('Then')} <select name={`rules.${number}.level`} value={row.level ?? ''} onChange={(event) => change(number, level(row, event.target.value))}>
            <option value="">{store.pick(property.levels[0].label)} ({t('standard')})</option>
            {property.levels.map((one) => <option key={one.value} value={one.value}>{store.pick(one.label)}</option>)}
          </select></label>
          <button type="button" onClick={() => { focusNew('> .fb-add'); drop(number); }}>{t('Take out the rule')}</button>
        </div>
      ))}
      <button type="button" class="fb-add" onClick={() => { focusNew(`[data-rule="${rows.length}"] .fb-add`); onChange([...rows, { check: '', say: { id: '', en: '' } }]); }}>+ {t('Add a rule')}</button>
    </Labelled>
  );
}

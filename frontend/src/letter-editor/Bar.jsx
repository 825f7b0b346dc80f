// The line on top: saving, and what may be put into the letter where one stands.
import { toggleMark } from 'prosemirror-commands';
import { Saved, Steps } from '../studio/Saving.jsx';
import * as deeds from './commands.js';

export function Bar({ store, state }) {
  const { t, data, schema } = store;
  const at = state.at.stand;
  const rich = !data.notice;
  const inTable = at?.names.includes('table') ?? false;
  const inSubject = at?.names.includes('subject') ?? false;
  const off = !at;
  const run = (command) => () => { if (!store.run(command)) store.say(t('That cannot be done here.')); };
  const kind = !at ? '' : at.block === 'heading' ? `heading ${at.level ?? 1}` : at.block;
  const kinds = [['paragraph', t('paragraph')], ['heading 1', t('title')], ['heading 2', t('heading')], ['heading 3', t('small heading')]];
  const choose = (event) => { const [name, level] = event.target.value.split(' '); store.run(deeds.setKind(name, Number(level ?? 1))); };
  const mark = (name, word, sign) => <button type="button" aria-pressed={at?.marks.includes(name) ? 'true' : 'false'} aria-label={word} title={word} disabled={off || inSubject} onClick={run(toggleMark(schema.marks[name]))}>{sign}</button>;
  return (
    <>
      <div class="st-bar">
        <h1>{data.notice ? t('Message') : t('Letter')} <code>{data.letter}</code></h1>
        <div class="st-tools"><Saved store={store} state={state} /><Steps store={store} state={state} /></div>
      </div>
      <div class="le-bar" role="group" aria-label={t('Put into the letter')}>
        <Insert store={store} state={state} />
        <button type="button" disabled={off} onClick={run(deeds.wrap('if'))}>{t('Only if …')}</button>
        {store.groups.length > 0 && <Each store={store} state={state} off={off} />}
        {rich && (
          <>
            <label class="le-bar__kind"><span class="govuk-visually-hidden">{t('Kind of paragraph')}</span>
              <select name="kind" disabled={off || inTable || inSubject} value={kinds.some(([value]) => value === kind) ? kind : ''} onChange={choose}>
                <option value="" disabled>{t('Kind of paragraph')}</option>
                {kinds.map(([value, word]) => <option key={value} value={value}>{word}</option>)}
              </select></label>
            {mark('strong', t('Bold'), <b>B</b>)}
            {mark('em', t('Italic'), <i>I</i>)}
            <button type="button" disabled={off || inTable} onClick={run(deeds.setList('bullets'))}>• {t('List')}</button>
            <button type="button" disabled={off || inTable} onClick={run(deeds.setList('numbers'))}>1. {t('Numbers')}</button>
            <button type="button" disabled={off || inTable} onClick={run(deeds.insertTable(false))}>+ {t('Particulars')}</button>
            <button type="button" disabled={off || inTable} onClick={run(deeds.insertTable(true))}>+ {t('Table')}</button>
            <button type="button" disabled={off || inTable} onClick={run(deeds.insertRule)}>+ {t('Line')}</button>
          </>
        )}
        {inTable && (
          <>
            <button type="button" onClick={run(deeds.addRow)}>+ {t('Row')}</button>
            <button type="button" onClick={run(deeds.removeRow)}>✕ {t('Row')}</button>
            <button type="button" onClick={run(deeds.column(true))}>+ {t('Column')}</button>
            <button type="button" onClick={run(deeds.column(false))}>✕ {t('Column')}</button>
          </>
        )}
        <button type="button" disabled={off || inSubject} onClick={run(deeds.moveBlock(-1))}>↑ {t('Up')}</button>
        <button type="button" disabled={off || inSubject} onClick={run(deeds.moveBlock(1))}>↓ {t('Down')}</button>
        <button type="button" disabled={off || inSubject} onClick={run(deeds.removeBlock)}>✕ {t('Take out')}</button>
      </div>
    </>
  );
}

/** All fields in groups; inside a loop first those of its rows. */
export function FieldOptions({ store, loops, choices }) {
  const groups = [];
  for (const one of choices ?? store.fields(loops)) {
    const word = store.pick(one.group);
    if (groups.at(-1)?.word !== word) groups.push({ word, members: [] });
    groups.at(-1).members.push(one);
  }
  return groups.map(({ word, members }, number) => <optgroup key={number} label={word}>{members.map((one) => <option key={one.path} value={`${one.path} ${one.format ?? ''}`}>{store.labelOf(one)}</option>)}</optgroup>);
}

function Insert({ store, state }) {
  const { t } = store;
  const loops = loopsOf(store, state);
  const put = (event) => {
    const chosen = event.target.value;
    event.target.value = '';
    const one = store.fields(loops).find((each) => `${each.path} ${each.format ?? ''}` === chosen);
    if (one) store.run(deeds.insertField(one.path, one.format, one.sure === false ? one.known ?? one.path : null));
  };
  return (
    <label class="le-bar__field"><span class="govuk-visually-hidden">{t('Insert a field')}</span>
      <select name="field" value="" disabled={!state.at.stand} onChange={put}><option value="">{t('Insert a field')} …</option><FieldOptions store={store} loops={loops} /></select></label>
  );
}

export const loopsOf = (store, state) => (state.at.stand?.around ?? []).filter((one) => one.attrs.tag === 'for').map((one) => store.telling.loopOf(one.attrs.text)).reverse();

function Each({ store, state, off }) {
  const { t, telling } = store;
  const deep = loopsOf(store, state).length;
  const wrap = (event) => {
    const path = event.target.value;
    event.target.value = '';
    if (path && !store.run(deeds.each(path, telling.byPath.get(path)?.sure, deep ? `row${deep + 1}` : 'row'))) store.say(t('That cannot be done here.'));
  };
  return (
    <label class="le-bar__field"><span class="govuk-visually-hidden">{t('For each row of')}</span>
      <select name="each" value="" disabled={off} onChange={wrap}><option value="">{t('For each row of')} …</option>{store.groups.map((one) => <option key={one.path} value={one.path}>{store.labelOf(one)}</option>)}</select></label>
  );
}

// Beside the letter: the field or the condition where one stands, and how it can be changed. On a narrow screen it lies below the letter
// as a bar, and opens when one chooses a field or asks for it, so that it never covers what one writes.
import { useEffect, useState } from 'preact/hooks';
import { Condition } from '../form-builder/Condition.jsx';
import { FieldOptions, loopsOf } from './Bar.jsx';
import * as deeds from './commands.js';

const FEW = { text: ['=', '!=', 'contains', 'is filled', 'is empty'], choice: ['=', '!=', 'is filled', 'is empty'], number: ['=', '!=', '<', '<=', '>', '>=', 'is filled', 'is empty'], yes_no: ['=', 'is filled', 'is empty'], other: ['is filled', 'is empty'] };

export function Panel({ store, state }) {
  const { t } = store;
  const at = state.at.stand;
  const node = at?.node;
  const chosen = node ? `${node.kind} ${node.pos}` : '';
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(Boolean(chosen)), [chosen]);
  useEffect(() => { if (open && chosen) document.querySelector('.ProseMirror-selectednode')?.scrollIntoView({ block: 'nearest' }); }, [open, chosen]);
  const title = node?.kind === 'field' ? t('Field') : node ? t('Written by hand') : at?.around.length ? words(t)[at.around[0].kind] : t('Properties');
  return (
    <aside class="le-panel" aria-label={t('Properties')} data-open={open ? 'yes' : undefined}>
      <button type="button" class="le-panel__bar" aria-expanded={open} aria-controls="le-panel" onClick={() => setOpen(!open)}>{title} <span aria-hidden="true">{open ? '▾' : '▴'}</span></button>
      <div class="le-panel__body" id="le-panel"><Here store={store} state={state} /></div>
    </aside>
  );
}

const words = (t) => ({ frame: t('This part of the letter'), row: t('This row'), gate: t('These words') });

function Here({ store, state }) {
  const { t } = store;
  const at = state.at.stand;
  if (!at) return <p class="st-help">{t('Go into the letter to write. A field is filled from the case; a framed part is there only when its condition holds.')}</p>;
  const { node } = at;
  return (
    <>
      {node?.kind === 'field' && <Field store={store} state={state} node={node} />}
      {(node?.kind === 'code' || node?.kind === 'raw') && <Hand store={store} node={node} />}
      {at.around.map((found) => <Around key={`${found.kind} ${found.pos}`} store={store} state={state} found={found} />)}
      {!node && !at.around.length && <p class="st-help">{t('Choose a field or stand in a framed part to change it here. Select words before “Only if …” to make only these depend on it.')}</p>}
    </>
  );
}

function Field({ store, state, node }) {
  const { t, telling } = store;
  const { path, format, otherwise } = node.attrs;
  const loops = loopsOf(store, state);
  const known = telling.find(path, loops);
  const put = (attrs) => store.run(deeds.rewrite({ pos: node.pos }, attrs), { focus: false });
  const choose = (event) => { const [fresh, way] = event.target.value.split(' '); put({ path: fresh, format: way ?? '' }); };
  const all = store.fields(loops);
  const here = all.find((one) => one.path === path || one.known === path.replace(/^shown\./, ''));
  const ways = known?.ways ?? [];
  const plain = telling.literal(otherwise);
  const write = (text) => put({ otherwise: text ? `"${text.replaceAll('"', '”').replace(/[{}\n]/g, '')}"` : '' });
  return (
    <section class="le-found">
      <h2>{t('Field')}</h2>
      <div class="st-prop"><label for="le-field">{t('What stands here')}</label>
        <select id="le-field" name="path" value={here ? `${here.path} ${here.format ?? ''}` : ''} onChange={choose}>{!here && <option value="">{path}</option>}<FieldOptions store={store} loops={loops} /></select></div>
      {ways.length > 1 && <div class="st-prop"><label for="le-way">{t('How it is written')}</label>
        <select id="le-way" name="way" value={`${path} ${format}`} onChange={choose}>
          {!ways.some((one) => one.path === path && one.format === format) && <option value={`${path} ${format}`}>{telling.way(node.attrs)}</option>}
          {ways.map((one) => <option key={one.path + one.format} value={`${one.path} ${one.format}`}>{telling.way(one)}</option>)}
        </select></div>}
      {format && !otherwise ? null : <div class="st-prop"><label for="le-otherwise">{t('When it is empty, write')}</label>
        {otherwise && plain === null
          ? <p>{telling.name(otherwise, loops)} <button type="button" onClick={() => put({ otherwise: '' })}>✕ {t('Take out')}</button></p>
          : <input id="le-otherwise" name="otherwise" maxLength={200} value={plain ?? ''} onChange={(event) => write(event.target.value.trim())} />}</div>}
      <button type="button" onClick={() => store.run((editor, dispatch) => { dispatch(editor.tr.deleteSelection()); return true; })}>✕ {t('Take the field out')}</button>
    </section>
  );
}

function Hand({ store, node }) {
  const { t } = store;
  return (
    <section class="le-found">
      <h2>{t('Written by hand')}</h2>
      <p class="st-help">{t('Somebody wrote this in the file itself. It stays as it is; here it can be moved or taken out, not changed.')}</p>
      <pre class="st-theirs" tabIndex={0}>{node.attrs.src}</pre>
    </section>
  );
}

function Around({ store, state, found }) {
  const { t, telling } = store;
  const { tag, text } = found.attrs;
  const loops = loopsOf(store, state);
  const put = (attrs) => store.run(deeds.rewrite(found, attrs), { focus: false });
  const turns = ['if', 'elsif', 'unless'].includes(tag);
  const view = store.view();
  return (
    <section class="le-found" data-around={found.kind}>
      <h2>{words(t)[found.kind]}: {tag === 'for' || tag === 'else' ? telling.gate(found.attrs) : tag === 'unless' ? t('not if {condition}', { condition: '…' }) : t('Only if …')}</h2>
      {turns && <Condition store={store} state={state} name={`when.${found.pos}`} value={text} offered={offered(store, loops)} few={FEW} formula={false} onChange={(fresh) => put({ text: fresh ?? '' })} />}
      {tag === 'for' && <div class="st-prop"><label for="le-group">{t('Once for each row of')}</label>
        <select id="le-group" name="group" value={telling.loopOf(text).of.replace(/^shown\./, '')} onChange={(event) => put({ text: `${telling.loopOf(text).name} in shown.${event.target.value}` })}>
          {!telling.find(telling.loopOf(text).of) && <option value={telling.loopOf(text).of.replace(/^shown\./, '')}>{telling.loopOf(text).of}</option>}
          {store.groups.map((one) => <option key={one.path} value={one.path}>{store.labelOf(one)}</option>)}
        </select></div>}
      <div class="st-tools">
        {turns && found.kind !== 'row' && view && !deeds.branches(view.state, found) && <button type="button" onClick={() => store.run(deeds.otherwise(found))}>+ {t('Otherwise …')}</button>}
        <button type="button" onClick={() => store.run(deeds.unwrap(found))}>{tag === 'for' ? t('Not for each row') : t('Always there')}</button>
        <button type="button" onClick={() => store.run(deeds.unwrap(found, true))}>✕ {t('Take out with its text')}</button>
      </div>
    </section>
  );
}

/** What a condition may ask: fields by kind, as the rows of conditions know them; inside a loop the fields of its rows too. */
function offered(store, loops) {
  const kinds = { number: 'number', boolean: 'yes_no', string: 'text' };
  const rows = store.fields(loops).filter((one) => one.row || loops.some((loop) => one.path.startsWith(`${loop.name}.`)));
  const known = [...rows, ...store.data.known];
  return known.map((one) => ({ path: one.path, item: { kind: one.choices ? 'choice' : kinds[one.type] ?? 'other', label: one.label, choices: one.choices }, form: store.pick(one.group) }));
}

// The panel: what can be said of the step or way that is chosen, in words. Which parts it has depends on the kind, and nothing else.
import { useEffect, useRef } from 'preact/hooks';
import { Automatic, Table } from './Automatic.jsx';
import { Line } from './boxes.jsx';
import { End, Message, Time } from './Event.jsx';
import { KINDS, kindOf } from './kinds.js';
import { Late } from './Late.jsx';
import { Only } from './Only.jsx';
import { Person } from './Person.jsx';
import { FindingsOf } from './Problems.jsx';
import { Next, Way } from './Ways.jsx';

const PARTS = { person: [Person, Late], auto: [Automatic], table: [Table], wait: [Time], late: [Time], message: [Message], end: [End] };

export function Panel({ store, state, known }) {
  const { t } = store;
  const frame = useRef(null);
  const element = store.element();
  const isFlow = Boolean(element?.waypoints);
  const focus = state.focus;
  useEffect(() => {
    if (focus !== 'panel' && focus !== 'name') return;
    const first = frame.current.querySelector('input, select, textarea, button');
    first?.focus();
    if (focus === 'name') first?.select?.();
    frame.current.scrollIntoView({ block: 'nearest' });
    store.focused();
  }, [focus, element]);
  if (!element) return <aside class="fb-panel pd-panel" ref={frame} aria-label={t('Properties')}><h2>{t('Properties')}</h2><p>{t('Choose a step in the drawing or in the list to change it.')}</p></aside>;
  const bo = element.businessObject;
  const kind = isFlow ? 'flow' : kindOf(bo);
  const given = { store, state, known, element, bo, kind };
  return (
    <aside class="fb-panel pd-panel" ref={frame} aria-label={t('Properties')} data-chosen={bo.id} key={element}>
      <h2>{isFlow ? t('A way') : t(KINDS[kind].word)}</h2>
      <FindingsOf state={state} id={bo.id} />
      {isFlow ? <Way {...given} way={element} alone /> : (
        <>
          <Line name="name" label={t('Name')} help={kind === 'choice' ? t('A question, for example: Are the papers complete?') : undefined} value={bo.name} onWrite={(text) => store.modeler.get('modeling').updateLabel(element, text)} />
          <Line name="name.en" lang="en" label={t('Name in English')} value={store.textOf('names', bo.id).en} onWrite={(text) => store.text('names', bo.id, { id: '', en: text })} />
          {(PARTS[kind] ?? []).map((Part) => <Part key={Part.name} {...given} />)}
          {kind !== 'end' && <Next {...given} />}
          <Only {...given} />
          <p class="fb-prop__help pd-key">{t('Key')}: <code>{bo.id}</code>{store.data.fixed.includes(bo.id) && ` · ${t('Published: it stays.')}`}</p>
        </>
      )}
    </aside>
  );
}

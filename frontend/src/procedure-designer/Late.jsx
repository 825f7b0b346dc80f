// What happens when a step is late: a message to the applicant, a step for another desk beside it, or another way. Each is drawn as a timer.
import { useState } from 'preact/hooks';
import { Choice } from './boxes.jsx';
import { Amount, setTime } from './Event.jsx';
import { hung, ordered } from './graph.js';
import { called, inTime } from './say.js';
import { write as written } from './time.js';

export function Late({ store, state, element, bo }) {
  const { t } = store;
  const there = hung(element);
  return (
    <fieldset class="fb-prop pd-late" data-prop="late"><legend class="fb-prop__label">{t('When it is late')}</legend>
      {there.map((event) => (
        <p key={event.id} class="pd-late__one">
          <button type="button" class="fb-link" onClick={() => store.select(event.id, 'panel')}>{inTime(store, event.businessObject)}</button>
          {event.businessObject.cancelActivity === false ? ` ${t('beside the step')}` : ` ${t('instead of the step')}`}: {ordered(event).map((flow) => called(store, flow.target)).join(', ') || t('leads nowhere yet')}
        </p>
      ))}
      {!there.length && <p class="fb-prop__help">{t('The office sees that it is late; nothing else happens.')}</p>}
      <Fresh {...{ store, state, element, bo }} />
    </fieldset>
  );
}

function Fresh({ store, state, element, bo }) {
  const { t } = store;
  const [open, setOpen] = useState(false);
  const [what, setWhat] = useState('remind');
  const [value, setValue] = useState({ amount: 14, unit: 'working' });
  const [target, setTarget] = useState('');
  if (!open) return <button type="button" class="fb-add" data-do="late" onClick={() => setOpen(true)}>+ {t('Something happens when it is late')}</button>;
  const others = state.rows.filter((row) => row.id !== bo.id && !['start', 'late'].includes(row.kind) && row.bo.$parent === bo.$parent);
  const notices = state.letters.filter((one) => one.startsWith('notice-')).map((one) => ({ key: one.slice(7), title: one.slice(7) }));
  const choices = { remind: notices, escalate: state.desks.map((one) => ({ key: one.key, title: store.pick(one.title) || one.key })), path: others.map((row) => ({ key: row.id, title: called(store, row.element) })) }[what];
  const add = () => {
    const event = hang(store, element, what, value, target);
    setOpen(false);
    store.select(event.businessObject.id, null);
    store.select(bo.id, 'panel');
    store.say(t('It is drawn on the step.'));
  };
  return (
    <div class="pd-fresh">
      <Amount store={store} name="late" label={t('After')} value={value} onWrite={setValue} />
      <Choice name="late.what" label={t('What happens?')} value={what} onWrite={(key) => { setWhat(key); setTarget(''); }}
        choices={[{ key: 'remind', title: t('The applicant gets a message') }, { key: 'escalate', title: t('Another desk gets a step beside it') }, { key: 'path', title: t('The step ends, and the case goes another way') }]} />
      <Choice name="late.target" label={{ remind: t('Which message'), escalate: t('Which desk'), path: t('Goes on to') }[what]} value={target} empty={what === 'path' ? t('a new end') : '…'} choices={choices} onWrite={setTarget} />
      <button type="button" data-do="late-add" disabled={!value.amount || (what !== 'path' && !target)} onClick={add}>{t('Add')}</button> <button type="button" onClick={() => setOpen(false)}>{t('Never mind')}</button>
    </div>
  );
}

/** Draws it: a timer on the boundary and what it leads to, as one step of undo. */
function hang(store, element, what, value, target) {
  const { change, write, t } = store;
  const modeling = store.modeler.get('modeling');
  return change.together(() => {
    const event = change.hang(element, what === 'path');
    setTime(store, event, 'timeDuration', written(value));
    if (what === 'path') {
      if (target) modeling.connect(event, store.element(target));
      else change.below(event, 'end');
      return event;
    }
    const step = change.below(event, what === 'remind' ? 'auto' : 'person');
    if (what === 'remind') {
      write.say(step, 'TaskDefinition', { type: 'notify' });
      write.pair(step, 'TaskHeaders', { notice: target });
      modeling.updateLabel(step, t('Remind the applicant'));
    } else {
      write.say(step, 'AssignmentDefinition', { candidateGroups: target });
      modeling.updateLabel(step, t('See to what is late'));
    }
    change.addAfter(step, 'end');
    return event;
  });
}

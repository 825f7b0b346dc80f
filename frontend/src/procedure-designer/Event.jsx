// What waits, and what ends: times in words, messages, and what an end means for the applicant and the archive.
import { Both, Choice, Line, Tick } from './boxes.jsx';
import { idFor } from './ids.js';
import { read, timeOf, UNITS, write as written } from './time.js';

/** The text of a timer, written through the stack of changes. */
export function setTime(store, element, sort, text) {
  const modeling = store.modeler.get('modeling');
  const event = element.businessObject.eventDefinitions[0];
  const said = text ? store.write.make('bpmn:FormalExpression', { body: text }, event) : undefined;
  modeling.updateModdleProperties(element, event, { timeDuration: undefined, timeDate: undefined, timeCycle: undefined, [sort]: said });
}

export function Amount({ store, name, label, value, onWrite }) {
  const { t } = store;
  const { amount, unit } = value;
  return (
    <fieldset class="fb-prop" data-prop={name}><legend class="fb-prop__label">{label}</legend>
      <div class="pd-amount">
        <Line bare number name={`${name}.amount`} label={t('How many')} value={amount ? String(amount) : ''} onWrite={(text) => onWrite({ amount: Number(text) || '', unit })} />
        <select name={`${name}.unit`} aria-label={t('Of what')} value={unit} onChange={(event) => onWrite({ amount, unit: event.target.value })}>{Object.entries(UNITS).map(([key, word]) => <option key={key} value={key}>{t(word)}</option>)}</select>
      </div>
    </fieldset>
  );
}

export function Time({ store, element, bo, kind }) {
  const { t } = store;
  const { sort, text } = timeOf(bo);
  const value = text ? (sort === 'timeDuration' ? read(text) : null) : { amount: '', unit: 'working' };
  const put = (fresh) => setTime(store, element, 'timeDuration', fresh.amount ? written(fresh) : '');
  const turn = (stops) => store.modeler.get('modeling').updateProperties(element, { cancelActivity: stops ? undefined : false });
  return (
    <>
      {value ? <Amount store={store} name="time" label={kind === 'late' ? t('When there is no answer for') : t('Wait for')} value={value} onWrite={put} /> : <p class="fb-prop__help">{t('This time is written as a formula.')}</p>}
      {kind === 'late' && <Tick name="stops" label={t('The step ends then, and the case goes another way')} value={bo.cancelActivity !== false} onWrite={turn} />}
      <details class="pd-more" open={!value}><summary>{t('Advanced: as a formula')}</summary>
        <Line name="time.feel" label={t('Formula (FEEL)')} value={text} onWrite={(fresh) => setTime(store, element, sort, fresh)} />
      </details>
    </>
  );
}

export function Message({ store, element, bo }) {
  const { t } = store;
  const holder = bo.eventDefinitions?.[0] ?? bo;
  const name = holder.messageRef?.name ?? '';
  const put = (text) => {
    const modeling = store.modeler.get('modeling');
    const definitions = store.modeler.getDefinitions();
    const known = definitions.rootElements.find((one) => one.$type === 'bpmn:Message' && one.name === text);
    store.change.together(() => {
      const message = known ?? store.write.make('bpmn:Message', { id: `message_${Math.random().toString(36).slice(2, 9)}`, name: text }, definitions);
      if (!known) modeling.updateModdleProperties(element, definitions, { rootElements: [message, ...definitions.rootElements] });
      modeling.updateModdleProperties(element, holder, { messageRef: text ? message : undefined });
    });
  };
  return <Line name="message" label={t('Which message is awaited?')} help={t('A short name, for example payment_received. It comes from another system, or somebody says that it has come.')} value={name} onWrite={put} />;
}

const MEANINGS = { issued: 'The permit is issued', refused: 'The application is refused' };

/** The engine knows two ends by their ids: a permit that was issued, and a refusal. */
function Meaning({ store, element, bo }) {
  const { t, change, data } = store;
  const turn = (key) => {
    const from = bo.id;
    const taken = (id) => id !== from && Boolean(store.element(id));
    if (key && taken(key)) { store.say(t('Another end means that already.')); return; }
    const to = key || idFor(bo.name, (id) => taken(id) || id in MEANINGS) || idFor(`akhir ${from}`, taken);
    if (to === from) return;
    change.together(() => {
      store.modeler.get('modeling').updateProperties(element, { id: to });
      store.beside.follow(from, to);
    });
  };
  if (data.fixed.includes(bo.id)) return null;
  return <Choice name="means" label={t('What does this end mean?')} value={bo.id in MEANINGS ? bo.id : ''} empty={t('something else')} choices={Object.entries(MEANINGS).map(([key, text]) => ({ key, title: t(text) }))} onWrite={turn} />;
}

export function End({ store, state, element, bo }) {
  const { t } = store;
  const years = state.keeping[bo.id];
  return (
    <>
      <Meaning {...{ store, element, bo }} />
      <Both store={store} name="outcome" label={t('What this outcome is called')} value={store.textOf('outcomes', bo.id)} onWrite={(words) => store.text('outcomes', bo.id, words)} />
      <Both store={store} long name="status" label={t('What the applicant reads then')} value={store.textOf('status', bo.id)} onWrite={(words) => store.text('status', bo.id, words)} />
      <Choice name="years" label={t('How long is the file kept?')} value={years ? String(years) : ''} empty={t('not said yet')} choices={[1, 2, 3, 5, 10, 20, 30].map((one) => ({ key: String(one), title: t('{n} years', { n: one }) }))} onWrite={(text) => store.keep(bo.id, Number(text) || 0)} />
    </>
  );
}

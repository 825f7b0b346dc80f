// A step that somebody does: who, with which form, in how many working days, and who must not be the same person.
import { useEffect, useState } from 'preact/hooks';
import { Both, Choice, Line, split, Tick, Ticks } from './boxes.jsx';
import { idFor } from './ids.js';
import { called } from './say.js';
import { attribute, pairs } from './zeebe.js';

const APPLICANT = 'applicant';

export function Person({ store, state, element, bo }) {
  const { t, write } = store;
  const said = pairs(bo, 'Properties');
  const put = (changes) => write.pair(element, 'Properties', changes);
  const desk = attribute(bo, 'AssignmentDefinition', 'candidateGroups');
  const form = attribute(bo, 'FormDefinition', 'formId');
  const people = state.rows.filter((row) => row.kind === 'person' && row.id !== bo.id);
  // a desk sees what the applicant wrote, unless somebody says otherwise
  const asks = people.find((row) => attribute(row.bo, 'AssignmentDefinition', 'candidateGroups') === APPLICANT && attribute(row.bo, 'FormDefinition', 'formId'));
  const sent = asks && attribute(asks.bo, 'FormDefinition', 'formId');
  const office = (key) => Boolean(key) && key !== APPLICANT;
  // the arrow keys come past other desks on their way, so what counts is from whose hands to whose
  const seat = (key) => store.change.together(() => {
    write.say(element, 'AssignmentDefinition', { candidateGroups: key });
    if (office(key) && !office(desk) && sent && !said.show) put({ show: sent });
    if (key === APPLICANT && said.show === sent) put({ show: '' });
  });
  const officers = people.filter((row) => attribute(row.bo, 'AssignmentDefinition', 'candidateGroups') !== APPLICANT);
  const not = split(said.not_same_as);
  const asked = people.some((row) => attribute(row.bo, 'FormDefinition', 'formId') === form);
  const titled = (all) => all.map((row) => ({ key: row.id, title: called(store, row.element) }));
  const forms = [...new Set(people.map((row) => attribute(row.bo, 'FormDefinition', 'formId')))].filter(Boolean);
  const results = state.rows.filter((row) => row.kind === 'table').map((row) => attribute(row.bo, 'CalledDecision', 'resultVariable') || attribute(row.bo, 'CalledDecision', 'decisionId')).filter(Boolean);
  return (
    <>
      <Desk {...{ store, state, desk, onWrite: seat }} />
      <FormOf {...{ store, state, form, onWrite: (key) => write.say(element, 'FormDefinition', { formId: key }) }} />
      {form && asked && <Tick name="revises" label={t('It corrects what was sent before')} value={split(said.revises).includes(form)} onWrite={(on) => put({ revises: on ? form : '' })} />}
      {desk !== APPLICANT && <Line number name="days" label={t('How many working days?')} value={said.days} onWrite={(text) => put({ days: text })} />}
      {desk !== APPLICANT && (
        <Ticks name="not_same_as" label={t('Four eyes: not by the person who …')} value={not} onWrite={(all) => put({ not_same_as: all.join(',') })}
          choices={[{ key: APPLICANT, title: t('… is the applicant') }, ...titled(officers).map(({ key, title }) => ({ key, title: t('… did “{name}”', { name: title }) }))]} />
      )}
      <Both store={store} long name="instructions" label={t('Instructions for whoever does it')} value={store.textOf('instructions', bo.id)} onWrite={(words) => store.text('instructions', bo.id, words)} />
      <Public {...{ store, element, bo, said, put }} />
      <details class="pd-more"><summary>{t('More')}</summary>
        <Ticks name="show" label={t('Shown beside the form')} value={split(said.show)} onWrite={(all) => put({ show: all.join(',') })} choices={[...forms.map((key) => ({ key, title: store.form(key) })), ...results.map((key) => ({ key, title: t('Result of {name}', { name: key }) }))]} />
        {desk !== APPLICANT && <Ticks name="may_send_back" label={t('May send the case back to')} value={split(said.may_send_back)} onWrite={(all) => put({ may_send_back: all.join(',') })} choices={titled(people)} />}
        <Choice name="clock" label={t('Whose time runs?')} value={said.clock} empty={desk === APPLICANT ? t('the applicant’s, as usual') : t('the office’s, as usual')} onWrite={(clock) => put({ clock })}
          choices={[{ key: 'office', title: t('the office’s') }, { key: 'applicant', title: t('the applicant’s: the promised time stands still') }, { key: 'payment', title: t('a payment is awaited: the promised time stands still') }]} />
      </details>
    </>
  );
}

function Public({ store, bo, said, put }) {
  const { t } = store;
  const turn = (on) => {
    put({ public: on ? bo.id : '' });
    if (on && !store.textOf('steps', bo.id).id) store.text('steps', bo.id, { id: bo.name ?? '', en: store.textOf('names', bo.id).en });
  };
  return (
    <details class="pd-more" open={Boolean(said.public)}><summary>{t('What the public sees')}</summary>
      <Tick name="public" label={t('The step is shown on the public page')} value={Boolean(said.public)} onWrite={turn} />
      {said.public && <Both store={store} name="public-name" label={t('Name for the public')} value={store.textOf('steps', said.public)} onWrite={(words) => store.text('steps', said.public, words)} />}
      <Both store={store} name="status" label={t('What the applicant reads while it is open')} value={store.textOf('status', bo.id)} onWrite={(words) => store.text('status', bo.id, words)} />
    </details>
  );
}

function Desk({ store, state, desk, onWrite }) {
  const { t } = store;
  const [adding, setAdding] = useState(false);
  const [naming, setNaming] = useState(false);
  const rename = (words) => {
    store.set({ desks: state.desks.map((one) => (one.key === desk ? { ...one, title: words } : one)) });
    store.text('desks', desk, words);
  };
  const done = async (words) => {
    const key = idFor(words.id, (one) => state.desks.some((each) => each.key === one));
    if (!key) return;
    store.set({ desks: [...state.desks, { key, title: words }] });
    await store.text('desks', key, words);
    onWrite(key);
    setAdding(false);
  };
  return (
    <>
      <Choice name="desk" label={t('Who does this?')} value={desk} empty={t('Choose a desk')} choices={state.desks.map((one) => ({ key: one.key, title: store.pick(one.title) || one.key }))} onWrite={onWrite}>
        <span class="pd-links">
          {!adding && <button type="button" class="fb-link" data-do="new-desk" onClick={() => setAdding(true)}>{t('A new desk')}</button>}
          {desk && !naming && <button type="button" class="fb-link" data-do="name-desk" onClick={() => setNaming(true)}>{t('Call this desk otherwise')}</button>}
        </span>
      </Choice>
      {desk && naming && <Both key={desk} store={store} name="desk-name" label={t('What the desk is called in this procedure')} value={store.textOf('desks', desk)} onWrite={rename} />}
      {adding && <Fresh store={store} name="new-desk" label={t('Name of the new desk')} done={done} leave={() => setAdding(false)} />}
    </>
  );
}

function FormOf({ store, state, form, onWrite }) {
  const { t, data, ask } = store;
  const [adding, setAdding] = useState(false);
  const there = state.forms.some((one) => one.key === form);
  const [like, setLike] = useState('');
  const taken = (one) => state.forms.some((each) => each.key === one);
  const done = async (words) => {
    const key = like && !taken(like) ? like : idFor(words.id, taken);
    if (!key) return;
    try {
      await ask(data.urls.newForm, { method: 'POST', body: { key, like, title: words } });
    } catch (error) { store.say(error.message); return; }
    store.set({ forms: [...state.forms, { key, title: words, fields: [] }] });
    onWrite(key);
    setAdding(false);
    setLike('');
    store.refresh();
  };
  return (
    <>
      <Choice name="form" label={t('Which form?')} value={form} empty={t('Choose a form')} choices={state.forms.map((one) => ({ key: one.key, title: store.pick(one.title) || one.key }))} onWrite={onWrite}>
        <span class="pd-links">
          {there && <a href={data.urls.build.replace('FORM', form)} target="_blank" rel="noopener">{t('Open in the form builder')}</a>}
          {!adding && <button type="button" class="fb-link" data-do="new-form" onClick={() => setAdding(true)}>{t('A new form')}</button>}
        </span>
      </Choice>
      {adding && (
        <Fresh store={store} name="new-form" label={t('Title of the new form')} done={done} leave={() => setAdding(false)} given={data.ready.find((one) => one.key === like)?.title}>
          <Choice name="new-form.like" label={t('Begin with')} value={like} empty={t('an empty form')} choices={data.ready.map((one) => ({ key: one.key, title: store.pick(one.title) }))} onWrite={setLike} />
        </Fresh>
      )}
    </>
  );
}

/** Something new, named in both languages. */
function Fresh({ store, name, label, done, leave, given, children }) {
  const { t } = store;
  const [words, setWords] = useState({ id: '', en: '' });
  useEffect(() => { if (given) setWords({ ...given }); }, [given]);
  const whole = words.id.trim() && words.en.trim();
  return (
    <fieldset class="fb-prop pd-fresh"><legend class="fb-prop__label">{label}</legend>
      {children}
      {['id', 'en'].map((lang, place) => (
        <label class="fb-words" key={lang}><span class="fb-words__lang">{lang.toUpperCase()}</span>
          <input name={`${name}.${lang}`} lang={lang} autofocus={place === 0} value={words[lang]} onInput={(event) => setWords({ ...words, [lang]: event.target.value })} onKeyDown={(event) => event.key === 'Enter' && whole && done(words)} /></label>
      ))}
      <button type="button" data-do={`${name}-add`} disabled={!whole} onClick={() => done(words)}>{t('Add')}</button> <button type="button" onClick={leave}>{t('Never mind')}</button>
    </fieldset>
  );
}

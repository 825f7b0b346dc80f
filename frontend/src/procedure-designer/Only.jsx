// What the file says of a step and no other part of the panel shows: something of another tool, or that it is done several times. It can be taken out.
import { unread } from './zeebe.js';

export function Only({ store, element, bo }) {
  const { t, write } = store;
  const found = unread(bo);
  if (!found.length) return null;
  const called = (one) => (one.name === 'loopCharacteristics' ? t('it is done several times') : one.name);
  const take = (one) => {
    write.drop(element, one);
    store.say(t('{name} was taken out. Undo brings it back.', { name: called(one) }));
    store.set({ focus: 'panel' });
  };
  return (
    <fieldset class="fb-prop" data-prop="only"><legend class="fb-prop__label">{t('Only in the file')}</legend>
      <p class="fb-prop__help">{t('Written by another tool, and shown nowhere else in this panel.')}</p>
      {found.map((one) => (
        <p key={`${one.at} ${one.name}`} data-only={one.name}>
          {called(one)}{one.value && <>: <code>{one.value}</code></>} <button type="button" class="fb-link" data-do="only-out" aria-label={t('Take {name} out', { name: called(one) })} onClick={() => take(one)}>{t('Take out')}</button>
        </p>
      ))}
    </fieldset>
  );
}

// A list of choices: words in every language side by side, a value made from them, fixed once published.
import { Labelled } from './boxes.jsx';
import { keyFrom, LANGS, move } from './model.js';

export function Choices({ store, item, name, label, help, value, onChange }) {
  const { t } = store;
  const rows = value ?? [];
  const fixed = store.fixedChoices(item);
  const change = (number, fresh) => onChange(rows.map((one, each) => (each === number ? fresh : one)));
  const words = (number, key, lang, text) => {
    const row = rows[number];
    const said = Object.fromEntries(LANGS.filter((one) => one === lang || row[key]?.[one] !== undefined).map((one) => [one, one === lang ? text : row[key][one]]));
    const others = new Set(rows.filter((one) => one !== row).map((one) => one.value));
    const follows = key === 'label' && !fixed.includes(row.value) && keyFrom(row.label?.id, others) === row.value;
    const { [key]: _, ...without } = row;
    if (key === 'help' && Object.values(said).every((one) => !one)) change(number, without);
    else change(number, { ...row, [key]: said, ...(follows ? { value: keyFrom(said.id, others) } : {}) });
  };
  const add = () => onChange([...rows, { value: keyFrom('pilihan', new Set(rows.map((one) => one.value))), label: { id: '', en: '' } }]);
  return (
    <Labelled {...{ name, label, help }} group>
      <ol class="fb-choices">
        {rows.map((row, number) => (
          <li key={number} class="fb-choice" data-choice={number}>
            {LANGS.map((lang) => (
              <label class={`fb-words${row.label?.[lang]?.trim() ? '' : ' fb-missing'}`} key={lang}>
                <span class="fb-words__lang">{lang.toUpperCase()}</span>
                <input name={`choices.${number}.label.${lang}`} lang={lang} aria-label={`${t('Choice')} ${number + 1} ${lang.toUpperCase()}`} value={row.label?.[lang] ?? ''} onInput={(event) => words(number, 'label', lang, event.target.value)} />
              </label>
            ))}
            <div class="fb-tools">
              <button type="button" disabled={number === 0} aria-label={`${t('Move up')}: ${number + 1}`} onClick={() => onChange(move(rows, [], number, number - 1))}>↑</button>
              <button type="button" disabled={number === rows.length - 1} aria-label={`${t('Move down')}: ${number + 1}`} onClick={() => onChange(move(rows, [], number, number + 1))}>↓</button>
              <button type="button" aria-label={`${t('Take out')}: ${number + 1}`} onClick={() => onChange(rows.filter((_, each) => each !== number))}>✕</button>
            </div>
            <details>
              <summary>{t('Value and help')}</summary>
              <label class="fb-words"><span class="fb-words__lang">{t('Value')}</span><input name={`choices.${number}.value`} value={row.value} disabled={fixed.includes(row.value)} onInput={(event) => change(number, { ...row, value: event.target.value })} /></label>
              {LANGS.map((lang) => (
                <label class="fb-words" key={lang}><span class="fb-words__lang">{t('Help')} {lang.toUpperCase()}</span><input name={`choices.${number}.help.${lang}`} lang={lang} value={row.help?.[lang] ?? ''} onInput={(event) => words(number, 'help', lang, event.target.value)} /></label>
              ))}
            </details>
          </li>
        ))}
      </ol>
      <button type="button" class="fb-add" onClick={add}>+ {t('Add a choice')}</button>
    </Labelled>
  );
}

// A list of choices: words in every language side by side, a value made from them, fixed once published.
import { useRef } from 'preact/hooks';
import { Labelled, Tool, useFocusNew } from './boxes.jsx';
import { keyFrom, LANGS, move, speaksOf } from './model.js';

export function Choices({ store, state, item, name, label, help, value, onChange }) {
  const { t } = store;
  const box = useRef(null);
  const focusNew = useFocusNew(box);
  const rows = value ?? [];
  const fixed = store.fixedChoices(item);
  const change = (number, fresh) => onChange(rows.map((one, each) => (each === number ? fresh : one)));
  const words = (number, key, lang, text) => {
    const row = rows[number];
    const said = Object.fromEntries(LANGS.filter((one) => one === lang || row[key]?.[one] !== undefined).map((one) => [one, one === lang ? text : row[key][one]]));
    const others = new Set(rows.filter((one) => one !== row).map((one) => one.value));
    const fresh = store.kindOf(item).fresh.choices?.[number];
    const made = !row.label?.id || keyFrom(row.label.id, others) === row.value || (fresh?.value === row.value && fresh.label.id === row.label?.id);
    const follows = key === 'label' && lang === 'id' && made && !fixed.includes(row.value) && !speaksOf(state.document, row.value);
    const { [key]: _, ...without } = row;
    if (key === 'help' && Object.values(said).every((one) => !one)) change(number, without);
    else change(number, { ...row, [key]: said, ...(follows ? { value: keyFrom(said.id, others) } : {}) });
  };
  const add = () => { focusNew(`[data-choice="${rows.length}"] input`); onChange([...rows, { value: keyFrom('pilihan', new Set(rows.map((one) => one.value))), label: { id: '', en: '' } }]); };
  const drop = (number) => { focusNew(rows.length > 1 ? `[data-choice="${Math.min(number, rows.length - 2)}"] input` : '> .fb-add'); onChange(rows.filter((_, each) => each !== number)); };
  const shift = (number, to, word) => { focusNew(`[data-choice="${to}"] [data-tool="${word}"]`); onChange(move(rows, [], number, to)); };
  return (
    <Labelled {...{ name, label, help }} group inner={box}>
      <ol class="fb-choices">
        {rows.map((row, number) => (
          <li key={number} class="fb-choice" data-choice={number}>
            {LANGS.map((lang) => (
              <label class={`fb-words${row.label?.[lang]?.trim() ? '' : ' fb-missing'}`} key={lang}>
                <span class="fb-words__lang">{lang.toUpperCase()}</span>
                <input name={`choices.${number}.label.${lang}`} lang={lang} aria-label={`${t('Choice')} ${number + 1} ${lang.toUpperCase()}`} value={row.label?.[lang] ?? ''} onKeyDown={(event) => { if (event.key === 'Enter') { event.preventDefault(); add(); } }} onInput={(event) => words(number, 'label', lang, event.target.value)} />
              </label>
            ))}
            <div class="fb-tools">
              <Tool off={number === 0} data-tool="up" aria-label={`${t('Move up')}: ${number + 1}`} onClick={() => shift(number, number - 1, 'up')}>↑</Tool>
              <Tool off={number === rows.length - 1} data-tool="down" aria-label={`${t('Move down')}: ${number + 1}`} onClick={() => shift(number, number + 1, 'down')}>↓</Tool>
              <Tool aria-label={`${t('Take out')}: ${number + 1}`} onClick={() => drop(number)}>✕</Tool>
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

// Boxes that several editors share: a labelled one, a text in every language, a key.
import { useState } from 'preact/hooks';
import { isKey, LANGS } from './model.js';

export function Labelled({ name, label, help, children, group = false }) {
  const Tag = group ? 'fieldset' : 'div';
  const Head = group ? 'legend' : 'div';
  return <Tag class="fb-prop" data-prop={name}><Head class="fb-prop__label">{label}</Head>{help && <p class="fb-prop__help">{help}</p>}{children}</Tag>;
}

/** A text, the languages side by side; what is missing is marked. A text that is not required goes when all languages are empty. */
export function Words({ store, name, label, help, value, onChange, long = false, required = true }) {
  const said = value ?? {};
  const begun = Object.values(said).some((text) => text.trim());
  const write = (lang, text) => {
    const fresh = Object.fromEntries(LANGS.filter((one) => one === lang || one in said).map((one) => [one, one === lang ? text : said[one]]));
    onChange(!required && Object.values(fresh).every((one) => !one) ? undefined : fresh);
  };
  const Box = long ? 'textarea' : 'input';
  return (
    <Labelled name={name} label={label} help={help} group>
      {LANGS.map((lang) => {
        const gap = (required || begun) && !said[lang]?.trim();
        return (
          <label class={`fb-words${gap ? ' fb-missing' : ''}`} key={lang}>
            <span class="fb-words__lang">{lang.toUpperCase()}</span>
            <Box name={`${name}.${lang}`} lang={lang} value={said[lang] ?? ''} rows={long ? 4 : undefined} onInput={(event) => write(lang, event.target.value)} />
            {gap && <span class="fb-missing__word">{store.t('missing')}</span>}
          </label>
        );
      })}
    </Labelled>
  );
}

/** A key: only identifiers are taken; a published one stays. */
export function Key({ store, name, label, help, value, fixed, onChange }) {
  const { t } = store;
  const [typed, setTyped] = useState(null);
  const shown = typed ?? value ?? '';
  const done = () => { if (typed !== null && isKey(typed) && typed !== value) onChange(typed); setTyped(null); };
  return (
    <Labelled name={name} label={label} help={help}>
      <input name={name} aria-label={label} value={shown} disabled={fixed} aria-invalid={!isKey(shown)} onInput={(event) => setTyped(event.target.value)} onBlur={done} onKeyDown={(event) => event.key === 'Enter' && done()} />
      {fixed && <p class="fb-prop__help">{t('Published: it stays.')}</p>}
      {!isKey(shown) && <p class="fb-wrong">{t('Small letters, digits and _, beginning with a letter.')}</p>}
    </Labelled>
  );
}

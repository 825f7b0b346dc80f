// Boxes that several editors share: a labelled one, a text in every language, a key.
import { useEffect, useRef, useState } from 'preact/hooks';
import { isKey, LANGS } from './model.js';

/** `focus(selector)`: after the next drawing the keyboard goes on there, inside the box. */
export function useFocusNew(box) {
  const wanted = useRef(null);
  useEffect(() => {
    if (!wanted.current) return;
    const found = box.current?.querySelector(`:scope ${wanted.current}`);
    if (!found) return;
    wanted.current = null;
    found.focus();
  });
  return (selector) => { wanted.current = selector; };
}

/** A button that stays where the keyboard is when there is nothing to do for it any more. */
export function Tool({ off = false, onClick, children, ...more }) {
  return <button type="button" aria-disabled={off ? 'true' : undefined} onClick={(event) => { if (!off) onClick(event); }} {...more}>{children}</button>;
}

/** A box whose text counts when one leaves it; until then nothing that is drawn anew touches what is typed. */
export function Lazy({ value, onDone, ...more }) {
  const [typed, setTyped] = useState(null);
  const done = () => { if (typed !== null && typed !== value) onDone(typed); setTyped(null); };
  return <textarea value={typed ?? value} onInput={(event) => setTyped(event.target.value)} onBlur={done} {...more} />;
}

export function Labelled({ name, label, help, children, group = false, inner }) {
  const Tag = group ? 'fieldset' : 'div';
  const Head = group ? 'legend' : 'div';
  return <Tag class="fb-prop" data-prop={name} ref={inner}><Head class="fb-prop__label">{label}</Head>{help && <p class="fb-prop__help">{help}</p>}{children}</Tag>;
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

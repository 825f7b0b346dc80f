// Boxes of the panel: each writes one property of a step when one has stopped typing.
import { useEffect, useRef, useState } from 'preact/hooks';

const PAUSE = 900;

/** A line (or several) that is written when one leaves it, presses Enter, or pauses. */
export function Line({ name, label, help, value, onWrite, long = false, focus = false, lang, number = false, bare = false }) {
  const [typed, setTyped] = useState(null);
  const timer = useRef(0);
  const box = useRef(null);
  const last = useRef(null);
  last.current = { typed, value, onWrite };
  const write = () => {
    clearTimeout(timer.current);
    const { typed: text, value: before, onWrite: put } = last.current;
    if (text !== null && text !== (before ?? '')) put(text);
    setTyped(null);
  };
  useEffect(() => () => { const { typed: text, value: before, onWrite: put } = last.current; clearTimeout(timer.current); if (text !== null && text !== (before ?? '')) put(text); }, []);
  useEffect(() => { if (focus) { box.current.focus(); box.current.select?.(); } }, [focus]);
  const type = (event) => { setTyped(event.target.value); clearTimeout(timer.current); timer.current = setTimeout(write, PAUSE); };
  const Box = long ? 'textarea' : 'input';
  const id = `pd-${name}`;
  const made = <Box id={id} ref={box} name={name} lang={lang} rows={long ? 3 : undefined} type={number ? 'number' : undefined} min={number ? 1 : undefined} max={number ? 999 : undefined}
    aria-describedby={help ? `${id}-help` : undefined} aria-label={bare ? label : undefined} value={typed ?? value ?? ''} onInput={type} onBlur={write} onKeyDown={(event) => !long && event.key === 'Enter' && write()} />;
  if (bare) return made;
  return <div class="fb-prop" data-prop={name}><label class="fb-prop__label pd-label" for={id}>{label}</label>{help && <p class="fb-prop__help" id={`${id}-help`}>{help}</p>}{made}</div>;
}

/** A drop-down. `choices`: [{key, title}]. */
export function Choice({ name, label, help, value, choices, empty, onWrite, children }) {
  const id = `pd-${name}`;
  const known = choices.some((one) => one.key === value) || !value;
  return (
    <div class="fb-prop" data-prop={name}>
      <label class="fb-prop__label pd-label" for={id}>{label}</label>
      {help && <p class="fb-prop__help" id={`${id}-help`}>{help}</p>}
      <select id={id} name={name} value={value ?? ''} aria-describedby={help ? `${id}-help` : undefined} onChange={(event) => onWrite(event.target.value)}>
        {empty !== undefined && <option value="">{empty}</option>}
        {!known && <option value={value}>{value}</option>}
        {choices.map((one) => <option key={one.key} value={one.key}>{one.title}</option>)}
      </select>
      {children}
    </div>
  );
}

export function Tick({ name, label, value, onWrite }) {
  return <label class="fb-tick"><input type="checkbox" name={name} checked={value} onChange={(event) => onWrite(event.target.checked)} /> {label}</label>;
}

export function Ticks({ name, label, help, value, choices, onWrite }) {
  const turn = (key, on) => onWrite([...choices.map((one) => one.key), ...value.filter((one) => !choices.some((each) => each.key === one))].filter((one) => (one === key ? on : value.includes(one))));
  if (!choices.length) return null;
  return (
    <fieldset class="fb-prop" data-prop={name}><legend class="fb-prop__label">{label}</legend>{help && <p class="fb-prop__help">{help}</p>}
      {choices.map((one) => <Tick key={one.key} name={`${name}.${one.key}`} label={one.title} value={value.includes(one.key)} onWrite={(on) => turn(one.key, on)} />)}
    </fieldset>
  );
}

/** A text beside the drawing, in both languages. */
export function Both({ store, name, label, help, value, onWrite, long = false }) {
  return (
    <fieldset class="fb-prop" data-prop={name}><legend class="fb-prop__label">{label}</legend>{help && <p class="fb-prop__help">{help}</p>}
      {['id', 'en'].map((lang) => {
        const gap = !value[lang] && value[lang === 'id' ? 'en' : 'id'];
        return (
          <div class={`fb-words${gap ? ' fb-missing' : ''}`} key={lang}>
            <span class="fb-words__lang" aria-hidden="true">{lang.toUpperCase()}</span>
            <Line bare name={`${name}.${lang}`} lang={lang} long={long} label={`${label}, ${lang === 'id' ? 'Indonesia' : 'English'}`} value={value[lang]} onWrite={(text) => onWrite({ ...value, [lang]: text })} />
            {gap && <span class="fb-missing__word">{store.t('missing')}</span>}
          </div>
        );
      })}
    </fieldset>
  );
}

export const split = (text) => (text ?? '').split(',').map((one) => one.trim()).filter(Boolean);

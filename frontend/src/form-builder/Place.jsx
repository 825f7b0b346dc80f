// A place by its code, chosen from the provinces down; what is chosen last is what counts.
import { useEffect, useState } from 'preact/hooks';
import { Labelled } from './boxes.jsx';

const above = (code) => code.split('.').map((_, number, parts) => parts.slice(0, number + 1).join('.'));

export default function Place({ store, name, label, help, value, onChange }) {
  const { t, data, ask } = store;
  const [lists, setLists] = useState([]);
  const chosen = value ? above(value) : [];
  useEffect(() => {
    let current = true;
    Promise.all(['', ...chosen].slice(0, 3).map((parent) => ask(`${data.urls.regions}?parent=${encodeURIComponent(parent)}`)))
      .then((found) => { if (current) setLists(found.filter((one) => one.length)); }).catch(() => {});
    return () => { current = false; };
  }, [value]);
  const levels = [t('Province'), t('Regency or city'), t('District')];
  return (
    <Labelled {...{ name, label, help }} group>
      {lists.map((one, number) => (
        <select key={number} name={`${name}.${number}`} aria-label={levels[number]} value={chosen[number] ?? ''} onChange={(event) => onChange(event.target.value || chosen[number - 1])}>
          <option value="">{levels[number]}: –</option>
          {one.map((place) => <option key={place.value} value={place.value}>{place.label}</option>)}
        </select>
      ))}
      {value && <p class="fb-prop__help"><code>{value}</code></p>}
    </Labelled>
  );
}

// Reads the answers of a page as the server would read them: by the marks that forms/render.py puts around each question.
//   <div class="app-questions" data-form="application" data-facts='{…}'>
//     <div class="app-question" data-question="points.0.road_class" data-value="text" [data-show-when='{"v":1,"e":…}']>
import { lang } from './words.js';

export const QUESTION = '.app-question[data-question]';

const boxes = (question) => [...question.querySelectorAll('input, select, textarea')].filter((box) => box.closest(QUESTION) === question);
const written = (box) => (box?.value ?? '').trim() || null;
const picked = (question) => boxes(question).find((box) => box.checked)?.value ?? null;

function text(question) {
  const [first] = boxes(question);
  return first?.type === 'radio' ? picked(question) : written(first);
}

/** The number as it is written in the reader's language; null when it is none. */
export function number(given, language = lang) {
  if (!given) return null;
  const plain = language === 'en' ? given.replaceAll(',', '') : given.replaceAll('.', '').replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(plain.trim()) ? Number(plain) : null;
}

/** An ISO date from three boxes; null when there is no such day. */
export function day(given, month, year) {
  if (![given, month, year].every((part) => /^\d+$/.test(part ?? '')) || year.length !== 4) return null;
  const iso = `${year}-${month.padStart(2, '0')}-${given.padStart(2, '0')}`;
  const made = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(made.valueOf()) && made.toISOString().startsWith(iso) ? { $: 'date', v: iso } : null;
}

function boolean(question) {
  const [first] = boxes(question).filter((box) => box.type === 'checkbox' || box.type === 'radio');
  if (first?.type === 'checkbox') return first.checked || null;
  return { yes: true, no: false }[picked(question)] ?? null;
}

function date(question) {
  const part = (name) => written(boxes(question).find((box) => box.name.endsWith(`.${name}`)));
  return day(part('day'), part('month'), part('year'));
}

function choices(question) {
  const chosen = boxes(question).filter((box) => box.checked).map((box) => box.value);
  return chosen.length ? chosen : null;
}

function file(question) {
  const removed = boxes(question).filter((box) => box.name.endsWith('.remove') && box.checked).map((box) => box.value);
  const kept = boxes(question).filter((box) => box.name.endsWith('.keep') && !removed.includes(box.value)).map((box) => ({ file: box.value }));
  const fresh = [...(boxes(question).find((box) => box.type === 'file')?.files ?? [])].map(({ name, size }) => ({ name, size }));
  const found = [...kept, ...fresh];
  const several = boxes(question).some((box) => box.type === 'file' && box.multiple);
  return several && found.length ? found : found[0] ?? null;
}

function region(question) {
  const answered = boxes(question).filter((box) => box.tagName === 'SELECT' && box.value);
  if (!answered.length) return null;
  const named = answered.map((box) => [box.name.split('.').pop(), box.selectedOptions[0].label]);
  const code = answered.at(-1).value;
  return { code, digits: code.replaceAll('.', ''), ...Object.fromEntries(named) };
}

function period(question) {
  const part = (name) => written(boxes(question).find((box) => box.name.endsWith(`.${name}`)));
  const [start, end] = ['start', 'end'].map((end) => day(part(`${end}.day`), part(`${end}.month`), part(`${end}.year`)));
  if (!start || !end) return null;
  return { start, end, days: Math.round((Date.parse(end.v) - Date.parse(start.v)) / 86400000) + 1 };
}

function point(question) {
  const [lat, lon] = ['lat', 'lon'].map((name) => written(boxes(question).find((box) => box.name.endsWith(`.${name}`))));
  return lat && lon ? { lat: Number(lat.replace(',', '.')), lon: Number(lon.replace(',', '.')) } : null;
}

function address(question) {
  const part = (name) => written(boxes(question).find((box) => box.name.endsWith(`.${name}`)));
  const found = Object.fromEntries(['street', 'rt', 'rw', 'post_code'].map((name) => [name, part(name)]));
  const place = region(question);
  return found.street || place ? { ...found, region: place } : null;
}

function signature(question) {
  const part = (name) => written(boxes(question).find((box) => box.name.endsWith(`.${name}`)));
  return part('name') || part('drawn') ? { name: part('name'), drawn: part('drawn') } : null;
}

const figure = (question) => JSON.parse(question.querySelector('output')?.dataset.now ?? 'null');

const READ = {
  text: (question) => text(question), number: (question) => number(text(question)), boolean, date, choices, file, region, period, point, address, signature, figure,
};

/** The answers below `root` as nested plain values; questions hidden now have none. Marks are for the server alone. */
export function answers(root) {
  const found = {};
  for (const question of root.querySelectorAll(QUESTION)) {
    const { question: path, value: sort } = question.dataset;
    if (question.closest('[hidden]')) continue;
    if (sort === 'group') put(found, path, []);
    else if (READ[sort]) put(found, path, READ[sort](question));
  }
  return found;
}

/** Puts a value at `points.0.road_class`; a number in the path is a row. */
export function put(found, path, value) {
  const parts = path.split('.');
  let inner = found;
  parts.slice(0, -1).forEach((part) => { inner = inner[part] ??= {}; });
  inner[parts.at(-1)] = value;
}

/** The row of a group a question stands in, or null. */
export function rowOf(question, found) {
  const row = question.closest('[data-row]')?.dataset.row;
  return row ? row.split('.').reduce((inner, part) => inner?.[part] ?? null, found) : null;
}

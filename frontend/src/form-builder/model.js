// A form as a document, and every change of it: plain functions that give a new document and touch nothing of the old one.
export const LANGS = ['id', 'en'];
const ORDER = ['key', 'kind', 'label', 'noun', 'help', 'required', 'required_when', 'show_when', 'privacy', 'seen_by', 'unique', 'prefill', 'unit', 'decimals', 'version'];
const LAST = ['fields', 'rules'];
const KEY = /^[a-z][a-z0-9_]{0,39}$/;
const WORDS = new Set(['id', 'en']);

export const isWords = (value) => value !== null && typeof value === 'object' && !Array.isArray(value)
  && Object.keys(value).length > 0 && Object.keys(value).every((key) => WORDS.has(key)) && Object.values(value).every((text) => typeof text === 'string');

/** The value at a path of keys and numbers; undefined where there is none. */
export const at = (value, path) => path.reduce((inner, step) => inner?.[step], value);

/** The document with another value at a path. */
export function put(value, path, fresh) {
  if (!path.length) return fresh;
  const [step, ...rest] = path;
  if (Array.isArray(value)) return value.map((one, number) => (number === step ? put(one, rest, fresh) : one));
  return { ...value, [step]: put(value?.[step], rest, fresh) };
}

export function insert(document, path, index, item) {
  const list = at(document, path) ?? [];
  return put(document, path, [...list.slice(0, index), item, ...list.slice(index)]);
}

export function remove(document, path, index) {
  return put(document, path, at(document, path).filter((_, number) => number !== index));
}

export function move(document, path, from, to) {
  const list = [...at(document, path)];
  list.splice(to, 0, ...list.splice(from, 1));
  return put(document, path, list);
}

/** Where a property belongs among the others: the order in which the forms of the house are written. */
function rank(key, own) {
  const early = ORDER.indexOf(key);
  if (early >= 0) return early;
  const late = LAST.indexOf(key);
  return late >= 0 ? 1000 + late : 100 + Math.max(0, own.indexOf(key));
}

/** An object with a property said, changed or (undefined) no longer said; what is there keeps its place. */
export function say(item, key, value, own = []) {
  if (value === undefined) return Object.fromEntries(Object.entries(item).filter(([name]) => name !== key));
  if (key in item) return { ...item, [key]: value };
  const entries = Object.entries(item);
  const place = entries.findIndex(([name]) => rank(name, own) > rank(key, own));
  entries.splice(place < 0 ? entries.length : place, 0, [key, value]);
  return Object.fromEntries(entries);
}

/** A key out of a question: an identifier that no other question has. */
export function keyFrom(text, taken) {
  const plain = (text ?? '').normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '');
  const base = plain.slice(0, 34).replace(/_+$/, '') || 'pertanyaan';
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) if (!taken.has(`${base}_${number}`)) return `${base}_${number}`;
}

export const isKey = (text) => KEY.test(text);

const groupNamed = (groups, name) => groups.find((each) => each.name === name);

/** Every question of a list, those of shared groups too. */
export function expanded(list, groups, depth = 0) {
  return (list ?? []).flatMap((item) => ('include' in item && depth < 3 ? expanded(groupNamed(groups, item.include)?.fields, groups, depth + 1) : [item]));
}

export const pages = (document) => (Array.isArray(document?.pages) ? document.pages : []);

export function takenKeys(document, groups, path) {
  const list = path && path.length > 3 ? at(document, path) : pages(document).flatMap((page) => page.fields ?? []);
  return new Set(expanded(list, groups).map((item) => item.key));
}

/** The questions a condition at a place may read: those before it, in reading order; inside a group also its own earlier ones as `row`. */
export function earlier(document, groups, selection, early = true) {
  const form = document.key;
  const found = [];
  for (const [number, page] of pages(document).entries()) {
    if (early && number > selection.page) break;
    const fields = page.fields ?? [];
    const until = early && number === selection.page ? selection.item ?? 0 : fields.length;
    for (const item of expanded(fields.slice(0, until), groups)) if (item.kind !== 'information') found.push({ path: `${form}.${item.key}`, item });
    const group = number === selection.page && selection.inner !== null && selection.inner !== undefined ? fields[selection.item] : null;
    if (group) {
      const own = early ? group.fields.slice(0, selection.inner) : group.fields;
      found.push(...own.map((item) => ({ path: `row.${item.key}`, item })));
    }
  }
  return found;
}

/** The document with every expression that reads `form.before` reading `form.after`. */
export function renamed(value, before, after) {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((one) => renamed(one, before, after));
  if (value === null || typeof value !== 'object' || isWords(value)) return value;
  const pattern = new RegExp(`(?<![\\w.])${before.replace('.', '\\.')}(?![\\w])`, 'g');
  const feel = ['show_when', 'required_when', 'check', 'min', 'max', 'born', 'village', 'value'];
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, typeof one === 'string' && feel.includes(key) ? one.replace(pattern, after) : renamed(one, before, after)]));
}

/** Whether some expression speaks of a choice by its value. */
export const speaksOf = (document, value) => JSON.stringify(document).includes(`\\"${value}\\"`);

export const reads = (document, path) => JSON.stringify(renamed(document, path, `${path}_`)) !== JSON.stringify(document);

/** Every text in every language: [{path, words, name}]. */
export function texts(value, path = []) {
  if (isWords(value) || (value && typeof value === 'object' && !Array.isArray(value) && ['label', 'title', 'help', 'noun', 'text', 'say', 'tick', 'unit', 'suffix', 'pattern_say'].includes(path.at(-1)))) return [{ path, words: value }];
  if (Array.isArray(value)) return value.flatMap((one, number) => texts(one, [...path, number]));
  if (value && typeof value === 'object') return Object.entries(value).flatMap(([key, one]) => texts(one, [...path, key]));
  return [];
}

export const missing = (words) => LANGS.filter((lang) => !words?.[lang]?.trim());

/** Where a place of a finding lies: `#/pages/0/fields/3/choices/1` -> {selection, property, whole: it is about all of what is selected}. */
export function placed(place) {
  const steps = place.split('#').pop().split('/').filter(Boolean);
  const number = (index) => (/^\d+$/.test(steps[index] ?? '') ? Number(steps[index]) : null);
  const found = (selection, property, standard) => ({ selection: { item: null, inner: null, ...selection }, property: property ?? standard, whole: property === undefined });
  if (steps[0] !== 'pages' || number(1) === null) return found({ page: 0 }, steps[0] === 'title' ? 'form-title' : undefined, 'form-title');
  if (steps[2] !== 'fields' || number(3) === null) return found({ page: number(1) }, steps[2] === 'fields' ? undefined : steps[2], 'title');
  if (steps[4] !== 'fields' || number(5) === null) return found({ page: number(1), item: number(3) }, steps[4], 'label');
  return found({ page: number(1), item: number(3), inner: number(5) }, steps[6], 'label');
}

export const pathOf = ({ page, item, inner }) => (inner === null || inner === undefined ? ['pages', page, 'fields', item] : ['pages', page, 'fields', item, 'fields', inner]);
export const listPath = ({ page, item, inner }) => (inner === null || inner === undefined ? ['pages', page, 'fields'] : ['pages', page, 'fields', item, 'fields']);

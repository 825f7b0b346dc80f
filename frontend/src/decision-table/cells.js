// What a cell says in words, and cells from what people type or paste. FEEL is written by the server only.
export const COMPARED = ['=', '!=', '>=', '>', '<=', '<'];
export const any = { kind: 'any', values: [] };
export const feel = (text) => ({ kind: 'feel', values: [], text });
export const isTagged = (value) => value !== null && typeof value === 'object' && '$' in value;

const marks = (lang) => (lang === 'id' ? { group: '.', point: ',' } : { group: ',', point: '.' });

/** "13.225,5" as the language writes it -> {$: "number", v: "13225.5"}; null when it is no number. */
export function readNumber(text, lang) {
  const { group, point } = marks(lang);
  const plain = text.trim().replace(/^rp\.?\s*/i, '').replace(/\s/g, '').replace(/^−/, '-');
  const grouped = new RegExp(`^-?\\d{1,3}(\\${group}\\d{3})+(\\${point}\\d+)?$`);
  const bare = new RegExp(`^-?\\d+([${point}]\\d+)?$`);
  let read = null;
  if (grouped.test(plain)) read = plain.replaceAll(group, '').replace(point, '.');
  else if (bare.test(plain)) read = plain.replace(point, '.');
  else if (/^-?\d+\.\d+$/.test(plain)) read = plain; // "0.25" cannot mean thousands
  return read === null || read.length > 30 ? null : { $: 'number', v: read.replace(/^(-?)0+(?=\d)/, '$1') };
}

export function numberText(value, lang) {
  const { group, point } = marks(lang);
  const [whole, rest] = String(isTagged(value) ? value.v : value).split('.');
  return whole.replace(/\B(?=(\d{3})+(?!\d))/g, group) + (rest ? point + rest : '');
}

/** 2026-01-31, 31/1/2026, 31-01-2026 -> {$: "date", v: "2026-01-31"}. */
export function readDate(text) {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  const day = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim());
  const [y, m, d] = iso ? iso.slice(1) : day ? [day[3], day[2], day[1]] : [];
  if (!y) return null;
  const made = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  const real = new Date(`${made}T00:00:00Z`);
  return Number.isNaN(real.getTime()) || real.toISOString().slice(0, 10) !== made ? null : { $: 'date', v: made };
}

const YES = ['yes', 'ya', 'true', 'benar', '1'];
const NO = ['no', 'tidak', 'false', 'salah', '0'];
const fold = (text) => text.trim().toLowerCase();

/** One value of a column from text; undefined when the column has none like it. */
export function readValue(text, column, lang) {
  const plain = text.trim().replace(/^"(.*)"$/, '$1');
  if (column.type === 'number') return readNumber(plain, lang) ?? undefined;
  if (column.type === 'date') return readDate(plain) ?? undefined;
  if (column.type === 'boolean') return YES.includes(fold(plain)) ? true : NO.includes(fold(plain)) ? false : undefined;
  const found = column.values?.find((one) => [one.value, ...Object.values(one.label)].some((each) => fold(String(each)) === fold(plain)));
  if (found) return found.value;
  return column.values?.length && column.closed ? undefined : plain;
}

export function valueText(value, column, { lang, t }) {
  if (value === null || value === undefined) return '';
  if (value === true) return t('Yes');
  if (value === false) return t('No');
  if (typeof value === 'number' || value.$ === 'number') return numberText(value, lang);
  if (isTagged(value)) return value.$ === 'date' ? value.v.split('-').reverse().join('-').replaceAll('-', lang === 'id' ? '-' : '/') : String(value.v);
  if (typeof value === 'object') return JSON.stringify(value);
  const known = column?.values?.find((one) => one.value === value);
  return known ? known.label[lang] || known.label.id : value;
}

const WORDS = (t) => ({
  '!=': t('not {a}'), '>=': t('at least {a}'), '>': t('more than {a}'), '<=': t('at most {a}'), '<': t('less than {a}'), between: t('{a} to {b}'),
  missing: t('not answered'), given: t('answered'), 'none of': t('none of {a}'),
  'date >=': t('from {a} on'), 'date >': t('after {a}'), 'date <=': t('until {a}'), 'date <': t('before {a}'),
});
const fill = (text, facts) => Object.entries(facts).reduce((said, [key, value]) => said.replaceAll(`{${key}}`, value), text);

/** A cell as people read it. */
export function wordsOf(cell, column, tools) {
  const { t } = tools;
  const said = cell.values.map((value) => valueText(value, column, tools));
  if (cell.kind === 'any') return '';
  if (cell.kind === 'feel') return cell.text;
  if (cell.kind === '=') return said[0];
  if (cell.kind === 'one of') return said.join(column?.type === 'number' ? '; ' : ` ${t('or')} `);
  const words = WORDS(t);
  const word = words[`${column?.type} ${cell.kind}`] ?? words[cell.kind];
  const ends = cell.kind === 'between' ? `${cell.low_in === false ? ` (${t('without {a}', { a: said[0] })})` : ''}${cell.high_in === false ? ` (${t('without {a}', { a: said[1] })})` : ''}` : '';
  return fill(word, { a: cell.kind === 'none of' ? said.join(', ') : said[0], b: said[1] }) + ends;
}

/** A cell as one would type it: what F2 and copying give, and `readCell` takes back. */
export function typedOf(cell, column, tools) {
  const said = cell.values.map((value) => valueText(value, column, tools));
  if (cell.kind === 'any') return '';
  if (cell.kind === 'feel') return `=${cell.text}`;
  if (cell.kind === 'between') return `${cell.low_in === false ? '>' : ''}${said[0]} .. ${cell.high_in === false ? '<' : ''}${said[1]}`;
  if (cell.kind === 'missing') return '?';
  if (cell.kind === 'given') return '!?';
  if (cell.kind === '!=' || cell.kind === 'none of') return `!= ${said.join('; ')}`;
  return cell.kind === '=' || cell.kind === 'one of' ? said.join('; ') : `${cell.kind} ${said[0]}`;
}

const SIGNS = [
  [/^(>=|≥|=>|at least|from|since|minimal|min\.?|paling sedikit|sekurangnya|mulai|sejak)\s+?(?=\S)|^(>=|≥|=>)/i, '>='], [/^(<=|≤|=<|at most|until|maksimal|maks\.?|paling banyak|sampai dengan|hingga)\s+?(?=\S)|^(<=|≤|=<)/i, '<='],
  [/^(!=|<>|≠)\s*|^(not|none of|bukan|selain)\s+/i, '!='], [/^>\s*|^(more than|over|after|lebih dari|di atas|sesudah|setelah)\s+/i, '>'],
  [/^<\s*|^(less than|under|before|kurang dari|di bawah|sebelum)\s+/i, '<'],
];
const RANGE = /^(>?)\s*(.+?)\s*(?:\.\.|–|—|\bs\.?d\.?(?=\s)|\bto\b|\bsampai\b|\s-\s)\s*(<?)\s*(.+)$/i;
const NOTHING = ['', '-', '–', '—', 'any', 'all', 'semua', 'apa saja'];

/** A cell of conditions from what was typed or pasted; what cannot be understood stays as it is and is told by the server. */
export function readCell(text, column, lang) {
  const plain = text.trim();
  if (NOTHING.includes(fold(plain))) return any;
  if (plain.startsWith('=')) return feel(plain.slice(1).trim());
  if (plain === '?') return { kind: 'missing', values: [] };
  if (plain === '!?') return { kind: 'given', values: [] };
  const exact = readValue(plain, column, lang);
  if (exact !== undefined && (column.type !== 'string' || column.values?.some((one) => one.value === exact))) return { kind: '=', values: [exact] };
  const ordered = column.type === 'number' || column.type === 'date';
  const range = ordered && RANGE.exec(plain);
  if (range) {
    const [low, high] = [readValue(range[2], column, lang), readValue(range[4], column, lang)];
    if (low !== undefined && high !== undefined) return { kind: 'between', values: [low, high], low_in: !range[1], high_in: !range[3] };
  }
  for (const [sign, kind] of SIGNS) {
    const rest = plain.replace(sign, '');
    if (rest === plain || (!ordered && kind !== '!=')) continue;
    const values = list(rest, column, lang);
    if (values && (values.length === 1 || kind === '!=')) return { kind: values.length > 1 ? 'none of' : kind, values };
  }
  const values = list(plain, column, lang);
  return values ? { kind: values.length > 1 ? 'one of' : '=', values } : feel(plain);
}

function list(text, column, lang) {
  const parts = text.split(column.type === 'number' ? /\s*;\s*|\s+(?:or|atau)\s+/i : /\s*[;,]\s*|\s+(?:or|atau)\s+/i).filter(Boolean);
  const whole = readValue(text, column, lang);
  const read = parts.map((part) => readValue(part, column, lang));
  if (read.length && read.every((one) => one !== undefined) && (column.type !== 'string' || column.values?.length || parts.length === 1)) return read;
  return whole === undefined ? null : [whole];
}

/** A result from what was typed or pasted. */
export function readResult(text, column, lang) {
  const plain = text.trim();
  if (plain === '') return any;
  if (plain.startsWith('=')) return feel(plain.slice(1).trim());
  const value = readValue(plain, column, lang);
  return value === undefined ? feel(plain) : { kind: '=', values: [value] };
}

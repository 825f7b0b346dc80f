// The values of FEEL in a browser: numbers are doubles kept to 15 digits, dates and durations are small tagged objects.
// The server (decimals of 34 digits) has the last word; what is shown here is a preview.
//   {$: 'date', d: days since 1970} {$: 'ymd', m: months} {$: 'dtd', s: seconds} {$: 'dt', s, z: has a zone, o: offset in seconds}
//   {$: 'range', lo, hi, li, ri, op}; functions are JavaScript functions or entries of functions.js.

export const snap = (x) => (Number.isFinite(x) ? +x.toPrecision(15) : null);
// A difference is as exact as the larger number it comes from: 1000000.01 - 1000000 is 0.01.
export const snapTo = (x, size) => (Number.isFinite(x) ? +x.toFixed(Math.min(Math.max(14 - Math.floor(Math.log10(Math.abs(size) || 1)), 0), 100)) : null);
export const nil = (x) => x === null || x === undefined;
export const own = (o, k) => (Object.hasOwn(o, k) ? o[k] : null);
export const DAY = 86400;
const MAX_MONTHS = 999999999 * 12;
const MAX_SECONDS = 999999999 * DAY;

export const type = (v) => (nil(v) ? 'Null' : Array.isArray(v) ? 'list' : typeof v === 'object' ? v.$ || 'context' : typeof v);

// Days since 1970 of a day of the Gregorian calendar, and back.
const toDays = (y, m, d) => {
  const t = new Date(0);
  t.setUTCFullYear(y, m - 1, d);
  return t.getTime() / 864e5;
};
export const dateOf = (d) => (d >= -719162 && d <= 2932896 ? { $: 'date', d } : null); // the years 1 to 9999
export const makeDate = (y, m, d) => {
  if (!(y >= 1 && y <= 9999 && m >= 1 && m <= 12)) return null;
  const made = { $: 'date', d: toDays(y, m, d) };
  const [, month, day] = dayParts(made);
  return month === m && day === d ? made : null;
};
export const dayParts = (v) => {
  const t = new Date(v.d * 864e5);
  return [t.getUTCFullYear(), t.getUTCMonth() + 1, t.getUTCDate()];
};
export const dayOf = (v) => (v.$ === 'date' ? v : dateOf(Math.floor((v.s + v.o) / DAY)));
export const months = (m) => (Math.abs(m) <= MAX_MONTHS ? { $: 'ymd', m: m + 0 } : null);
export const seconds = (s) => (nil(s) || Math.abs(s) > MAX_SECONDS ? null : { $: 'dtd', s: Math.round(s * 1e6) / 1e6 });

export function readDate(text) {
  const m = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  return m && makeDate(+m[1], +m[2], +m[3]);
}
export function readMoment(text) {
  const m = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d):(\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d)?$/.exec(text);
  const d = m && readDate(m[1]);
  if (!d || +m[2] > 23 || +m[3] > 59 || +m[4] >= 60) return null;
  const z = m[5];
  const o = !z || z === 'Z' ? 0 : (z[0] === '-' ? -1 : 1) * (+z.slice(1, 3) * 60 + +z.slice(4)) * 60;
  return { $: 'dt', s: d.d * DAY + m[2] * 3600 + m[3] * 60 + +m[4] - o, z: !!z, o };
}
export function readDuration(text) {
  const m = /^(-)?P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d*)?)S)?)?$/.exec(text);
  if (!m) return null;
  const sign = m[1] ? -1 : 1;
  const n = (i) => +(m[i] || 0);
  if (m[2] || m[3]) return m[4] || m[5] || m[6] || m[7] ? null : months(sign * (n(2) * 12 + n(3)));
  return seconds(sign * (n(4) * DAY + n(5) * 3600 + n(6) * 60 + n(7)));
}
export const readLiteral = (text) => readDuration(text) || readDate(text) || readMoment(text);

const two = (n) => String(n).padStart(2, '0');
export const dateText = (v) => {
  const [y, m, d] = dayParts(v);
  return `${String(y).padStart(4, '0')}-${two(m)}-${two(d)}`;
};
const numberText = (x) => {
  const text = String(x === 0 ? 0 : x);
  return text.includes('e') ? (Math.abs(x) < 1 ? x.toFixed(22).replace(/0+$/, '') : BigInt(x).toString()) : text;
};
function durationText(v) {
  const sign = (v.m ?? v.s) < 0 ? '-P' : 'P';
  if (v.$ === 'ymd') {
    const y = Math.floor(Math.abs(v.m) / 12), m = Math.abs(v.m) % 12;
    return sign + (y ? `${y}Y` : '') + (m || !y ? `${m}M` : '');
  }
  const all = Math.abs(v.s), part = (n, unit) => (n ? numberText(n) + unit : '');
  if (!all) return 'PT0S';
  const clock = part(Math.floor((all % DAY) / 3600), 'H') + part(Math.floor((all % 3600) / 60), 'M') + part(snap(all % 60), 'S');
  return sign + part(Math.floor(all / DAY), 'D') + (clock && `T${clock}`);
}
/** A value as FEEL's string() writes it; null for what only the server can write. */
export function text(v, quote) {
  const t = type(v);
  if (t === 'Null') return 'null';
  if (t === 'string') return quote ? JSON.stringify(v) : v;
  if (t === 'boolean') return String(v);
  if (t === 'number') return numberText(v);
  if (t === 'date') return dateText(v);
  if (t === 'ymd' || t === 'dtd') return durationText(v);
  if (t === 'list') return `[${v.map((x) => text(x, true)).join(', ')}]`;
  if (t === 'range') return v.op ? v.op + text(v.lo ?? v.hi, true) : `${v.li ? '[' : '('}${text(v.lo, true)}..${text(v.hi, true)}${v.ri ? ']' : ')'}`;
  return t === 'context' ? `{${Object.entries(v).map(([k, x]) => `${k}: ${text(x, true)}`).join(', ')}}` : null;
}

const READERS = { number: (s) => snap(+s), date: readDate, 'date and time': readMoment, duration: readDuration };
/** JSON as `rules.plain` writes it, as FEEL values. */
export function fromPlain(json) {
  if (Array.isArray(json)) return json.map(fromPlain);
  if (nil(json) || typeof json !== 'object') return json ?? null;
  if (Object.hasOwn(json, '$')) {
    if (json.$ === 'context') return entries(json.v);
    if (json.$ === 'range') return { $: 'range', lo: fromPlain(json.v[0]), hi: fromPlain(json.v[1]), li: json.v[2], ri: json.v[3], op: json.v[4] };
    return READERS[json.$]?.(json.v) ?? { $: json.$, v: json.v };
  }
  return entries(json);
}
const entries = (json) => Object.fromEntries(Object.entries(json).map(([k, v]) => [k, fromPlain(v)]));
/** FEEL values as JSON that `rules.from_plain` reads. */
export function toPlain(v) {
  const t = type(v);
  if (t === 'list') return v.map(toPlain);
  if (t === 'number') return Number.isSafeInteger(v) ? v : { $: 'number', v: numberText(v) };
  if (t === 'date') return { $: t, v: dateText(v) };
  if (t === 'ymd' || t === 'dtd') return { $: 'duration', v: durationText(v) };
  return t === 'context' ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, toPlain(x)])) : v ?? null;
}

// Three-valued logic, comparison and arithmetic, as rules/feel/compare.py and arithmetic.py have them.
import { DAY, dateOf, dayParts, makeDate, months, nil, own, seconds, snap, snapTo, type } from './values.js';

const ORDERED = new Set(['number', 'string', 'date', 'dt', 'ymd', 'dtd']);
const point = (v) => (v.$ === 'date' ? v.d : v.$ === 'ymd' ? v.m : v.$ ? v.s : v);

export const both = (a, b) => (a === false || b === false ? false : a === true && b === true ? true : null);
export const either = (a, b) => (a === true || b === true ? true : a === false && b === false ? false : null);
export const opposite = (a) => (typeof a === 'boolean' ? !a : null);

export function equal(a, b) {
  if (nil(a) || nil(b)) return nil(a) && nil(b);
  const t = type(a), u = type(b);
  if (t !== u) return t === 'list' && a.length === 1 ? equal(a[0], b) : u === 'list' && b.length === 1 ? equal(a, b[0]) : null;
  if (t === 'list') return a.length === b.length && a.reduce((r, x, i) => both(r, equal(x, b[i])), true);
  if (t === 'context') {
    const k = Object.keys(a);
    return k.length === Object.keys(b).length && k.every((x) => Object.hasOwn(b, x)) && k.reduce((r, x) => both(r, equal(a[x], b[x])), true);
  }
  if (t === 'range') return a.li === b.li && a.ri === b.ri && nil(a.op) === nil(b.op) && equal(a.lo, b.lo) === true && equal(a.hi, b.hi) === true;
  if (t === 'dt') return a.z === b.z && Math.floor(a.s) === Math.floor(b.s);
  return t === 'time' ? a.v === b.v : point(a) === point(b);
}
const ordered = (holds) => (a, b) => {
  const t = type(a);
  return t !== type(b) || !ORDERED.has(t) || (t === 'dt' && a.z !== b.z) ? null : holds(point(a), point(b));
};
export const less = ordered((a, b) => a < b);
const atMost = ordered((a, b) => a <= b);
export const COMPARE = {
  '=': equal, '!=': (a, b) => opposite(equal(a, b)),
  '<': less, '<=': atMost, '>': (a, b) => less(b, a), '>=': (a, b) => atMost(b, a),
};
export const between = (x, lo, hi) => both(atMost(lo, x), atMost(x, hi));
export function covers(r, x) {
  if (r.op === '=' || r.op === '!=') return COMPARE[r.op](x, r.lo);
  if (!r.op && (nil(r.lo) || nil(r.hi))) return null;
  return both(r.op && nil(r.lo) ? true : (r.li ? atMost : less)(r.lo, x), r.op && nil(r.hi) ? true : (r.ri ? atMost : less)(x, r.hi));
}
export function isIn(x, t) {
  if (type(t) === 'range') return covers(t, x);
  if (!Array.isArray(t)) return equal(x, t);
  if (Array.isArray(x) && equal(x, t) === true) return true;
  return t.some((y) => (type(y) === 'range' || (Array.isArray(y) && !Array.isArray(x)) ? isIn(x, y) : equal(x, y)) === true);
}
export function makeRange(lo, hi, li, ri) {
  if (nil(lo) && nil(hi)) return null;
  if (!nil(lo) && !nil(hi) && (type(lo) !== type(hi) || (type(lo) !== 'number' && atMost(lo, hi) === false))) return null;
  return { $: 'range', lo, hi, li, ri };
}
export function oneSided(op, x) {
  if (op === '=' || op === '!=') return { $: 'range', lo: x, hi: x, li: op === '=', ri: op === '=', op };
  return op[0] === '<' ? { $: 'range', lo: null, hi: x, li: false, ri: op === '<=', op } : { $: 'range', lo: x, hi: null, li: op === '>=', ri: false, op };
}

function addMonths(v, n) {
  const [y, m, d] = dayParts(v), all = y * 12 + m - 1 + n, year = Math.floor(all / 12), month = all - year * 12 + 1;
  for (let day = d; day > 27; day--) {
    const made = makeDate(year, month, day);
    if (made) return made;
  }
  return makeDate(year, month, Math.min(d, 28));
}
function add(a, b, sign) {
  const t = type(a), u = type(b);
  if (t === 'number' && u === t) return snap(snapTo(a + sign * b, Math.max(Math.abs(a), Math.abs(b))));
  if (t === 'string' && u === t && sign > 0) return a + b;
  if (t === 'ymd' && u === t) return months(a.m + sign * b.m);
  if (t === 'dtd' && u === t) return seconds(a.s + sign * b.s);
  if (t === 'date' && u === 'ymd') return addMonths(a, sign * b.m);
  if (t === 'date' && u === 'dtd') return dateOf(Math.floor((a.d * DAY + sign * b.s) / DAY));
  if (t === 'dt' && u === 'dtd') return { ...a, s: a.s + sign * b.s };
  if (sign > 0 && (t === 'ymd' || t === 'dtd') && (u === 'date' || u === 'dt')) return add(b, a, 1);
  if (sign < 0 && t === u && t === 'date') return seconds((a.d - b.d) * DAY);
  return sign < 0 && t === u && t === 'dt' && a.z === b.z ? seconds(a.s - b.s) : null;
}
function multiply(a, b) {
  const t = type(a), u = type(b);
  if (t === 'dtd' || t === 'ymd') return u === 'number' ? multiply(b, a) : null;
  if (t !== 'number') return null;
  return u === 'number' ? snap(a * b) : u === 'dtd' ? seconds(snap(a * b.s)) : u === 'ymd' ? months(Math.trunc(snap(a * b.m))) : null;
}
function divide(a, b) {
  const t = type(a), u = type(b);
  if (u === 'number') return !b ? null : t === 'number' ? snap(a / b) : t === 'dtd' ? seconds(snap(a.s / b)) : t === 'ymd' ? months(Math.trunc(snap(a.m / b))) : null;
  return t !== u ? null : t === 'dtd' && b.s ? snap(a.s / b.s) : t === 'ymd' && b.m ? snap(a.m / b.m) : null;
}
export const ARITHMETIC = {
  '+': (a, b) => add(a, b, 1), '-': (a, b) => add(a, b, -1), '*': multiply, '/': divide,
  '**': (a, b) => (type(a) === 'number' && type(b) === 'number' && (a || b) ? snap(a ** b) : null),
};
export function negate(a) {
  const t = type(a);
  return t === 'number' ? -a || 0 : t === 'ymd' ? months(-a.m || 0) : t === 'dtd' ? seconds(-a.s || 0) : null;
}

const PARTS = {
  date: (v) => { const [year, month, day] = dayParts(v); return { year, month, day, weekday: ((((v.d + 3) % 7) + 7) % 7) + 1, hour: 0, minute: 0, second: 0, 'time offset': seconds(0) }; },
  dt: (v) => { const s = v.s + v.o, d = PARTS.date({ d: Math.floor(s / DAY) }), t = s - Math.floor(s / DAY) * DAY; return { ...d, hour: Math.floor(t / 3600), minute: Math.floor((t % 3600) / 60), second: snap(t % 60), 'time offset': v.z ? seconds(v.o) : null }; },
  ymd: (v) => ({ years: Math.trunc(v.m / 12) + 0, months: (v.m % 12) + 0 }),
  dtd: (v) => ({ days: Math.trunc(v.s / DAY) + 0, hours: Math.trunc((v.s % DAY) / 3600) + 0, minutes: Math.trunc((v.s % 3600) / 60) + 0, seconds: snap(v.s % 60) + 0 }),
  range: (v) => ({ start: v.lo, end: v.hi, 'start included': v.li, 'end included': v.ri }),
  context: (v) => v,
};
export const member = (v, name) => (Array.isArray(v) ? v.map((x) => member(x, name)) : Object.hasOwn(PARTS, type(v)) ? own(PARTS[type(v)](v), name) : null);

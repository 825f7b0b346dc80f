// The built-in functions a browser can run: [types of the arguments, implementation]. "?" may be left out; a lone "*" takes them all
// as one list. The names are those of rules/feel/browser.py.
import { both, either, equal, less, ARITHMETIC, COMPARE } from './operators.js';
import { dayOf, dayParts, makeDate, months, nil, own, readDate, readDuration, seconds, snap, snapTo, text, type } from './values.js';

const N = 'number', S = 'string', L = 'list', A = 'any', B = 'boolean', D = 'day';
const all = (f) => ['*', f];
const filled = (f) => all((xs) => (xs.length ? f(xs) : null));
const nums = (f) => filled((xs) => (xs.every((x) => type(x) === N) ? f(xs) : null));
const best = (wins) => filled((xs) => {
  let b = xs[0];
  for (const x of xs.slice(1)) {
    const r = wins(x, b);
    if (r === null) return null;
    if (r) b = x;
  }
  return COMPARE['<='](b, b) ? b : null;
});
const sum = (xs) => (['number', 'dtd', 'ymd'].includes(type(xs[0])) ? xs.reduce((a, b) => (type(a) === type(b) ? ARITHMETIC['+'](a, b) : null)) : null);
const chars = (s) => [...s];
const rest = (f) => [[N, N + '?'], (n, s = 0) => { const k = 10 ** Math.abs(s ?? 0), up = s >= 0; return snap(up ? f(snap(n * k)) / k : f(snap(n / k)) * k) + 0; }];
const rounding = (f) => [[N, N], (n, s) => rest((x) => (x < 0 ? -f(-x) : f(x)))[1](n, Math.trunc(s))];
const isHalf = (x) => snap(x - Math.floor(x)) === 0.5;
const distinct = (xs) => xs.reduce((kept, x) => (kept.some((y) => equal(x, y) === true) ? kept : [...kept, x]), []);
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

function toDate(y, m, d) {
  if (typeof y === 'string') return readDate(y);
  if (y?.$ === 'date' || y?.$ === 'dt') return dayOf(y);
  return [y, m, d].every((x) => type(x) === N) ? makeDate(Math.trunc(y), Math.trunc(m), Math.trunc(d)) : null;
}
function monthsBetween(a, b) {
  const [y, m, d] = dayParts(dayOf(a)), [Y, M, E] = dayParts(dayOf(b));
  const n = (Y - y) * 12 + M - m;
  return months(n > 0 && E < d ? n - 1 : n < 0 && E > d ? n + 1 : n);
}
export const FUNCTIONS = {
  not: [[B], (a) => !a],
  'string length': [[S], (s) => chars(s).length],
  'upper case': [[S], (s) => s.toUpperCase()],
  'lower case': [[S], (s) => s.toLowerCase()],
  contains: [[S, S], (s, m) => s.includes(m)],
  'starts with': [[S, S], (s, m) => s.startsWith(m)],
  'ends with': [[S, S], (s, m) => s.endsWith(m)],
  'substring before': [[S, S], (s, m) => (m && s.includes(m) ? s.slice(0, s.indexOf(m)) : '')],
  'substring after': [[S, S], (s, m) => (!m ? s : s.includes(m) ? s.slice(s.indexOf(m) + m.length) : '')],
  substring: [[S, N, N + '?'], (s, i, n) => {
    const c = chars(s), b = Math.trunc(i) > 0 ? Math.trunc(i) - 1 : Math.max(0, c.length + Math.trunc(i));
    return !Math.trunc(i) || (!nil(n) && n < 1) ? null : c.slice(b, nil(n) ? undefined : b + Math.trunc(n)).join('');
  }],
  number: [[A], (v) => (type(v) === N ? v : typeof v === 'string' && /^-?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?$/.test(v) ? snap(+v) : null)],
  string: [[A], (v) => (nil(v) ? null : text(v))],
  'string join': [[L, S + '?'], (xs, d) => (xs.every((x) => nil(x) || typeof x === 'string') ? xs.filter((x) => !nil(x)).join(d ?? '') : null)],
  count: [[L], (xs) => xs.length],
  'list contains': [[L, A], (xs, e) => xs.some((x) => equal(x, e) === true)],
  sum: filled(sum), product: nums((xs) => xs.reduce(ARITHMETIC['*'])),
  mean: filled((xs) => ARITHMETIC['/'](sum(xs), xs.length)),
  min: best(less), max: best((a, b) => less(b, a)),
  all: all((xs) => xs.reduce((r, x) => both(r, typeof x === 'boolean' ? x : null), true)),
  any: all((xs) => xs.reduce((r, x) => either(r, typeof x === 'boolean' ? x : null), false)),
  append: ['+', (xs, ...more) => [...(Array.isArray(xs) ? xs : [xs]), ...more]],
  'distinct values': [[L], distinct],
  reverse: [[L], (xs) => [...xs].reverse()],
  flatten: [[L], (xs) => xs.flat(Infinity)],
  'index of': [[L, A], (xs, m) => xs.flatMap((x, i) => (equal(x, m) === true ? [i + 1] : []))],
  floor: rest(Math.floor), ceiling: rest(Math.ceil),
  'round up': rounding(Math.ceil), 'round down': rounding(Math.floor),
  'round half up': rounding((x) => Math.floor(snap(x + 0.5))), 'round half down': rounding((x) => Math.ceil(snap(x - 0.5))),
  decimal: rounding((x) => (isHalf(x) ? 2 * Math.round(x / 2) : Math.round(x))),
  abs: [[A], (x) => (type(x) === N ? Math.abs(x) : x?.$ === 'ymd' ? months(Math.abs(x.m)) : x?.$ === 'dtd' ? seconds(Math.abs(x.s)) : null)],
  modulo: [[N, N], (a, b) => (b ? snapTo(a - b * Math.floor(snap(a / b)), a) : null)],
  sqrt: [[N], (n) => (n >= 0 ? snap(Math.sqrt(n)) : null)],
  odd: [[N], (n) => Math.abs(n % 2) === 1], even: [[N], (n) => n % 2 === 0],
  date: [[A, N + '?', N + '?'], toDate],
  duration: [[A], (v) => (typeof v === 'string' ? readDuration(v) : v?.$ === 'ymd' || v?.$ === 'dtd' ? v : null)],
  'years and months duration': [[D, D], monthsBetween],
  'day of week': [[D], (d) => DAYS[(((dayOf(d).d + 3) % 7) + 7) % 7]],
  'day of year': [[D], (d) => dayOf(d).d - makeDate(dayParts(dayOf(d))[0], 1, 1).d + 1],
  'month of year': [[D], (d) => MONTHS[dayParts(dayOf(d))[1] - 1]],
  'get value': [['context', A], (c, k) => (Array.isArray(k) ? (k.length ? k.reduce((v, x) => (type(v) === 'context' ? own(v, x) : null), c) : null) : typeof k === 'string' ? own(c, k) : null)],
  is: [[A + '?', A + '?'], (a, b) => type(a) === type(b) && equal(a, b) === true],
};

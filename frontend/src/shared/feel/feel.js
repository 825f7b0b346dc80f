// Runs the syntax tree that rules.compile() makes (rules/feel/ast.py says what is in it). No parser, no eval.
//   evaluate(ast, context, {today: '2026-01-31'})   context and answer are plain JSON as rules.plain() has them
import { ARITHMETIC, COMPARE, between, both, covers, either, isIn, makeRange, member, negate, oneSided, opposite } from './operators.js';
import { FUNCTIONS } from './functions.js';
import { fromPlain, makeDate, nil, own, readDate, readLiteral, toPlain, type } from './values.js';

const VERSION = 1;
const STEPS = 100000;

class Run {
  constructor(today) {
    this.steps = STEPS;
    this.today = today;
  }
  spend(n = 1) {
    this.steps -= n;
    if (this.steps < 0) throw new RangeError('the expression does too much work');
  }
}
const localDay = () => { const n = new Date(); return makeDate(n.getFullYear(), n.getMonth() + 1, n.getDate()); };
const copy = (scope) => Object.assign(Object.create(null), scope);

/** The value of an expression as FEEL value; `scope` holds FEEL values (see fromPlain). Throws for what is not for browsers. */
export function run(ast, scope, { today } = {}) {
  if (ast.v !== VERSION) throw new Error(`syntax tree of version ${ast.v}`);
  return ev(ast.e, copy(scope), new Run(today ? readDate(today) : localDay())) ?? null;
}
export const evaluate = (ast, context, options) => toPlain(run(ast, fromPlain(context), options));
export const holds = (ast, context, options) => run(ast, fromPlain(context), options) === true;
export { fromPlain, toPlain };

function fit(t, v) {
  const optional = t.endsWith('?'), kind = optional ? t.slice(0, -1) : t;
  if (kind === 'any') return v ?? null;
  if (nil(v)) return optional ? null : undefined;
  if (kind === 'list') return Array.isArray(v) ? v : [v];
  const x = Array.isArray(v) && v.length === 1 ? v[0] : v, found = type(x);
  return found === kind || (kind === 'day' && (found === 'date' || found === 'dt')) ? x : undefined;
}
function invoke(f, args, R) {
  R.spend(1 + args.reduce((n, a) => n + (Array.isArray(a) ? a.length : typeof a === 'string' ? a.length / 50 : 0), 0));
  if (typeof f === 'function') return f(...args) ?? null;
  if (!Array.isArray(f) || !BUILTIN.has(f)) return type(f) === 'range' && args.length === 1 ? covers(f, args[0]) : null;
  const [types, body] = f;
  if (types === '*') return args.length ? body(args.length === 1 && Array.isArray(args[0]) ? args[0] : args) ?? null : null;
  if (types === '+') return args.length > (body.length || 0) ? body(...args) : null;
  if (args.length > types.length || args.length < types.filter((t) => !t.endsWith('?')).length) return null;
  const fitted = args.map((a, i) => fit(types[i], a));
  return fitted.includes(undefined) ? null : body(...fitted) ?? null;
}
const BUILTIN = new Set(Object.values(FUNCTIONS));

function counted(lo, hi, R) {
  const t = type(lo);
  if (t !== type(hi) || (t !== 'number' && t !== 'date')) return null;
  const a = t === 'date' ? lo.d : Math.trunc(lo), b = t === 'date' ? hi.d : Math.trunc(hi), n = Math.abs(b - a) + 1;
  R.spend(n);
  return Array.from({ length: n }, (_, i) => { const k = a <= b ? a + i : a - i; return t === 'date' ? { $: t, d: k } : k; });
}
function itemsOf(x, R) {
  if (Array.isArray(x)) return x;
  if (type(x) !== 'range') return nil(x) ? null : [x];
  const items = x.op ? null : counted(x.lo, x.hi, R);
  return items && items.slice(x.li ? 0 : 1, x.ri ? undefined : -1);
}
function loop(turns, k, scope, R, body) {
  if (k === turns.length) { body(scope); return true; }
  const [name, low, high] = turns[k], lo = ev(low, scope, R), items = high ? counted(lo, ev(high, scope, R), R) : itemsOf(lo, R);
  if (items === null) return false;
  return items.every((x) => { R.spend(); const inner = copy(scope); inner[name] = x; return loop(turns, k + 1, inner, R, body); });
}
const asks = (node) => Array.isArray(node) && (node[0] === '?' || node.some(asks));
function test([op, node], x, scope, R) {
  if (op !== 'e') return COMPARE[op](x, ev(node, scope, R));
  if (!asks(node)) return isIn(x, ev(node, scope, R));
  const inner = copy(scope);
  inner['?'] = x;
  const answer = ev(node, inner, R);
  return typeof answer === 'boolean' || nil(answer) ? answer ?? null : isIn(x, answer);
}
const tests = (ts, x, scope, R) => { const rs = ts.map((t) => test(t, x, scope, R)); return rs.length === 1 ? rs[0] : rs.reduce(either, false); };

function pick(items, n) {
  return Number.isInteger(n) && n && Math.abs(n) <= items.length ? items.at(n > 0 ? n - 1 : n) ?? null : null;
}
function filter(items, node, scope, R) {
  if (node[0] === 'num') return nil(items) ? null : pick(Array.isArray(items) ? items : [items], +node[1]);
  if (nil(items)) return [];
  const kept = [];
  for (const [i, x] of (Array.isArray(items) ? items : [items]).entries()) {
    R.spend();
    const inner = copy(scope);
    inner.item = x;
    if (type(x) === 'context') Object.assign(inner, x);
    const answer = ev(node, inner, R);
    if (!i && typeof answer === 'number') return pick(Array.isArray(items) ? items : [items], answer);
    if (answer === true) kept.push(x);
  }
  return kept;
}
const KINDS = { ymd: 'years and months duration', dtd: 'days and time duration', dt: 'date and time' };
const RULES = {
  num: (a) => +a[1], str: (a) => a[1], true: () => true, false: () => false, null: () => null, at: (a) => readLiteral(a[1]),
  '?': (a, s) => own(s, '?'),
  var: (a, s, R) => (Object.hasOwn(s, a[1]) ? s[a[1]] : a[1] === 'today' ? () => R.today : own(FUNCTIONS, a[1])),
  and: (a, s, R) => { const x = ev(a[1], s, R); return x === false ? false : both(x, ev(a[2], s, R)); },
  or: (a, s, R) => { const x = ev(a[1], s, R); return x === true ? true : either(x, ev(a[2], s, R)); },
  if: (a, s, R) => ev(a[ev(a[1], s, R) === true ? 2 : 3], s, R),
  neg: (a, s, R) => negate(ev(a[1], s, R)),
  between: (a, s, R) => between(ev(a[1], s, R), ev(a[2], s, R), ev(a[3], s, R)),
  in: (a, s, R) => tests(a[2], ev(a[1], s, R), s, R),
  cell: (a, s, R) => { if (!a[2].length) return true; const r = tests(a[2], own(s, '?'), s, R); return a[1] ? opposite(r) : r; },
  '.': (a, s, R) => member(ev(a[1], s, R), a[2]),
  '[]': (a, s, R) => filter(ev(a[1], s, R), a[2], s, R),
  list: (a, s, R) => { R.spend(1 + a[1].length / 8); return a[1].map((x) => ev(x, s, R)); },
  ctx: (a, s, R) => {
    const made = {}, inner = copy(s);
    for (const [k, x] of a[1]) {
      if (Object.hasOwn(made, k)) return null;
      Object.defineProperty(made, k, { value: (inner[k] = ev(x, inner, R)), enumerable: true, writable: true, configurable: true });
    }
    return made;
  },
  range: (a, s, R) => makeRange(ev(a[2], s, R), ev(a[3], s, R), a[1], a[4]),
  urange: (a, s, R) => oneSided(a[1], ev(a[2], s, R)),
  call: (a, s, R) => invoke(ev(a[1], s, R), a[2].map((x) => ev(x, s, R)), R),
  fn: (a, s, R) => (...args) => (args.length === a[1].length ? ev(a[2], Object.assign(copy(s), Object.fromEntries(a[1].map(([n], i) => [n, args[i]]))), R) : null),
  for: (a, s, R) => {
    const made = [];
    return loop(a[1], 0, s, R, (inner) => { inner.partial = made; made.push(ev(a[2], inner, R)); }) ? made : null;
  },
  some: (a, s, R) => quantified(a, s, R, true), every: (a, s, R) => quantified(a, s, R, false),
  is: (a, s, R) => { const x = ev(a[1], s, R), t = type(x), n = a[2][1]; return n === 'Any' ? !nil(x) : n === (KINDS[t] ?? t); },
};
function quantified(a, s, R, wanted) {
  const rs = [];
  if (!loop(a[1], 0, s, R, (inner) => { rs.push(ev(a[2], inner, R)); })) return null;
  return rs.includes(wanted) ? wanted : rs.some((r) => typeof r !== 'boolean') ? null : !wanted;
}
function ev(a, s, R) {
  const op = a[0];
  if (Object.hasOwn(COMPARE, op)) return COMPARE[op](ev(a[1], s, R), ev(a[2], s, R));
  if (Object.hasOwn(ARITHMETIC, op)) { const made = ARITHMETIC[op](ev(a[1], s, R), ev(a[2], s, R)); if (typeof made === 'string') R.spend(made.length / 50); return made; }
  if (!Object.hasOwn(RULES, op)) throw new Error(`not for browsers: ${op}`);
  return RULES[op](a, s, R) ?? null;
}

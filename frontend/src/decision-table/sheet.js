// The sheet: rows and columns as plain values; every change gives a new one.
import { any } from './cells.js';

export const PARTS = ['inputs', 'outputs', 'annotations'];
export const NO_TESTS = [];

/** The columns of the grid, in order: which part, which number in it, and what the column is. */
export function columns(sheet) {
  return PARTS.flatMap((part) => sheet[part].map((column, place) => ({ part, place, column })));
}

export const cellAt = (sheet, row, { part, place }) => sheet.rules[row][part][place];
const swapIn = (list, place, value) => list.map((one, each) => (each === place ? value : one));
const without = (list, place) => list.filter((_, each) => each !== place);
const into = (list, place, value) => [...list.slice(0, place), value, ...list.slice(place)];

export const put = (sheet, row, { part, place }, value) => ({ ...sheet, rules: swapIn(sheet.rules, row, { ...sheet.rules[row], [part]: swapIn(sheet.rules[row][part], place, value) }) });
export const blank = (part) => (part === 'annotations' ? '' : any);

/** A new id that nothing in the sheet has yet: `fee_7`. */
export function freshId(sheet, id, infix = '') {
  const taken = new Set([...sheet.rules, ...sheet.inputs, ...sheet.outputs].map((one) => one.id));
  let number = sheet.rules.length + 1;
  while (taken.has(`${id}${infix}_${number}`)) number += 1;
  return `${id}${infix}_${number}`;
}

const emptyRow = (sheet, id) => ({ id: freshId(sheet, id), description: '', inputs: sheet.inputs.map(() => any), outputs: sheet.outputs.map(() => any), annotations: sheet.annotations.map(() => '') });
export const addRow = (sheet, place, id, row = null) => ({ ...sheet, rules: into(sheet.rules, place, row ? { ...structuredClone(row), id: freshId(sheet, id) } : emptyRow(sheet, id)) });
export const removeRows = (sheet, from, to) => ({ ...sheet, rules: sheet.rules.filter((_, each) => each < from || each > to) });

export function moveRow(sheet, from, to) {
  return { ...sheet, rules: into(without(sheet.rules, from), to, sheet.rules[from]) };
}

export function addColumn(sheet, part, column) {
  const place = sheet[part].length;
  return { ...sheet, [part]: [...sheet[part], column], rules: sheet.rules.map((rule) => ({ ...rule, [part]: into(rule[part], place, blank(part)) })) };
}

export function removeColumn(sheet, { part, place }) {
  return { ...sheet, [part]: without(sheet[part], place), rules: sheet.rules.map((rule) => ({ ...rule, [part]: without(rule[part], place) })) };
}

export function moveColumn(sheet, { part, place }, to) {
  const turn = (list) => into(without(list, place), to, list[place]);
  return { ...sheet, [part]: turn(sheet[part]), rules: sheet.rules.map((rule) => ({ ...rule, [part]: turn(rule[part]) })) };
}

export const setColumn = (sheet, { part, place }, column) => ({ ...sheet, [part]: swapIn(sheet[part], place, column) });

/** The type and the known values of a column, as editors and words want them. */
export function about(data, sheet, { part, place }) {
  const column = sheet[part][place];
  if (part === 'annotations') return { type: 'note' };
  const known = part === 'inputs' ? data.known.find((one) => one.text === column.text) : null;
  const values = known?.values ?? listed(column.allowed) ?? data.values[`${part === 'inputs' ? 'input' : 'output'} ${place + 1}`];
  return { type: column.type === 'Any' || !column.type ? (known?.type ?? spoken(sheet, part, place)) : column.type, values, asked: known?.asked, label: known?.label, closed: Boolean(known?.values) };
}

/** What a column without a type holds, by the values in its rows: text unless all of them are something else. */
function spoken(sheet, part, place) {
  const kinds = new Set(sheet.rules.flatMap((rule) => rule[part][place]?.values ?? []).map((value) => value?.$ ?? { number: 'number', boolean: 'boolean' }[typeof value] ?? 'string'));
  const [kind] = kinds;
  return kinds.size === 1 && ['number', 'boolean', 'date'].includes(kind) ? kind : 'string';
}

/** "a", "b" of FEEL as values; null for anything else. */
function listed(allowed) {
  if (!allowed || !/^\s*"[^"\\]*"(\s*,\s*"[^"\\]*")*\s*$/.test(allowed)) return null;
  return [...allowed.matchAll(/"([^"]*)"/g)].map(([, value]) => ({ value, label: { id: value, en: value } }));
}

/** Rows that apply from a day on: what was there ends before it, and a copy of each begins with it. Rows that ended before stay. */
export function fromDay(sheet, day, chosen, id, place) {
  const date = { $: 'date', v: day };
  const rules = [];
  let made = { ...sheet, rules };
  const copies = [];
  sheet.rules.forEach((rule, number) => {
    const cell = rule.inputs[place];
    const turned = chosen.includes(number) ? split(cell, date) : null;
    rules.push(turned ? { ...rule, inputs: swapIn(rule.inputs, place, turned[0]) } : rule);
    if (turned) {
      const copy = { ...structuredClone(rule), inputs: swapIn(structuredClone(rule.inputs), place, turned[1]) };
      copies.push(number);
      rules.push(copy);
      copy.id = '';
    }
  });
  rules.forEach((rule) => { if (!rule.id) { rule.id = freshId(made, id); made = { ...made }; } });
  return { sheet: { ...sheet, rules }, count: copies.length };
}

function split(cell, date) {
  if (cell.kind === 'any') return [{ kind: '<', values: [date] }, { kind: '>=', values: [date] }];
  if (cell.kind === '>=' && cell.values[0].v < date.v) return [{ kind: 'between', values: [cell.values[0], date], low_in: true, high_in: false }, { kind: '>=', values: [date] }];
  if (cell.kind === '<' && cell.values[0].v > date.v) return [{ kind: '<', values: [date] }, { kind: 'between', values: [date, cell.values[0]], low_in: true, high_in: false }];
  return null;
}

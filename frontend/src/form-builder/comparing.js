// What an answer can be compared with in a row of a condition: by how its kind reads, so that a kind added later is asked rightly too.
const FILLED = ['is filled', 'is empty'];
const ONE = ['=', '!=', 'is one of', 'is none of', ...FILLED];
const OPERATORS = {
  number: ['=', '!=', '<', '<=', '>', '>=', 'is between', ...FILLED],
  boolean: ['=', ...FILLED],
  date: ['=', '<', '<=', '>', '>=', ...FILLED],
  choices: ['includes', ...FILLED],
  text: ['=', '!=', 'contains', ...FILLED],
};
// where the catalogue is not at hand, as in the designer
const READS = { choice: 'text', select: 'text', text: 'text', textarea: 'text', yes_no: 'boolean', number: 'number', rupiah: 'number', year: 'number', date: 'date', choices: 'choices' };
const RESULTS = { number: 'number', rupiah: 'number', text: 'text', date: 'date', yes_no: 'boolean' };

export const BARE = new Set(FILLED);
export const MANY = new Set(['is one of', 'is none of']);

/** How the answer to a question reads: number, boolean, date, choices, text, or another word for what rows only ask whether it is there. */
export function readsAs(item, kinds) {
  const value = kinds?.get(item?.kind)?.value ?? READS[item?.kind];
  return value === 'figure' ? RESULTS[item.result ?? 'number'] : value;
}

/** The comparisons that a row offers for a question. `few`: those that can be said there, by kind, where not all can. */
export function operatorsOf(item, kinds, few) {
  if (few) return few[item?.kind] ?? ['is filled'];
  const reads = readsAs(item, kinds);
  return item?.choices && reads === 'text' ? ONE : OPERATORS[reads] ?? FILLED;
}

/** A row on another question, as it begins. */
export const blank = (field, item, kinds, few) => ({ field, operator: operatorsOf(item, kinds, few)[0], value: readsAs(item, kinds) === 'boolean' ? true : null });

/** The row with another comparison; what can stay of the value stays. */
export function turned(row, operator) {
  const [first = null] = [row.value].flat();
  const value = BARE.has(operator) ? null : MANY.has(operator) ? [row.value].flat().filter((one) => one !== null && one !== undefined) : operator === 'is between' ? [null, null] : first;
  return { ...row, operator, value };
}

const said = (value) => value !== null && value !== undefined && value !== '';

/** Whether the server can write the row. */
export function complete({ field, operator, value }) {
  if (!field) return false;
  if (BARE.has(operator)) return true;
  if (MANY.has(operator)) return value?.length > 0;
  return operator === 'is between' ? value?.length === 2 && value.every(said) : said(value);
}

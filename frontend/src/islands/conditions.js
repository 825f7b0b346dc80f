// Shows and hides questions and works out calculations while one answers, by the syntax trees the server sends. The server decides again
// on sending: a question it would not ask is ignored, and so is every result, whatever arrived.
import { answers, rowOf } from '../shared/answers.js';
import { evaluate, holds } from '../shared/feel/feel.js';
import { lang } from '../shared/words.js';

const ROUNDS = 8; // a hidden answer can hide the next one, and so on
const parsed = (root, name, key) => [...root.querySelectorAll(`[data-${name}]`)].map((question) => ({ question, tree: JSON.parse(question.dataset[key]) }));

export default function conditions(root) {
  const form = root.closest('form') ?? root;
  const facts = JSON.parse(root.dataset.facts || '{}');
  const asked = parsed(root, 'show-when', 'showWhen');
  const figures = parsed(root, 'figure', 'figure');
  const run = () => settle(root, facts, asked, figures);
  form.addEventListener('input', run);
  form.addEventListener('change', run);
  run();
}

function settle(root, facts, asked, figures) {
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = answers(root);
    const context = { ...facts, [root.dataset.form]: { ...facts[root.dataset.form], ...found } };
    const seen = (question) => ({ ...context, row: rowOf(question, found) });
    const worked = figures.filter(({ question, tree }) => put(question.querySelector('output'), result(tree, seen(question))));
    const turned = asked.filter(({ question, tree }) => turn(question, shown(tree, seen(question))));
    if (!worked.length && !turned.length) break;
  }
  for (const box of root.querySelectorAll('input, select, textarea')) rest(box, Boolean(box.closest('[data-show-when][hidden]')));
}

function shown(tree, context) {
  try {
    return holds(tree, context);
  } catch {
    return true; // what this browser cannot work out is asked; the server decides
  }
}

function result(tree, context) {
  try {
    return evaluate(tree, context);
  } catch {
    return undefined; // stays as the server wrote it
  }
}

function put(output, value) {
  const now = JSON.stringify(value);
  if (value === undefined || output.dataset.now === now) return false;
  output.dataset.now = now;
  output.textContent = value === null ? '–' : written(value, output.dataset);
  return true;
}

function written(value, { result: sort, decimals, unit, yes, no }) {
  const marks = lang === 'en' && sort !== 'rupiah' ? 'en-GB' : 'id-ID';
  if (sort === 'yes_no') return value ? yes : no;
  if (sort === 'date') return new Date(`${value.v}T00:00:00Z`).toLocaleDateString(marks, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const number = Number(value?.v ?? value);
  if (sort === 'text' || Number.isNaN(number)) return String(value);
  const text = number.toLocaleString(marks, { maximumFractionDigits: sort === 'rupiah' ? 0 : Number(decimals) });
  return sort === 'rupiah' ? `Rp${text}` : `${text} ${unit}`.trim();
}

function turn(question, show) {
  if (question.hidden === !show) return false;
  question.hidden = !show;
  return true;
}

// A hidden box is not sent: neither its text nor a photo of many megabytes.
function rest(box, hidden) {
  if (hidden && !box.disabled) {
    box.disabled = true;
    box.dataset.resting = '';
  } else if (!hidden && 'resting' in box.dataset) {
    box.disabled = false;
    delete box.dataset.resting;
  }
}

// Shows and hides questions while one answers, by the syntax trees the server sends. The server decides again on sending:
// a question it would not ask is ignored, whatever arrived.
import { answers, rowOf } from '../shared/answers.js';
import { holds } from '../shared/feel/feel.js';

const ROUNDS = 8; // a hidden answer can hide the next one, and so on

export default function conditions(root) {
  const form = root.closest('form') ?? root;
  const facts = JSON.parse(root.dataset.facts || '{}');
  const asked = [...root.querySelectorAll('[data-show-when]')].map((question) => ({ question, tree: JSON.parse(question.dataset.showWhen) }));
  const run = () => settle(root, facts, asked);
  form.addEventListener('input', run);
  form.addEventListener('change', run);
  run();
}

function settle(root, facts, asked) {
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = answers(root);
    const context = { ...facts, [root.dataset.form]: { ...facts[root.dataset.form], ...found } };
    const changed = asked.filter(({ question, tree }) => turn(question, shown(tree, { ...context, row: rowOf(question, found) })));
    if (!changed.length) break;
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

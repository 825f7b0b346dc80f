// Runs syntax trees in node: cases as JSON on stdin, answers as JSON on stdout.
import { readFileSync } from 'node:fs';
import { evaluate } from '../frontend/src/shared/feel/feel.js';

const cases = JSON.parse(readFileSync(0, 'utf8'));
const answers = cases.map(({ ast, context, today }) => {
  try {
    return evaluate(ast, context, { today: today ?? '2026-01-15' });
  } catch (error) {
    return { error: error.message };
  }
});
process.stdout.write(JSON.stringify(answers));

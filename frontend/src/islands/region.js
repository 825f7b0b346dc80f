// Province -> regency -> district -> village: a choice fetches the next list.
// <div data-island="region" data-source="/regions"> with <select>s in their order; the API answers [{"value", "label"}].
import { words } from '../shared/words.js';

const turns = new WeakMap(); // of each list: how often it was emptied; an answer that comes after another choice is none

export default function region(root) {
  const selects = [...root.querySelectorAll('select')];
  selects.forEach((select, place) => {
    select.addEventListener('change', () => fill(root, select.value, selects.slice(place + 1)));
  });
}

async function fill(root, parent, following) {
  following.forEach((select) => {
    select.length = 1;
    select.removeAttribute('aria-busy');
    turns.set(select, (turns.get(select) ?? 0) + 1);
    select.closest('[data-empty]')?.setAttribute('data-empty', '');
  });
  const [next] = following;
  if (!parent || !next) return;
  const turn = turns.get(next);
  const late = () => turns.get(next) !== turn;
  next.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(`${root.dataset.source}?parent=${encodeURIComponent(parent)}`, { headers: { Accept: 'application/json' } });
    if (!answer.ok) throw new Error(String(answer.status));
    const places = await answer.json();
    if (late()) return;
    for (const option of places) next.add(new Option(option.label, option.value));
    next.closest('[data-empty]')?.removeAttribute('data-empty');
    say(root, '');
  } catch {
    if (!late()) say(root, words.offline);
  } finally {
    if (!late()) next.removeAttribute('aria-busy');
  }
}

function say(root, text) {
  let line = root.querySelector('[role=status]');
  if (!line) {
    line = document.createElement('p');
    line.className = 'govuk-hint';
    line.setAttribute('role', 'status');
    root.append(line);
  }
  line.textContent = text;
}

// What was typed but not sent survives a lost connection: in this browser only, for seven days.
// <form data-keep="case/page/revision">; never files, passwords, or questions marked data-private.
import { del, get, set } from 'idb-keyval';
import { words } from '../shared/words.js';

const SENT = 'loket-sent'; // in this tab: the key of the form that was sent last, until the next page shows what became of it
const A_WEEK = 7 * 24 * 60 * 60 * 1000;
const PAUSE = 600;

// What was sent is forgotten as soon as a page shows that it arrived. A page that says the opposite (signed out, too many tries,
// our own fault) carries data-untaken; and going back or loading again proves nothing.
async function settle() {
  const key = sessionStorage.getItem(SENT);
  if (!key) return;
  sessionStorage.removeItem(SENT);
  const [visit] = performance.getEntriesByType('navigation');
  if (visit?.type === 'navigate' && !document.querySelector('[data-untaken]')) await del(key);
}

export default async function keep(form) {
  try {
    await settle();
  } catch {
    return; // a private window without storage: nothing is kept
  }
  if (!form.dataset.keep) return;
  const key = `keep:${form.dataset.keep}`;
  try {
    const kept = await get(key);
    if (kept && Date.now() - kept.at > A_WEEK) await del(key);
    else if (kept && !document.querySelector('.govuk-error-summary')) restore(form, kept.answers);
  } catch {
    return; // a private window without storage: nothing is kept
  }
  let timer;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => set(key, { at: Date.now(), answers: typed(form) }), PAUSE);
  });
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    set(key, { at: Date.now(), answers: typed(form) });
    sessionStorage.setItem(SENT, key);
  });
}

function typed(form) {
  return [...form.elements].filter(keepable).filter((field) => !choice(field) || field.checked).map((field) => [field.name, field.value]);
}

const choice = (field) => field.type === 'radio' || field.type === 'checkbox';

function keepable(field) {
  return field.name && !['file', 'password', 'hidden', 'submit', 'button'].includes(field.type) && !field.closest('[data-private]');
}

function restore(form, answers) {
  let changed = false;
  for (const field of [...form.elements].filter(keepable)) {
    const mine = answers.filter(([name]) => name === field.name).map(([, value]) => value);
    if (choice(field)) {
      const checked = mine.includes(field.value);
      if (checked && !field.checked) { field.checked = true; changed = true; }
    } else if (mine.length && !field.value) {
      [field.value] = mine;
      changed = changed || Boolean(mine[0]);
    }
  }
  if (!changed) return;
  form.dispatchEvent(new Event('input', { bubbles: true }));
  const line = document.createElement('p');
  line.className = 'govuk-inset-text';
  line.setAttribute('role', 'status');
  line.textContent = words.kept;
  form.prepend(line);
}

// What was typed but not sent survives a lost connection: in this browser only, for seven days.
// <form data-keep="task/page">; never files, passwords, or questions marked data-private (identity numbers, privacy class special).
// data-forget: on a shared device nothing is kept, and what was kept before goes. <form data-sends="task/">: what is sent for good.
import { del, get, keys, set } from 'idb-keyval';
import { words } from '../shared/words.js';

const SENT = 'loket-sent'; // in this tab: what was sent last, until the next page shows what became of it (site.js writes it too)
const AGAIN = 'loket-again'; // in this tab: it did not reach the office, and loading the page again sends it once more
const KEPT = 'keep:';
const A_WEEK = 7 * 24 * 60 * 60 * 1000;
const PAUSE = 600;

// What was sent is forgotten as soon as a page shows that it arrived. A page that says the opposite (signed out, too many tries,
// no connection, our own fault) carries data-untaken; and going back or loading again proves nothing, unless it sends again.
async function settle() {
  const sent = sessionStorage.getItem(SENT);
  if (!sent) return;
  if (document.querySelector('[data-again]')) return sessionStorage.setItem(AGAIN, sent);
  const arrives = sessionStorage.getItem(AGAIN) === sent ? 'reload' : 'navigate';
  sessionStorage.removeItem(SENT);
  sessionStorage.removeItem(AGAIN);
  const [visit] = performance.getEntriesByType('navigation');
  if (visit?.type === arrives && !document.querySelector('[data-untaken]')) await forget(sent);
}

// One page, or with a slash or colon at the end everything below.
async function forget(sent) {
  const below = /[/:]$/.test(sent);
  for (const key of await keys()) if (key === sent || (below && String(key).startsWith(sent))) await del(key);
}

export default async function keep(form) {
  if (form.dataset.keep !== undefined) form.addEventListener('submit', (event) => { if (!navigator.onLine) wait(form, event); });
  try {
    await settle();
    if (form.dataset.forget !== undefined) await forget(KEPT);
    if (form.dataset.keep) await hold(form, KEPT + form.dataset.keep);
  } catch {
    // a private window without storage: nothing is kept
  }
}

async function hold(form, key) {
  const kept = await get(key);
  if (kept && Date.now() - kept.at > A_WEEK) await del(key);
  else if (kept && !document.querySelector('.govuk-error-summary')) restore(form, kept.answers);
  const save = () => set(key, { at: Date.now(), answers: typed(form) }).catch(() => {});
  let timer;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener('submit', (event) => {
    clearTimeout(timer);
    save();
    if (!event.defaultPrevented) sessionStorage.setItem(SENT, key);
  });
}

// Without a connection the page stays where it is, with all that was typed, and says so.
function wait(form, event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  const button = event.submitter;
  form.querySelector('.app-unsent')?.remove();
  const box = made('div', { className: 'govuk-inset-text app-unsent' });
  const again = made('button', { type: 'button', className: 'govuk-button govuk-button--secondary', textContent: words.retry });
  box.setAttribute('role', 'alert');
  again.addEventListener('click', () => form.requestSubmit(button));
  box.append(made('p', { className: 'govuk-body', textContent: words.unsent }), again);
  (form.querySelector('.loket-actions') ?? form).before(box);
  again.focus();
}

const made = (tag, values) => Object.assign(document.createElement(tag), values);
const choice = (field) => field.type === 'radio' || field.type === 'checkbox';

function keepable(field) {
  return field.name && !['file', 'password', 'hidden', 'submit', 'button'].includes(field.type) && !field.closest('[data-private]');
}

// Each box as it is, and as the server sent it: what the server has changed meanwhile goes before what was typed.
function typed(form) {
  return boxes(form).map(([name, field]) => [name, state(field), sent(field)]);
}

function restore(form, answers) {
  const kept = new Map(answers.map(([name, ...both]) => [name, both]));
  let changed = false;
  for (const [name, field] of boxes(form)) {
    const [mine, before] = kept.get(name) ?? [];
    if (mine === undefined || mine === before || state(field) !== before) continue;
    if (choice(field)) field.checked = mine; else field.value = mine;
    changed = changed || state(field) === mine;
  }
  if (!changed) return;
  form.dispatchEvent(new Event('input', { bubbles: true }));
  const line = made('p', { className: 'govuk-inset-text', textContent: words.kept });
  line.setAttribute('role', 'status');
  form.prepend(line);
}

// The boxes under names that stand once: of several with one name each has its number or its value.
function boxes(form) {
  const count = {};
  return [...form.elements].filter(keepable).map((field) => {
    const { name } = field;
    count[name] = (count[name] ?? 0) + 1;
    return [choice(field) ? `${name}=${field.value}` : `${name}#${count[name]}`, field];
  });
}

const state = (field) => (choice(field) ? field.checked : field.value);

function sent(field) {
  if (choice(field)) return field.defaultChecked;
  if (field.options) return ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value ?? '';
  return field.defaultValue;
}

// Sends each chosen file at once, with a bar; a cut connection is told and the file sent again with one press. Without this part, or
// when the sending fails, the file stays in its box and goes with the page.
// <form data-upload="…">: answers {id, name, size, address}, or 422 {text}.
import { lang, words } from '../shared/words.js';
import { settled } from './shrink.js';

const SILENCE = 60_000; // milliseconds without any progress: the connection is gone
const sending = new Set();

export default function uploads(form) {
  form.addEventListener('change', ({ target }) => chosen(target) && track(form, target));
  form.addEventListener('submit', (event) => {
    if (!sending.size) return;
    event.preventDefault();
    const button = event.submitter;
    Promise.allSettled([...sending]).then(() => form.requestSubmit(button));
  });
  // on a slow line a file may be chosen before this part comes
  for (const input of [...form.elements].filter(chosen)) input.dispatchEvent(new Event('change', { bubbles: true }));
}

const chosen = (input) => input.type === 'file' && input.files.length > 0 && input.name.endsWith('.new');

function track(form, input) {
  // a moment later: the part that shrinks photos hears of the same choice
  const job = new Promise((later) => { setTimeout(later); }).then(() => settled(input)).then(() => sendAll(form, input));
  sending.add(job);
  job.finally(() => sending.delete(job));
}

async function sendAll(form, input) {
  const line = lineOf(input);
  const files = [...input.files];
  for (const [number, file] of files.entries()) {
    if (file.size > Number(input.dataset.maxBytes)) return line.say(words.large(file.name, readable(Number(input.dataset.maxBytes))), true);
    const answer = await send(form, input, file, line);
    if (answer.status === 422) return line.say(answer.body.text, true);
    if (answer.status !== 200) {
      leave(input, files.slice(number));
      return line.retry(answer.status === 401 ? words.signedOut : words.cut(file.name), () => track(form, input));
    }
    keep(input, answer.body);
  }
  leave(input, []);
  return line.say(words.sent(files.map((file) => file.name).join(', ')));
}

function send(form, input, file, line) {
  const body = new FormData();
  body.append('csrf_token', form.querySelector('[name=csrf_token]').value);
  body.append('_question', input.name.replace(/\.new$/, ''));
  body.append(input.name, file, file.name);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    let watch;
    const alive = () => { clearTimeout(watch); watch = setTimeout(() => request.abort(), SILENCE); };
    const end = (status) => { clearTimeout(watch); done({ status, body: request.response ?? {} }); };
    request.open('POST', form.dataset.upload);
    request.responseType = 'json';
    request.setRequestHeader('Accept', 'application/json');
    request.upload.onprogress = (event) => { alive(); line.progress(event.loaded, event.total, file.name); };
    request.onload = () => end(request.status);
    request.onerror = request.onabort = request.ontimeout = () => end(0);
    alive();
    request.send(body);
  });
}

// The files that are still to be sent stay in the box; the label of the box follows.
function leave(input, files) {
  const rest = new DataTransfer();
  files.forEach((file) => rest.items.add(file));
  input.files = rest.files;
  if (!files.length) input.dispatchEvent(new Event('change', { bubbles: true }));
}

// The same lines that the server draws: a hidden id, a link, a box to remove.
function keep(input, { id, name, address }) {
  const path = input.name.replace(/\.new$/, '');
  const list = listOf(input);
  if (!input.multiple) list.replaceChildren();
  const item = made('li', { className: 'app-files__item' });
  const remove = `f-${path}.remove.${id}`;
  const tick = made('div', { className: 'govuk-checkboxes__item' });
  tick.append(
    made('input', { className: 'govuk-checkboxes__input', type: 'checkbox', id: remove, name: `${path}.remove`, value: id }),
    made('label', { className: 'govuk-label govuk-checkboxes__label', htmlFor: remove, textContent: words.remove(name) }),
  );
  const box = made('div', { className: 'govuk-checkboxes govuk-checkboxes--small' });
  box.append(tick);
  item.append(
    made('input', { type: 'hidden', name: `${path}.keep`, value: id }),
    made('a', { className: 'govuk-link', href: address, textContent: name }),
    box,
  );
  list.append(item);
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

function listOf(input) {
  const group = input.closest('.govuk-form-group');
  const found = group.querySelector('.app-files');
  if (found) return found;
  const list = made('ul', { className: 'govuk-list app-files' });
  (input.closest('.govuk-drop-zone') ?? input).before(list);
  return list;
}

function lineOf(input) {
  const group = input.closest('.govuk-form-group');
  const box = group.querySelector('.app-sending') ?? made('div', { className: 'app-sending' });
  if (!box.isConnected) group.append(box);
  const said = made('p', { className: 'govuk-hint' });
  said.setAttribute('role', 'status');
  const bar = made('progress', { className: 'app-sending__bar', max: 1, value: 0 });
  const fill = (...parts) => box.replaceChildren(said, ...parts);
  const say = (text, wrong = false) => { said.textContent = text; said.className = wrong ? 'govuk-error-message' : 'govuk-hint'; fill(); };
  fill();
  return {
    say,
    progress(loaded, total, name) {
      if (!bar.isConnected) { said.textContent = words.sending(name); bar.setAttribute('aria-label', words.sending(name)); fill(bar); }
      bar.value = total ? loaded / total : 0;
    },
    retry(text, again) {
      say(text, true);
      const button = made('button', { type: 'button', className: 'govuk-button govuk-button--secondary', textContent: words.again });
      button.addEventListener('click', again);
      fill(button);
    },
  };
}

const made = (tag, values) => Object.assign(document.createElement(tag), values);
const readable = (bytes) => `${(bytes / 1e6).toLocaleString(lang, { maximumFractionDigits: 1 })} MB`;

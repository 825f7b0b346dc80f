// Runs on every page. Everything here is a convenience: each page also works without it.
import './site.scss';
import './img/icon.svg?url';
import { Button, CharacterCount, Checkboxes, createAll, ErrorSummary, FileUpload, PasswordInput, Radios, ServiceNavigation, SkipLink } from 'govuk-frontend';
import { words } from './shared/words.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
createAll(Button, { preventDoubleClick: true });
createAll(CharacterCount, { i18n: words.count });
createAll(Checkboxes);
createAll(ErrorSummary);
createAll(FileUpload, { i18n: words.file });
createAll(PasswordInput, { i18n: words.password });
createAll(Radios);
createAll(ServiceNavigation);
createAll(SkipLink);

// Parts that only some pages have are fetched only there.
const islands = {
  conditions: () => import('./islands/conditions.js'),
  region: () => import('./islands/region.js'),
  combobox: () => import('./islands/combobox.js'),
  signature: () => import('./islands/signature.js'),
  point: () => import('./islands/point.js'),
  shrink: () => import('./islands/shrink.js'),
  upload: () => import('./islands/upload.js'),
  keep: () => import('./islands/keep.js'),
  print: () => import('./islands/print.js'),
};

// A part that a cut line keeps from coming is done without.
function wake(name, elements) {
  if (elements.length) islands[name]().then((part) => elements.forEach((element) => part.default(element)), () => {});
}

wake('conditions', [...document.querySelectorAll('.app-questions')].filter((part) => part.querySelector('[data-show-when], [data-figure]')));
for (const name of ['region', 'combobox', 'point']) wake(name, [...document.querySelectorAll(`[data-island="${name}"]`)]);
// the largest of them only when it comes near
const near = new IntersectionObserver((seen) => {
  for (const { target } of seen.filter((one) => one.isIntersecting)) { near.unobserve(target); wake('signature', [target]); }
}, { rootMargin: '50%' });
for (const element of document.querySelectorAll('[data-island="signature"]')) near.observe(element);
wake('shrink', [...document.querySelectorAll('form')].filter((form) => form.querySelector('input[type=file][data-downscale]')));
wake('upload', [...document.querySelectorAll('form[data-upload]')].filter((form) => form.querySelector('input[type=file]')));
// without a connection: what was kept for then (service-worker.js), and its buttons
const { worker } = document.documentElement.dataset;
if (worker && 'serviceWorker' in navigator) navigator.serviceWorker.register(worker).catch(() => {});
for (const button of document.querySelectorAll('[data-again]')) button.addEventListener('click', () => location.reload());
// also without a form: the page after one was sent says what became of it
const kept = [...document.querySelectorAll('form[data-keep]')];
// what is sent for good takes what was kept of it along: the application, or at the end of a visit everything
for (const form of document.querySelectorAll('form[data-sends]')) form.addEventListener('submit', () => sessionStorage.setItem('loket-sent', `keep:${form.dataset.sends}`));
wake('keep', kept.length || !sessionStorage.getItem('loket-sent') ? kept : [document.body]);
wake('print', [...document.querySelectorAll('button[data-island="print"]')]);

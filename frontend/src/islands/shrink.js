// Makes photos small before they are sent: 10 MB from a phone's camera become about 1 MB or less.
// <input type=file data-downscale="1600">: the longer side in pixels. EXIF data, the place among them, is lost on purpose.
import { lang, words } from '../shared/words.js';

const SMALL_ENOUGH = 300_000;
const ONE_MEGABYTE = 1_000_000;
const QUALITIES = [0.82, 0.7, 0.55];
const SMALLER = 0.8; // of each side, when the lowest quality is still too large
const LEAST = 1000; // pixels: a paper must stay readable
const busy = new WeakMap();

/** Resolves when the pictures in a file box are as small as they get. */
export const settled = (input) => busy.get(input) ?? Promise.resolve();

export async function shrink(file, side) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < SMALL_ENOUGH) return file;
  let blob = null;
  try {
    for (let longest = side; longest >= Math.min(side, LEAST); longest *= SMALLER) {
      blob = await smallest(await drawn(file, longest));
      if (blob && blob.size <= ONE_MEGABYTE) break;
    }
  } catch {
    return file; // a picture this browser cannot read: the server decides
  }
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' });
}

async function smallest(canvas) {
  let blob = null;
  for (const quality of QUALITIES) {
    blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality));
    if (blob && blob.size <= ONE_MEGABYTE) break;
  }
  return blob;
}

async function drawn(file, side) {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas;
}

export default function shrinkChosen(form) {
  form.addEventListener('change', (event) => {
    const input = event.target;
    if (input.type !== 'file' || !input.dataset.downscale || !input.files.length || input.dataset.shrunk === 'now') return;
    busy.set(input, replace(input));
  });
  if (form.dataset.upload) return; // files go by themselves there, and the page waits for them
  form.addEventListener('submit', (event) => {
    const waiting = [...form.querySelectorAll('[data-shrunk="now"]')];
    if (!waiting.length) return;
    event.preventDefault(); // the picture is still being made small: send a moment later
    const button = event.submitter;
    Promise.allSettled(waiting.map(settled)).then(() => form.requestSubmit(button));
  });
}

async function replace(input) {
  input.dataset.shrunk = 'now';
  const before = size(input.files);
  const chosen = new DataTransfer();
  for (const file of input.files) chosen.items.add(await shrink(file, Number(input.dataset.downscale)));
  if (size(chosen.files) < before) {
    input.files = chosen.files;
    tell(input, words.shrunk(readable(before), readable(size(input.files))));
  }
  delete input.dataset.shrunk;
}

const size = (files) => [...files].reduce((sum, file) => sum + file.size, 0);
const readable = (bytes) => `${(bytes / 1e6).toLocaleString(lang, { maximumFractionDigits: 1 })} MB`;

function tell(input, text) {
  const group = input.closest('.govuk-form-group');
  let line = group.querySelector('[data-shrink-said]');
  if (!line) {
    line = document.createElement('p');
    line.className = 'govuk-hint';
    line.dataset.shrinkSaid = '';
    line.setAttribute('role', 'status');
    group.append(line);
  }
  line.textContent = text;
}

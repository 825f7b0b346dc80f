// Makes photos small before they are sent: 10 MB from a phone's camera become about 1 MB or less.
// <input type=file data-downscale="1600">: the longer side in pixels. EXIF data, the place among them, is lost on purpose.
import { lang, words } from '../shared/words.js';

const SMALL_ENOUGH = 300_000;
const ONE_MEGABYTE = 1_000_000;
const QUALITIES = [0.82, 0.7, 0.55];

export async function shrink(file, side) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < SMALL_ENOUGH) return file;
  let blob = null;
  try {
    const canvas = await drawn(file, side);
    for (const quality of QUALITIES) {
      blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality));
      if (blob && blob.size <= ONE_MEGABYTE) break;
    }
  } catch {
    return file; // a picture this browser cannot read: the server decides
  }
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' });
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
  let busy = Promise.resolve();
  form.addEventListener('change', (event) => {
    const input = event.target;
    if (input.type !== 'file' || !input.dataset.downscale || !input.files.length || input.dataset.shrunk === 'now') return;
    busy = replace(input);
  });
  form.addEventListener('submit', (event) => {
    if (!form.querySelector('[data-shrunk="now"]')) return;
    event.preventDefault(); // the picture is still being made small: send a moment later
    const button = event.submitter;
    busy.then(() => form.requestSubmit(button));
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

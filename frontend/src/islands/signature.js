// A box to sign in. What is sent is a line of points in a box of 600 by 200, never a picture; the typed name beside it counts the same.
import SignaturePad from 'signature_pad';

const WIDTH = 600;
const HEIGHT = 200;
const APART = 2; // points nearer than this add nothing one can see

export default function signature(root) {
  const sent = root.querySelector('input[type=hidden]');
  const canvas = document.createElement('canvas');
  canvas.className = 'app-signature__box';
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', root.dataset.draw);
  const line = Object.assign(document.createElement('p'), { className: 'govuk-hint', textContent: root.dataset.draw });
  const clear = Object.assign(document.createElement('button'), { type: 'button', className: 'govuk-button govuk-button--secondary', textContent: root.dataset.clear });
  (root.querySelector('fieldset') ?? root).append(line, canvas, clear);
  const pad = new SignaturePad(canvas);
  const fit = () => {
    const ratio = Math.max(window.devicePixelRatio || 1, 1);
    const kept = pad.toData();
    canvas.width = canvas.offsetWidth * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext('2d').scale(ratio, ratio);
    pad.fromData(kept);
  };
  fit();
  window.addEventListener('resize', fit);
  pad.addEventListener('endStroke', () => {
    sent.value = path(pad.toData(), WIDTH / canvas.offsetWidth, HEIGHT / canvas.offsetHeight);
    root.querySelector('svg')?.remove(); // a new drawing takes the place of the one kept before
    sent.dispatchEvent(new Event('input', { bubbles: true }));
  });
  clear.addEventListener('click', () => {
    pad.clear();
    sent.value = '';
    root.querySelector('svg')?.remove();
    sent.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

/** `M12 30 40 55 M9 9`: every stroke a line of whole points. */
export function path(strokes, across, down) {
  return strokes.map(({ points }) => {
    const line = [];
    for (const { x, y } of points) {
      const next = [Math.round(x * across), Math.round(y * down)];
      const last = line.at(-1);
      if (!last || Math.hypot(next[0] - last[0], next[1] - last[1]) >= APART) line.push(next);
    }
    return `M${line.map((point) => point.join(' ')).join(' ')}`;
  }).join(' ');
}

// Dragging comes with the first movement of a mouse or finger: what is on the page works without it, and the first load stays small.
let library = null;

/** Makes a list one can drag in, as soon as it can be; gives what takes it back. */
export function draggable(box, options) {
  let made = null;
  let gone = false;
  const begin = () => {
    library ??= import('sortablejs');
    library.then(({ default: Sortable }) => {
      if (gone || made) return;
      made = Sortable.create(box, { forceFallback: true, fallbackTolerance: 4, animation: 100, delay: 300, delayOnTouchOnly: true, ...options });
      box.dataset.drag = 'ready';
    }, () => { library = null; }); // the line was down: the next movement tries again
  };
  if (library) begin();
  else for (const sign of ['pointermove', 'pointerdown']) document.addEventListener(sign, begin, { once: true });
  return () => { gone = true; made?.destroy(); for (const sign of ['pointermove', 'pointerdown']) document.removeEventListener(sign, begin); };
}

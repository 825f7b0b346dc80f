// The id of a step is a name in conditions and stories, so it follows what the step is called, until it is published or something reads it.
const MADE = /^(Activity|Event|Gateway|Flow|StartEvent|EndEvent|SubProcess|Task|IntermediateThrowEvent)_[0-9a-z]{7}$/;

export const isMade = (id) => MADE.test(id);

/** `Periksa berkas!` -> `periksa_berkas`; empty when nothing is left. */
export const plain = (text) => (text ?? '').normalize('NFD').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 40).replace(/_+$/, '');

/** The id that fits a name and that nothing else has; null when the name makes none. */
export function idFor(name, taken) {
  const base = plain(name);
  if (!base) return null;
  if (!taken(base)) return base;
  for (let number = 2; ; number += 1) if (!taken(`${base}_${number}`)) return `${base}_${number}`;
}

/** Whether the id may still follow the name it had before. */
export function follows(id, before, fixed, text) {
  if (fixed.includes(id)) return false;
  if (isMade(id)) return true;
  const made = plain(before);
  return Boolean(made) && (id === made || (id.startsWith(`${made}_`) && /^\d+$/.test(id.slice(made.length + 1)))) && !text.includes(`${id}.`);
}

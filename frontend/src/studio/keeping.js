// What is not saved yet, kept in this browser until it is: a reload, a cut line or a dead battery loses nothing.
const LONGEST = 7 * 24 * 3600 * 1000;

export function keeper(address) {
  const name = `loket-unsaved ${address}`;
  const quietly = (act) => { try { return act(); } catch { return null; } }; // no room, or a browser that keeps nothing
  return {
    keep: (rev, document) => quietly(() => localStorage.setItem(name, JSON.stringify({ rev, document, at: Date.now() }))),
    drop: () => quietly(() => localStorage.removeItem(name)),
    found() {
      const kept = quietly(() => JSON.parse(localStorage.getItem(name)));
      return kept && kept.document && Date.now() - kept.at < LONGEST ? kept : null;
    },
  };
}

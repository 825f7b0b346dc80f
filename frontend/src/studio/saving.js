// Saves what changes by itself: soon after one stops, at the latest after eight seconds; again when the line was down; never over
// what somebody else wrote meanwhile.
import { Refused } from './ask.js';

const PAUSE = 1000;
const MOST = 8000;
const AGAIN = 5000;

export function saver({ write, told, rev }) {
  let state = { rev, waiting: null, since: 0, timer: 0, running: null, stopped: false };
  const say = (status, more = {}) => told({ status, ...more });

  function later(document) {
    state.waiting = document;
    state.since ||= Date.now();
    if (state.stopped) return;
    say('waiting');
    clearTimeout(state.timer);
    state.timer = setTimeout(run, Math.max(0, Math.min(PAUSE, state.since + MOST - Date.now())));
  }

  async function run() {
    clearTimeout(state.timer);
    if (state.running || state.stopped || state.waiting === null) return state.running;
    const document = state.waiting;
    state.waiting = null;
    state.since = 0;
    say('saving');
    state.running = write(document, state.rev).then(
      (answer) => { state.rev = answer.rev; say(state.waiting === null ? 'saved' : 'waiting'); },
      (error) => failed(document, error),
    );
    await state.running;
    state.running = null;
    if (state.waiting !== null && !state.stopped && !state.timer) run();
    return undefined;
  }

  function failed(document, error) {
    state.waiting ??= document;
    if (error instanceof Refused) {
      state.stopped = true;
      say(error.status === 412 ? 'conflict' : 'refused', { text: error.message, theirs: error.body.rev, who: error.body.who });
      return;
    }
    say('offline');
    state.timer = setTimeout(() => { state.timer = 0; run(); }, AGAIN);
  }

  return {
    later: (document) => { state.timer && clearTimeout(state.timer); state.timer = 0; later(document); },
    flush: async () => { await state.running; clearTimeout(state.timer); state.timer = 0; await run(); },
    resume: (known, document) => { state = { ...state, rev: known, stopped: false, waiting: document ?? null, since: 0 }; if (document) return run(); say('saved'); return undefined; },
    /** Does not save by itself any more: somebody else wrote meanwhile, and a person has to choose. */
    stop: (known, document) => { state = { ...state, rev: known, stopped: true, waiting: document }; },
    rev: () => state.rev,
    unsaved: () => state.waiting !== null || state.running !== null,
  };
}

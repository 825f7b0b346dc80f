// Times in words: "after 14 working days". What is said another way stays as it is, and is shown as a formula.
export const UNITS = { working: 'working days', days: 'calendar days', hours: 'working hours' };
const FORMS = [
  [/^=\s*working days\(\s*(\d+)\s*\)$/, 'working'],
  [/^=\s*working hours\(\s*(\d+)\s*\)$/, 'hours'],
  [/^=\s*duration\(\s*"P(\d+)D"\s*\)$/, 'days'],
  [/^P(\d+)D$/, 'days'],
];

/** `= working days(14)` -> {amount: 14, unit: 'working'}; null for what says more. */
export function read(text) {
  for (const [pattern, unit] of FORMS) {
    const found = pattern.exec((text ?? '').trim());
    if (found) return { amount: Number(found[1]), unit };
  }
  return null;
}

export const write = ({ amount, unit }) => ({ working: `= working days(${amount})`, hours: `= working hours(${amount})`, days: `= duration("P${amount}D")` })[unit];

/** The text of a timer, of whichever sort: {sort, text}. */
export function timeOf(bo) {
  const event = bo.eventDefinitions?.[0];
  for (const sort of ['timeDuration', 'timeDate', 'timeCycle']) if (event?.[sort]) return { sort, text: event[sort].body ?? '' };
  return { sort: 'timeDuration', text: '' };
}

// Parts that only some moments need are fetched then.
import { useEffect, useState } from 'preact/hooks';

const parts = {
  question: () => import('./QuestionPanel.jsx'),
  texts: () => import('./Texts.jsx'),
  try: () => import('./Try.jsx'),
  place: () => import('./Place.jsx'),
};

const loaded = new Map();

export function Later({ part, ...props }) {
  const [Part, setPart] = useState(() => loaded.get(part) ?? null);
  useEffect(() => {
    if (Part) return undefined;
    let current = true;
    parts[part]().then(({ default: found }) => { loaded.set(part, found); if (current) { setPart(() => found); props.store.set({}); } }, () => props.store.say(props.store.t('Not saved: no connection. Trying again …')));
    return () => { current = false; };
  }, [part]);
  return Part ? <Part {...props} /> : null;
}

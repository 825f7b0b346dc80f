// Parts that only some moments need are fetched then.
import { useEffect, useState } from 'preact/hooks';

const parts = {
  question: () => import('./QuestionPanel.jsx'),
  texts: () => import('./Texts.jsx'),
  try: () => import('./Try.jsx'),
  place: () => import('./Place.jsx'),
};

export function Later({ part, ...props }) {
  const [found, setFound] = useState(null);
  useEffect(() => {
    let current = true;
    parts[part]().then(({ default: Part }) => { if (current) { setFound(() => Part); props.store.set({}); } }, () => props.store.say(props.store.t('Not saved: no connection. Trying again …')));
    return () => { current = false; };
  }, [part]);
  const Part = found;
  return Part ? <Part {...props} /> : null;
}

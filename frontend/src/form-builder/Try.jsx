// The form as the applicant gets it, in a frame as wide as a phone or a desk's screen, in each language.
import { useEffect, useRef, useState } from 'preact/hooks';
import { pages } from './model.js';

export default function Try({ store, state, close }) {
  const { t, data } = store;
  const [width, setWidth] = useState('phone');
  const [lang, setLang] = useState(state.lang);
  const [page] = useState(pages(state.document)[state.selection.page]?.key ?? '');
  const box = useRef(null);
  useEffect(() => { box.current.showModal(); }, []);
  const leave = (event) => { if (event.key === 'Escape' && !event.target.closest('[role=combobox]')) box.current.close(); }; // Escape inside the frame stays there
  return (
    <dialog class="fb-try" ref={box} onClose={close} aria-label={t('Try it out')}>
      <div class="fb-bar__tools">
        <button type="button" aria-pressed={width === 'phone'} onClick={() => setWidth('phone')}>{t('Phone')}</button>
        <button type="button" aria-pressed={width === 'wide'} onClick={() => setWidth('wide')}>{t('Wide screen')}</button>
        <button type="button" aria-pressed={lang === 'id'} onClick={() => setLang('id')}>Indonesia</button>
        <button type="button" aria-pressed={lang === 'en'} onClick={() => setLang('en')}>English</button>
        <button type="button" onClick={() => box.current.close()}>{t('Close')}</button>
      </div>
      <iframe class={`fb-try__page fb-try__page--${width}`} title={t('The form as applicants see it')} onLoad={(event) => event.currentTarget.contentDocument?.addEventListener('keydown', leave)} src={`${data.urls.try}?in=${lang}&page=${encodeURIComponent(page)}`} />
    </dialog>
  );
}

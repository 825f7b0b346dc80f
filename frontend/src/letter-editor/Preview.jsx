// The letter as it will be set, with sample answers: the very press that sets real ones.
import { useState } from 'preact/hooks';
import { go } from './Problems.jsx';
import { LANGS } from './store.js';

export function Preview({ store, state }) {
  const { t, data } = store;
  const [lang, setLang] = useState(data.lang);
  const [story, setStory] = useState('');
  const [shown, setShown] = useState(null);
  const langs = { id: t('Indonesian'), en: t('English') };
  const draw = async () => {
    setShown({ wait: true });
    store.say(t('The letter is being set …'));
    try {
      const made = await store.ask(data.urls.preview, { method: 'POST', body: { document: state.document, lang, story } });
      setShown({ ...made, of: state.document, lang });
      store.say(t('The preview is there.'));
    } catch (error) {
      setShown({ wrong: error.message || t('Not saved: no connection. Trying again …'), part: error.body?.part, lang });
    }
  };
  const open = () => {
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action: data.urls.paper, target: '_blank', rel: 'noopener', hidden: true });
    for (const [name, value] of Object.entries({ csrf_token: data.token, document: JSON.stringify(state.document), in: lang, story })) {
      const box = document.createElement('input');
      Object.assign(box, { type: 'hidden', name, value });
      form.append(box);
    }
    document.body.append(form);
    form.submit();
    form.remove();
  };
  return (
    <section class="le-preview" aria-labelledby="le-preview-title">
      <h2 id="le-preview-title">{t('Preview with sample answers')}</h2>
      <div class="st-tools">
        <label>{t('Language')} <select name="preview-lang" value={lang} onChange={(event) => setLang(event.target.value)}>{LANGS.map((one) => <option key={one} value={one}>{langs[one]}</option>)}</select></label>
        {data.stories.length > 0 && <label>{t('Answers of')} <select name="preview-story" value={story} onChange={(event) => setStory(event.target.value)}><option value="">{t('the first story that fits')}</option>{data.stories.map((one) => <option key={one.key} value={one.key}>{one.title}</option>)}</select></label>}
        <button type="button" onClick={draw}>{t('Show the preview')}</button>
        {!data.notice && <button type="button" onClick={open}>{t('Open as PDF')}</button>}
      </div>
      {shown?.wait && <p>{t('The letter is being set …')}</p>}
      {shown?.wrong && <p class="st-wrong" role="alert">{shown.wrong} {shown.part !== null && shown.part !== undefined && <button type="button" class="st-link" onClick={() => go(store, shown)}>{t('Go there')}</button>}</p>}
      {shown?.of && shown.of !== state.document && <p class="st-help">{t('The letter has changed since.')}</p>}
      {shown?.pages?.map((page, number) => <img key={number} class="le-page" src={page} alt={t('Page {number} of the preview', { number: number + 1 })} />)}
      {shown?.body !== undefined && <div class="le-mail" lang={shown.lang} tabIndex={0}><p><b>{shown.subject}</b></p><pre>{shown.body}</pre></div>}
    </section>
  );
}

// The letter in one language, edited in place.
import { baseKeymap, toggleMark } from 'prosemirror-commands';
import { keymap } from 'prosemirror-keymap';
import { EditorState, TextSelection } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { useEffect, useRef } from 'preact/hooks';
import { enter, goCell, moveBlock, newLine, paired } from './commands.js';
import { nodeViews } from './views.js';

export function Paper({ store, state, lang }) {
  const { t } = store;
  const place = useRef(null);
  const own = useRef(null); // the document that this view wrote itself
  const json = state.document[lang];
  const title = { id: t('Indonesian'), en: t('English') }[lang];

  useEffect(() => {
    const view = new EditorView(place.current, {
      state: begin(store, json), nodeViews: nodeViews(store),
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': t('Text of the letter: {language}', { language: title }), lang, spellcheck: 'true' },
      dispatchTransaction(deed) {
        view.updateState(view.state.apply(deed));
        if (deed.docChanged) {
          store.typed(lang, view.state.doc);
          own.current = store.get().document[lang];
        }
        if (view.hasFocus() || deed.docChanged) store.stood(lang, view.state);
      },
      handleDOMEvents: { focus: () => { store.stood(lang, view.state); return false; } },
    });
    store.views[lang] = view;
    own.current = json;
    return () => view.destroy();
  }, []);

  // undone, done again, or somebody else's: what is not this view's own is shown anew
  useEffect(() => {
    const view = store.views[lang];
    const now = store.get().document[lang]; // what was drawn may be older than what has been typed since
    if (now === own.current) return;
    own.current = now;
    const fresh = begin(store, now);
    const at = Math.min(view.state.selection.from, fresh.doc.content.size);
    view.updateState(fresh.apply(fresh.tr.setSelection(TextSelection.near(fresh.doc.resolve(at)))));
    store.stood(state.at.lang, store.views[state.at.lang]?.state ?? view.state);
  }, [json]);

  const empty = !json.content.some((node) => node.content?.length || node.attrs?.src);
  return (
    <section class="le-paper" data-paper={lang} aria-label={title}>
      <h2>{title}{empty && <span class="le-missing"> {t('missing')}</span>}</h2>
      <div class="le-sheet" ref={place} />
    </section>
  );
}

function begin(store, json) {
  const { marks } = store.schema;
  const keys = {
    Enter: enter, 'Shift-Enter': newLine, Tab: goCell(1), 'Shift-Tab': goCell(-1), 'Alt-ArrowUp': moveBlock(-1), 'Alt-ArrowDown': moveBlock(1),
    'Mod-z': () => { store.undo(); return true; }, 'Mod-y': () => { store.redo(); return true; }, 'Shift-Mod-z': () => { store.redo(); return true; },
    ...(marks.strong ? { 'Mod-b': toggleMark(marks.strong), 'Mod-i': toggleMark(marks.em) } : {}),
  };
  return EditorState.create({ doc: store.schema.nodeFromJSON(json), plugins: [keymap(keys), keymap(baseKeymap), paired] });
}

"""Letters and messages: the list of them, beginning one, its editor with what it asks of the server, another name, taking it out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Response, abort, jsonify, redirect, request, url_for
from flask_admin import expose
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf

import rules
from admin.deed import Deed, ask
from admin.frame import Answer, me, readable
from engine import documents, procedures
from engine.documents import BadParts
from engine.procedures import LANGS, NOTICE, NoDraft
from engine.store import Session
from hall import now, reading, unit
from hall.language import language

from . import beside, letter_fields, letter_review, letter_starts
from .asked import readable_bundle
from .building import in_order, rows_read
from .files import Files, problem, sent_json
from .letter_asking import Named, NewLetter
from .letter_samples import told_by
from .letter_words import WORDS
from .naming import name_of

Json = dict[str, Any]
GONE = "The draft is not open any more; somebody has published it or laid it aside."
_LIQUID = re.compile(r"\{[{%].*?[}%]\}")


class Letters(Files):
    """Changing letters."""

    @expose("/<key>/letters/")
    def letters(self, key: str) -> Answer:
        """Every letter and message of the draft, with who uses it."""
        with reading() as db:
            files = self.draft_of(db, key)
            bundle = readable_bundle(files)
            rows = []
            for name in sorted(beside.letters(files)):
                used = list(procedures.letter_users(bundle, name)) if bundle else []
                there = [lang for lang in LANGS if file_in(files, name, lang) in files]
                own = any(f"letters/{name}.{lang}.md" in files for lang in LANGS)
                title = title_of(files, name)
                rows.append(
                    {"name": name, "title": title, "notice": name.startswith(NOTICE), "used": used, "missing": missing(there), "own": own}
                )
            return self.page("studio_letters", key=key, name=name_of(db, key), letters=rows, known=bundle is not None)

    @expose("/<key>/letters/new", methods=("GET", "POST"))
    def new_letter(self, key: str) -> Answer:
        """One more letter, from a ready text."""
        form = NewLetter(request.form)
        says = (gettext("The text is ready to be used and can be changed in every sentence."),)
        deed = Deed(gettext("New letter"), gettext("Add letter"), url_for(".letters", key=readable(key)), says)
        hints = {"key": gettext("The diagram names the letter by this key, for example permit.")}

        def do(_form: object) -> Answer:
            name = form.name()
            with unit() as db:
                files = self.draft_of(db, key)
                made = letter_starts.begun(files, name, str(form.start.data))
                revs = {file: 0 for file in made if file.startswith("letters/")}
                procedures.write_draft(db, key, made, revs=revs, by=me(), at=now())
            return redirect(url_for(".letter", key=key, letter=name), 303)

        with reading() as db:
            self.draft_of(db, key)
        return ask(self, deed, do, form, hints=hints)

    @expose("/<key>/letters/<letter>/")
    def letter(self, key: str, letter: str) -> Answer:
        """The editor over one letter, its languages side by side."""
        with reading() as db:
            files = self.letter_files(db, key, letter)
            revs, notice = procedures.draft_revs(db, key), letter.startswith(NOTICE)
            known = letter_fields.fields(files, letter)
            names = ("read", "save", "review", "preview", "paper", "condition")
            data = {
                "key": key,
                "letter": letter,
                "notice": notice,
                "lang": language(),
                "rev": max(revs.get(f"letters/{letter}.{lang}.md", 0) for lang in LANGS),
                "parts": parts(files, letter),
                "known": known,
                "ways": {way: gettext(text) for way, text in letter_fields.WAYS.items()},
                "stories": told_by(readable_bundle(files)),
                "words": {text: gettext(text) for text in WORDS},
                "token": generate_csrf(),
                "urls": {name: url_for(f".letter_{name}", key=key, letter=letter) for name in names},
            }
            return self.page("studio_letter", key=key, letter=letter, name=name_of(db, key), data=in_order(data))

    @expose("/<key>/letters/<letter>/parts", methods=("GET",))
    def letter_read(self, key: str, letter: str) -> Answer:
        """The letter as it is now, for whoever was overtaken by somebody else."""
        with reading() as db:
            return jsonify(parts(self.letter_files(db, key, letter), letter))

    @expose("/<key>/letters/<letter>/parts", methods=("PUT",))
    def letter_save(self, key: str, letter: str) -> Answer:
        """Save both languages when nobody wrote since they were read."""
        document, files = sent_json(), self.files_now(key, letter)
        if isinstance(files, Response):
            return files
        try:
            return self.kept(key, written(files, letter, document))
        except BadParts:
            return problem(422, gettext("This cannot be written as a letter. Undo the last step, or reload the page."))

    @expose("/<key>/letters/<letter>/review", methods=("POST",))
    def letter_review(self, key: str, letter: str) -> Answer:
        """`{document}` -> what is wrong, in which language and at which part."""
        document, files = asked_document(), self.files_now(key, letter)
        if isinstance(files, Response):
            return files
        try:
            return jsonify({"problems": letter_review.problems(files, letter, document, written(files, letter, document))})
        except BadParts:
            return problem(422, gettext("This cannot be written as a letter. Undo the last step, or reload the page."))

    @expose("/<key>/letters/<letter>/condition", methods=("POST",))
    def letter_condition(self, key: str, letter: str) -> Answer:
        """`{text}` -> rows of drop-downs; `{join, rows}` -> the condition. Only the server writes one."""
        given = sent_json()
        if isinstance(given, dict) and isinstance(given.get("text"), str) and len(given["text"]) <= 2000:
            return jsonify(condition_told(given["text"]))
        try:
            text = documents.condition_of(rows_read(given))
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, rules.RuleError):
            return problem(422, gettext("This condition cannot be written yet: choose a question, and a value that fits it."))
        return jsonify(condition_told(text))

    @expose("/<key>/letters/<letter>/preview", methods=("POST",))
    def letter_preview(self, key: str, letter: str) -> Answer:
        """`{document, lang, story}` -> the pages as pictures, or the message as text, with sample answers."""
        given, files = sent_json(), self.files_now(key, letter)
        if isinstance(files, Response):
            return files
        return letter_review.previewed(files, letter, given if isinstance(given, dict) else {}, paper=False)

    @expose("/<key>/letters/<letter>/paper", methods=("POST",))
    def letter_paper(self, key: str, letter: str) -> Answer:
        """The same as PDF, in a window of its own; what is not saved yet is in it."""
        files = self.files_now(key, letter)
        if isinstance(files, Response):
            return files
        return letter_review.previewed(files, letter, letter_review.posted(), paper=True)

    @expose("/<key>/letters/<letter>/rename", methods=("GET", "POST"))
    def rename_letter(self, key: str, letter: str) -> Answer:
        """Another name, wherever the procedure says it."""
        notice = letter.startswith(NOTICE)
        form = Named(request.form, data={"key": letter.removeprefix(NOTICE)})
        says = (gettext("Steps, outcomes and stories that name it follow."),)
        deed = Deed(gettext("Rename the letter %(letter)s", letter=letter), gettext("Rename"), url_for(".letters", key=readable(key)), says)

        def do(_form: object) -> Answer:
            fresh = (NOTICE if notice else "") + str(form.key.data)
            with unit() as db:
                files = self.letter_files(db, key, letter)
                if fresh != letter:
                    changed = procedures.letter_renamed(files, letter, fresh)
                    revs = {f"letters/{fresh}.{lang}.md": 0 for lang in LANGS if f"letters/{fresh}.{lang}.md" in changed}
                    procedures.write_draft(db, key, changed, revs=revs, by=me(), at=now())
            return self.done(gettext("The letter has another name."), ".letters", key=key)

        with reading() as db:
            self.letter_files(db, key, letter)
        return ask(self, deed, do, form)

    @expose("/<key>/letters/<letter>/remove", methods=("GET", "POST"))
    def remove_letter(self, key: str, letter: str) -> Answer:
        """Take a letter out of the draft."""
        says = (
            gettext("The steps that send it will have findings. Every earlier state of it stays and can be had back from its history."),
        )
        title = gettext("Take out the letter %(letter)s?", letter=readable(letter))
        deed = Deed(title, gettext("Take out"), url_for(".letters", key=readable(key)), says, grave=True)

        def do(_form: object) -> Answer:
            with unit() as db:
                files = self.letter_files(db, key, letter)
                gone = {f"{place}/{letter}.{lang}.md" for place in ("letters", "shared/letters") for lang in LANGS}
                procedures.write_draft(db, key, dict.fromkeys(gone & files.keys()), by=me(), at=now())
            return self.done(gettext("The letter is taken out."), ".letters", key=key)

        with reading() as db:
            self.letter_files(db, key, letter)
        return ask(self, deed, do)

    def draft_of(self, db: Session, key: str) -> Mapping[str, bytes]:
        """The files of the draft, or 404."""
        try:
            return procedures.draft_files(db, readable(key))
        except NoDraft:
            abort(404)

    def letter_files(self, db: Session, key: str, letter: str) -> Mapping[str, bytes]:
        """The same; 404 also when there is no such letter."""
        files = self.draft_of(db, key)
        if readable(letter) not in beside.letters(files):
            abort(404)
        return files

    def files_now(self, key: str, letter: str) -> Mapping[str, bytes] | Response:
        """The files for a script, or why they cannot be had."""
        try:
            with reading() as db:
                files = procedures.draft_files(db, readable(key))
        except NoDraft:
            return problem(404, gettext(GONE))
        return files if readable(letter) in beside.letters(files) else problem(404, gettext("This letter is not there any more."))


def asked_document() -> Any:
    """The document that a script sends with something it asks."""
    given = sent_json()
    return given.get("document") if isinstance(given, dict) else None


def file_in(files: Mapping[str, bytes], letter: str, lang: str) -> str:
    """The file of a letter in a language: its own, else the shared one, else where its own would be."""
    own, shared = f"letters/{letter}.{lang}.md", f"shared/letters/{letter}.{lang}.md"
    return shared if own not in files and shared in files else own


def parts(files: Mapping[str, bytes], letter: str) -> Json:
    """Both languages as their editor has them."""
    plain = letter.startswith(NOTICE)
    texts = {lang: files.get(file_in(files, letter, lang), b"").decode("utf-8", "replace") for lang in LANGS}
    return {lang: documents.parts_of(text, plain=plain) for lang, text in texts.items()}


def written(files: Mapping[str, bytes], letter: str, document: Any) -> dict[str, bytes | None]:
    """The files of a letter as its parts want them; a language that says nothing and was never there stays away. Raises BadParts."""
    made: dict[str, bytes | None] = {}
    for lang in LANGS:
        if not isinstance(document, dict):
            raise BadParts("no letter")
        text, name = documents.source_of(document.get(lang), plain=letter.startswith(NOTICE)), f"letters/{letter}.{lang}.md"
        before = files.get(file_in(files, letter, lang))
        if text.encode() == before:
            made[name] = files.get(name)
        else:
            made[name] = text.encode() if text.strip() or name in files else None
    return made


def title_of(files: Mapping[str, bytes], letter: str) -> str:
    """What a letter says it is: its subject, in the reader's language, with … for what is filled in."""
    for lang in (language(), *LANGS):
        data = files.get(file_in(files, letter, lang), b"")
        first = data.decode("utf-8", "replace").lstrip().partition("\n")[0]
        if first.lower().startswith("subject:"):
            return _LIQUID.sub("…", first[8:]).strip()
    return letter


def missing(there: list[str]) -> list[str]:
    """The languages that are not there."""
    return [lang for lang in LANGS if lang not in there]


def condition_told(text: str) -> Json:
    """A condition as the editor shows it."""
    rows = documents.rows_in(text)
    plain = [{"field": each.field, "operator": each.operator, "value": rules.plain(each.value)} for each in rows.rows]
    return {"text": text, "join": rows.join, "fits": rows.fits, "rows": plain}

"""The procedure designer's page, and what its script asks of the server: checks while drawing, words and years beside the diagram."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, jsonify, url_for
from flask_admin import expose
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf

from admin import plain
from admin.frame import Answer, me, readable
from admin.procedures import folders
from engine import procedures
from engine.procedures import BadBundle, NoDraft
from engine.store import EngineError, Session
from hall import now, reading, sentence, unit
from hall.language import language
from hall.sentences import refusal

from . import beside, shelf, told
from .asking import NewForm
from .building import desks, in_order, rows_told
from .drawn_words import DRAWN
from .files import Files, problem, sent_json
from .naming import name_of
from .words import WORDS

DIAGRAM = procedures.DIAGRAM
LARGEST = 1_000_000
Json = dict[str, Any]


class Designing(Files):
    """Drawing a procedure."""

    place_of: Callable[[str, str], str | None]

    @expose("/<key>/process/")
    def design(self, key: str) -> Answer:
        """The designer over the diagram of a draft."""
        with reading() as db:
            content, rev, files, known = shelf.opened(db, key, DIAGRAM)
            data = {
                "key": key,
                "file": DIAGRAM,
                "rev": rev,
                "lang": language(),
                "xml": content.decode("utf-8", "replace"),
                **_found(db, files, known),
                "actions": list(beside.actions()),
                "ready": [{"key": each, "title": told.title_of(form)} for each, form in procedures.ready_forms().items()],
                "texts": beside.texts(files),
                "keeping": beside.keeping(files),
                "fixed": beside.fixed(db, key),
                "words": {text: gettext(text) for text in (*WORDS, *DRAWN)},
                "token": generate_csrf(),
                "urls": self._asked(key),
            }
            return self.page("studio_designer", key=key, name=name_of(db, key), data=in_order(data))

    def _asked(self, key: str) -> Json:
        """Where the script asks."""
        return {
            "file": url_for(".read_file", key=key, file=DIAGRAM),
            "known": url_for(".known", key=key),
            "newForm": url_for(".add_form", key=key),
            "check": url_for(".check_drawn", key=key),
            "table": url_for(".table_named", key=key, file="TABLE"),
            "words": url_for(".say", key=key),
            "condition": url_for(".condition", key=key),
            "draft": url_for(".draft", key=key),
            "plain": url_for(".plain", key=key),
            "build": url_for(".build", key=key, form="FORM"),
            "newTable": url_for(".new_table", key=key),
            "publish": url_for(".publish", key=key),
        }

    @expose("/<key>/process/known")
    def known(self, key: str) -> Answer:
        """What other pages of the studio may have added to the draft meanwhile."""
        with reading() as db:
            _content, _rev, files, groups = shelf.opened(db, key, DIAGRAM)
            return jsonify(_found(db, files, groups))

    @expose("/<key>/process/forms", methods=("POST",))
    def add_form(self, key: str) -> Answer:
        """`{key, title, like}`: one more form, empty or like one of the ready ones."""
        asked = sent_json()
        form = NewForm(data=_named(asked) if isinstance(asked, dict) else {})
        if not form.validate():
            return problem(422, " ".join(str(each) for errors in form.errors.values() for each in errors))
        file = f"forms/{form.key.data}.json"
        return self.wrote(key, {file: form.made()}, lambda _db: {file: 0}, (file,))

    @expose("/<key>/process/check", methods=("POST",))
    def check_drawn(self, key: str) -> Answer:
        """`{xml, conditions}` -> what is wrong with the draft if this were its diagram, and the conditions as rows. Nothing is stored."""
        asked = sent_json()
        xml, conditions = (asked.get("xml"), asked.get("conditions")) if isinstance(asked, dict) else (None, None)
        if not isinstance(xml, str) or len(xml) > LARGEST or not isinstance(conditions, list):
            return problem(400, gettext("This is not readable JSON."))
        with reading() as db:
            try:
                files = {**procedures.draft_files(db, readable(key)), DIAGRAM: xml.encode("utf-8", "replace")}
            except NoDraft:
                return problem(404, gettext("The draft is not open any more; somebody has published it or laid it aside."))
        rows = {text: rows_told(text) for text in conditions[:200] if isinstance(text, str) and len(text) <= 2000}
        found = told.plain(findings_of(files))
        return jsonify({"findings": [{**each, "href": self.place_of(key, each["place"])} for each in found], "rows": rows})

    @expose("/<key>/plain")
    def plain(self, key: str) -> Answer:
        """The draft as plain text."""
        leave = url_for(".draft", key=readable(key))
        with reading() as db:
            try:
                name = name_of(db, key)
                return plain.told(self, procedures.draft_bundle(db, key), leave=leave, name=name)
            except NoDraft:
                abort(404)
            except BadBundle as bad:
                return plain.told(self, None, leave=leave, name=name, findings=bad.findings)

    @expose("/<key>/words", methods=("PUT",))
    def say(self, key: str) -> Answer:
        """`{kind, key, words}`: a text beside the diagram in both languages (empty: none); `{end, years}`: how long a file is kept."""
        asked = sent_json()
        if not isinstance(asked, dict):
            return problem(400, gettext("This is not readable JSON."))
        try:
            with unit() as db:
                files = procedures.draft_files(db, readable(key))
                changed = beside.said(files, asked)
                procedures.write_draft(db, key, changed, by=me(), at=now())
        except ValueError:
            return problem(422, gettext("This cannot be written into the draft: choose a step, and a text of at most 1,000 letters."))
        except EngineError as error:
            return problem(refusal(error.code).status, sentence(error.code, error.facts), code=error.code)
        return jsonify({"texts": beside.texts({**files, **changed}), "keeping": beside.keeping({**files, **changed})})


def _found(db: Session, files: Mapping[str, bytes], groups: Mapping[str, bytes]) -> Json:
    """What a step may choose from."""
    return {
        "desks": [*beside.applicant(files), *beside.called(desks(db, files), files)],
        "forms": list(beside.forms_told(files, groups)),
        "tables": list(beside.tables(files)),
        "letters": sorted(beside.letters(files)),
    }


def _named(asked: Json) -> Json:
    title = asked.get("title") if isinstance(asked.get("title"), dict) else {}
    words = {f"name_{lang}": str(title.get(lang, "")).strip() for lang in procedures.LANGS}
    return {"key": str(asked.get("key", "")), "like": str(asked.get("like") or ""), **words}


def findings_of(files: dict[str, bytes]) -> tuple[Any, ...]:
    """What the reader and the rules have against these files."""
    try:
        return procedures.check(procedures.read_files(files), actions=folders.written())
    except BadBundle as bad:
        return tuple(bad.findings)

"""The page about a service: what the office says of it beside its drawing, its forms and its letters. Without script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, request, url_for
from flask_admin import expose
from flask_babel import gettext as _

from admin.frame import Answer, Part, me, readable
from engine import procedures
from engine.procedures import NoDraft, NoFile, Stale
from engine.store import EngineError, Session
from hall import now, reading, sentence, unit
from hall.language import language

from . import beside
from .about_form import AboutForm
from .about_sheet import FILE, Answers, Unreadable, answers, written
from .building import desks
from .naming import name_of

SPARE = 2
"""Empty lines for further regulations."""


class About(Part):
    """What the office says about a service."""

    @expose("/<key>/about", methods=("GET", "POST"))
    def about(self, key: str) -> Answer:
        """The questions with what is said now; POST writes it when nobody wrote since."""
        with reading() as db:
            try:
                content, rev = procedures.draft_file(db, readable(key), FILE)
                files = procedures.draft_files(db, key)
            except (NoDraft, NoFile):
                abort(404)
            try:
                said = answers(content)
            except Unreadable:
                return self.page("studio_about", key=key, name=name_of(db, key), form=None), 422
            form = AboutForm(request.form or None, data=_shown(said))
            _offered(form, db, files, said)
            name = name_of(db, key)
        refusal = ""
        if request.method == "POST":
            if form.validate():
                try:
                    return self._said(key, form, content, said)
                except Stale as stale:
                    refusal, rev = sentence(stale.code, stale.facts), int(stale.facts["rev"])
                except EngineError as error:
                    refusal = sentence(error.code, error.facts)
            page = self.page("studio_about", key=key, name=name, form=form, said=said, rev=rev, refusal=refusal)
            return page, 422
        return self.page("studio_about", key=key, name=name, form=form, said=said, rev=rev, refusal="")

    def _said(self, key: str, form: AboutForm, content: bytes, said: Answers) -> Answer:
        known = request.form.get("rev", type=int) or 0
        with unit() as db:
            fresh = written(content, form.given(said))
            procedures.write_draft(db, key, {FILE: fresh}, revs={FILE: known}, by=me(), at=now())
        return self.done(_("What the office says about the service is saved."), ".draft", key=key)


def _shown(said: Answers) -> Answers:
    """The answers as the form takes them, with empty lines for further regulations."""
    laws = [{"title": "", "number": "", "article": "", "sample": False, **each} for each in said["laws"]]
    return {**said, "laws": [*laws, *({} for _ in range(SPARE))]}


def _offered(form: AboutForm, db: Session, files: Mapping[str, bytes], said: Answers) -> None:
    lang = language()
    tables = [(one["key"], result) for one in beside.tables(files) for result in one["results"] if result["kind"] == "number"]
    form.offer(
        desks=[(one["key"], one["title"].get(lang) or one["key"]) for one in desks(db, files)],
        amounts=[f"{key}.{result['key']}" if result["key"] else key for key, result in tables],
        days=[*_days(files, lang)],
        letters=sorted(name for name in beside.letters(files) if not name.startswith("notice-")),
        now=said,
    )


def _days(files: Mapping[str, bytes], lang: str) -> list[tuple[str, str]]:
    """Questions that ask for a day."""
    found: list[tuple[str, str]] = []
    for form in beside.forms_told(files, {}):
        title: Mapping[str, Any] = form["title"]
        for one in form["fields"]:
            if one.get("kind") == "date":
                words = one.get("label") or {}
                found.append((f"{form['key']}.{one['key']}", f"{title.get(lang, form['key'])}: {words.get(lang) or one['key']}"))
    return found


def place_of(key: str) -> str:
    """Its address."""
    return url_for(".about", key=key)

"""Decision tables as a grid: the list of them, one table, saving it and its test rows, and what is wrong while it is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, jsonify, redirect, request, url_for
from flask_admin import expose
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf

import rules
from admin.deed import Deed, ask
from admin.frame import Answer, me, readable
from engine import procedures
from engine.procedures import ENDING, NoDraft
from engine.store import Session
from hall import now, reading, unit
from hall.language import language
from rules import DecisionError, Decisions, model

from . import asked, dating, reviewing, sheet
from .asking import NewTable
from .building import in_order
from .files import Files, problem, sent_json
from .naming import name_of
from .sheet import BadSheet
from .table_words import WORDS

Json = dict[str, Any]
GONE = "The draft is not open any more; somebody has published it or laid it aside."


@dataclass(frozen=True)
class Opened:
    """One table of a draft as it is now: all files of the draft, the table's file and its test rows, its element and its model."""

    files: Mapping[str, bytes]
    file: str
    decisions: Decisions
    element: model.Decision | model.Knowledge
    table: model.Table

    @property
    def tests_file(self) -> str:
        """Where its test rows are."""
        return f"{self.file.removesuffix('.dmn')}{ENDING}"

    def tests(self) -> list[procedures.TableTest]:
        """Its test rows."""
        return list(procedures.of_table(procedures.read_tests(self.files.get(self.tests_file, b"")), self.element.id))


class Tables(Files):
    """Changing decision tables."""

    @expose("/<key>/tables/")
    def tables(self, key: str) -> Answer:
        """Every table of the draft, what it is used by, and what is worked out by a formula."""
        with reading() as db:
            files = self.files_of(db, key)
            return self.page("studio_tables", key=key, name=name_of(db, key), tables=list(listed(files)))

    @expose("/<key>/tables/new", methods=("GET", "POST"))
    def new_table(self, key: str) -> Answer:
        """One more table, in a file of its own."""
        form = NewTable(request.form)
        deed = Deed(gettext("New table"), gettext("Add table"), url_for(".tables", key=readable(key)))
        hints = {"key": gettext("The diagram and the fee name the table by this key."), "label": gettext("As colleagues call it.")}

        def do(_form: object) -> Answer:
            made = str(form.key.data)
            with unit() as db:
                procedures.write_draft(
                    db, key, {f"decisions/{made}.dmn": form.made()}, revs={f"decisions/{made}.dmn": 0}, by=me(), at=now()
                )
            return redirect(url_for(".table", key=key, file=made, id=made), 303)

        with reading() as db:
            self.files_of(db, key)
        return ask(self, deed, do, form, hints=hints)

    @expose("/<key>/tables/<file>/")
    def table_named(self, key: str, file: str) -> Answer:
        """The table with this id, or the first of the file with this name."""
        with reading() as db:
            rows = list(listed(self.files_of(db, key)))
        found = next((row for row in rows if row["id"] == readable(file)), None) or next((row for row in rows if row["file"] == file), None)
        if found is None:
            abort(404)
        return redirect(url_for(".formula" if found.get("formula") else ".table", key=key, file=found["file"], id=found["id"]))

    @expose("/<key>/tables/<file>/<id>/")
    def table(self, key: str, file: str, id: str) -> Answer:
        """The grid over one table."""
        with reading() as db:
            opened = self.opened_table(db, key, file, id)
            revs = procedures.draft_revs(db, key)
            known = asked.candidates(opened.files, opened.decisions, opened.element)
            data = {
                "key": key,
                "id": opened.element.id,
                "lang": language(),
                "rev": max(revs.get(opened.file, 0), revs.get(opened.tests_file, 0)),
                "sheet": sheet.sheet_of(opened.element, opened.table, opened.tests()),
                "known": known,
                "values": asked.known_values(opened.table, known, asked.forms_of(opened.files)),
                "dates": dating.can(opened.element),
                "words": {text: gettext(text) for text in WORDS},
                "token": generate_csrf(),
                "urls": {
                    name: url_for(f".{view}", key=key, file=file, id=id)
                    for name, view in (("save", "save_table"), ("review", "review_table"), ("read", "read_table"), ("date", "date_table"))
                },
            }
            return self.page("studio_table", key=key, id=id, name=name_of(db, key), title=opened.element.label or id, data=in_order(data))

    @expose("/<key>/tables/<file>/<id>/sheet", methods=("GET",))
    def read_table(self, key: str, file: str, id: str) -> Answer:
        """The table as it is now, for whoever was overtaken by somebody else."""
        with reading() as db:
            opened = self.opened_table(db, key, file, id)
            return jsonify(sheet.sheet_of(opened.element, opened.table, opened.tests()))

    @expose("/<key>/tables/<file>/<id>/sheet", methods=("PUT",))
    def save_table(self, key: str, file: str, id: str) -> Answer:
        """Save the sheet when nobody wrote the table or its test rows since it was read."""
        document = sent_json()
        opened = self.opened_now(key, file, id)
        if isinstance(opened, Response):
            return opened
        try:
            files = changed(opened, document)
        except BadSheet as wrong:
            return problem(422, reviewing.unfinished(wrong.row)["text"], row=wrong.row)
        return self.kept(key, files)

    @expose("/<key>/tables/<file>/<id>/review", methods=("POST",))
    def review_table(self, key: str, file: str, id: str) -> Answer:
        """`{document}` -> what is wrong at which row, how its test rows go, and what a test row must say."""
        given = sent_json()
        opened = self.opened_now(key, file, id)
        if isinstance(opened, Response):
            return opened
        document = given.get("document") if isinstance(given, dict) else None
        try:
            files = {**opened.files, **{name: data for name, data in changed(opened, document).items() if data is not None}}
        except BadSheet as wrong:
            return jsonify({"problems": [reviewing.unfinished(wrong.row)], "tests": [], "reads": []})
        decisions = rules.read_decisions(files[opened.file])
        tests = sheet.tests_of(document, opened.element.id)
        found = reviewing.problems(files, opened.file, opened.element.id)
        return jsonify(
            {
                "problems": list(reviewing.rows_in_order(found)),
                "tests": reviewing.played(decisions, opened.element.id, tests),
                "reads": reviewing.reads(decisions, opened.element.id),
            }
        )

    @expose("/<key>/tables/<file>/<id>/date", methods=("POST",))
    def date_table(self, key: str, file: str, id: str) -> Answer:
        """Give a table that is handed its values (a knowledge model) the day of the application too, so that its rows can be dated."""
        opened = self.opened_now(key, file, id)
        if isinstance(opened, Response):
            return opened
        try:
            content = dating.with_day(opened.files[opened.file], opened.decisions, opened.element)
        except ValueError:
            return problem(422, gettext("This table is used in a way that cannot be given the day. Add a column of days by hand."))
        return self.kept(key, {opened.file: content, opened.tests_file: opened.files.get(opened.tests_file)})

    def opened_now(self, key: str, file: str, id: str) -> Opened | Response:
        """The table for a script, or why it cannot be had."""
        try:
            with reading() as db:
                return self.opened_table(db, key, file, id)
        except NoDraft:
            return problem(404, gettext(GONE))

    def opened_table(self, db: Session, key: str, file: str, id: str) -> Opened:
        """One table, or 404. Raises NoDraft for scripts."""
        files = self.files_of(db, key)
        name = f"decisions/{readable(file)}.dmn"
        try:
            decisions = rules.read_decisions(files[name])
        except (KeyError, DecisionError):
            abort(404)
        element = next((one for one in decisions.model.elements if one.id == readable(id)), None)
        table = rules.table_in(element) if element else None
        if table is None or not isinstance(element, model.Decision | model.Knowledge):
            abort(404)
        return Opened(files, name, decisions, element, table)

    def files_of(self, db: Session, key: str) -> Mapping[str, bytes]:
        """The files of the draft, or 404."""
        try:
            return procedures.draft_files(db, readable(key))
        except NoDraft:
            abort(404)


def changed(opened: Opened, document: Any) -> dict[str, bytes | None]:
    """The table's file and that of its test rows as a sheet wants them. Raises BadSheet."""
    table = sheet.table_of(document, opened.table)
    label = document.get("label")
    tests = sheet.tests_of(document, opened.element.id)
    more = asked.required(opened.decisions, opened.element, table)
    label = label.strip()[:200] if isinstance(label, str) else None
    content = rules.with_table(opened.files[opened.file], opened.element.id, table, label=label, requires=more)
    before = opened.files.get(opened.tests_file)
    try:
        written = procedures.write_tests(before, opened.element.id, tests)
    except ValueError as wrong:
        raise BadSheet(str(wrong)) from wrong
    return {opened.file: content, opened.tests_file: written}


def listed(files: Mapping[str, bytes]) -> list[Json]:
    """Every table, and every decision that is a formula: id, file, label, rows; `table` false for what is no table."""
    found: list[Json] = []
    for name in sorted(files):
        if not name.startswith("decisions/") or not name.endswith(".dmn"):
            continue
        stem = name.removeprefix("decisions/").removesuffix(".dmn")
        try:
            elements = rules.read_decisions(files[name]).model.elements
        except DecisionError:
            found.append({"id": "", "file": stem, "label": "", "table": False, "unreadable": True})
            continue
        for one in elements:
            if isinstance(one, model.Decision | model.Knowledge):
                table = rules.table_in(one)
                text = one.logic.text if isinstance(one, model.Decision) and isinstance(one.logic, model.Literal) else ""
                is_formula = table is None and isinstance(one, model.Decision)
                rows = {"table": table is not None, "rows": len(table.rules) if table else 0, "text": text, "formula": is_formula}
                found.append({"id": one.id, "file": stem, "label": one.label or one.name, **rows})
    return found

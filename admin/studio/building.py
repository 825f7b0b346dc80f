"""The form builder's page, and what its script asks of the server: drawing a page, laying out and saving, conditions."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from flask import jsonify, url_for
from flask_admin import expose
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

import forms
import rules
from admin.frame import Answer, readable
from engine import people, procedures
from engine.procedures import NoDraft
from engine.store import Session
from hall import reading
from hall.language import language

from . import shelf, told
from .asking import FORM
from .drawing import drawn
from .files import Files, problem, sent_json
from .layout import text_of
from .naming import name_of
from .words import WORDS

Json = dict[str, Any]
ASKED = ("key", "kind", "label", "choices", "result")  # what a condition has to know of another form's question


class Building(Files):
    """Making a form."""

    @expose("/<key>/forms/<form>/")
    def build(self, key: str, form: str) -> Answer:
        """The builder over one form."""
        file = f"forms/{readable(form)}.json"
        with reading() as db:
            content, rev, files, known = shelf.opened(db, key, file)
            data = {
                "key": key,
                "form": form,
                "file": file,
                "rev": rev,
                "lang": language(),
                "document": told.parsed(content),
                "catalogue": catalogue(language()),
                "groups": list(shelf.told(known)),
                "others": list(others(files, file)),
                "desks": desks(db, files),
                "lists": sorted(told.lists_of(files)),
                "fixed": fixed(db, key, form),
                "words": {text: said for text in WORDS if (said := gettext(text)) != text},
                "token": generate_csrf(),
                "urls": self.addresses(key, form, file),
            }
            return self.page("studio_builder", key=key, form=form, name=name_of(db, key), data=in_order(data))

    def addresses(self, key: str, form: str, file: str) -> Json:
        """Where the script asks."""
        return {
            "save": url_for(".save_document", key=key, file=file),
            "file": url_for(".read_file", key=key, file=file),
            "history": url_for(".history", key=key, file=file),
            "draw": url_for(".draw", key=key, form=form),
            "condition": url_for(".condition", key=key),
            "findings": url_for(".findings", key=key),
            "try": url_for(".try_out", key=key, form=form),
            "draft": url_for(".draft", key=key),
            "regions": "/regions",
        }

    @expose("/<key>/documents/<path:file>", methods=("PUT",))
    def save_document(self, key: str, file: str) -> Answer:
        """Save a form: the body is its JSON; its text is laid out as the file is, and what it shares is taken along."""
        if FORM.match(readable(file)) is None:
            return problem(422, gettext("Only forms can be saved here."))
        document = sent_json()
        try:
            with reading() as db:
                files = procedures.draft_files(db, readable(key))
        except NoDraft:
            return problem(404, gettext("The draft is not open any more; somebody has published it or laid it aside."))
        content = text_of(document, files.get(file))
        return self.written(key, file, content, shelf.needed(content, files))

    @expose("/<key>/forms/<form>/preview", methods=("POST",))
    def draw(self, key: str, form: str) -> Answer:
        """`{document, page, lang}` -> the page as applicants get it, and what is wrong with the form."""
        asked = sent_json()
        if not isinstance(asked, dict) or not isinstance(asked.get("page"), int):
            return problem(400, gettext("This is not readable JSON."))
        lang = asked.get("lang") if asked.get("lang") in ("id", "en") else language()
        with reading() as db:
            try:
                files = procedures.draft_files(db, readable(key))
            except NoDraft:
                return problem(404, gettext("The draft is not open any more; somebody has published it or laid it aside."))
        known = told.groups_of(files, shelf.groups())
        lists = told.lists_of(files)
        page = drawn(asked.get("document"), asked["page"], str(lang), known, lists)
        problems = told.of_form(asked.get("document"), f"forms/{readable(form)}.json", known, lists)
        return jsonify({**page, "problems": problems})

    @expose("/<key>/condition", methods=("POST",))
    def condition(self, key: str) -> Answer:
        """`{text}` -> rows of drop-downs; `{join, rows}` -> FEEL text. Only the server writes FEEL."""
        asked = sent_json()
        if isinstance(asked, dict) and isinstance(asked.get("text"), str) and len(asked["text"]) <= 2000:
            return jsonify(rows_told(asked["text"]))
        try:
            text = rules.text_of_rows(rows_read(asked))
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, rules.RuleError):
            return problem(422, gettext("This condition cannot be written yet: choose a question, and a value that fits it."))
        return jsonify(rows_told(text))


def in_order(data: Json) -> Markup:
    """JSON for a `<script>`, its members in their order: Flask would sort them, and the order of a form's members is part of its file."""
    return htmlsafe_json_dumps(data, dumps=json.dumps, sort_keys=False)


def rows_told(text: str) -> Json:
    """A FEEL text as the builder shows it."""
    rows = rules.rows_of(text)
    plain = [{"field": each.field, "operator": each.operator, "value": rules.plain(each.value)} for each in rows.rows]
    return {"text": text, "join": rows.join, "fits": rows.fits, "rows": plain}


def rows_read(asked: Any) -> rules.Rows:
    """Rows as the builder sends them."""
    made = tuple(rules.Row(str(one["field"]), str(one["operator"]), rules.from_plain(one.get("value"))) for one in asked["rows"])
    if asked["join"] not in ("all", "any") or len(made) > 50:
        raise ValueError("no rows")
    return rules.Rows(asked["join"], made)


def catalogue(lang: str) -> Json:
    """The kinds in the reader's language, without what the builder's script does not need; a fresh question in every language."""
    small = {name: value for name, value in forms.catalogue(lang).items() if name != "$defs"}
    for kind in small["kinds"]:
        del kind["samples"]
        kind["fresh"] = forms.fresh(kind["kind"])
    for each in [*small["common"], *(one for kind in small["kinds"] for one in kind["properties"])]:
        each.pop("schema", None)
    return small


def others(files: Mapping[str, bytes], file: str) -> Iterator[Json]:
    """The other forms of the procedure with their questions, for conditions."""
    for name in sorted(files):
        tree = told.parsed(files[name]) if FORM.match(name) and name != file else None
        if isinstance(tree, dict) and isinstance(tree.get("pages"), list):
            fields = [one for page in tree["pages"] if isinstance(page, dict) for one in page.get("fields", []) if isinstance(one, dict)]
            asked = [{each: one[each] for each in ASKED if each in one} for one in fields if "key" in one]
            yield {"key": str(tree.get("key")), "title": told.title_of(files[name]), "fields": asked}


def desks(db: Session, files: Mapping[str, bytes]) -> list[Json]:
    """The desks that a question may be kept to: those of the office, and those the procedure names."""
    found = {each.key: {lang: each.name(lang) for lang in ("id", "en")} for each in people.desks(db)}
    for lang in ("id", "en"):
        try:
            tree = tomllib.loads(files.get(f"texts/{lang}.toml", b"").decode("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            continue
        for key, text in tree.get("desks", {}).items() if isinstance(tree.get("desks"), dict) else ():
            found.setdefault(key, {}).setdefault(lang, str(text))
    return [{"key": key, "title": {"id": key, "en": key, **name}} for key, name in sorted(found.items()) if key != people.APPLICANT]


def fixed(db: Session, key: str, form: str) -> Json:
    """The keys of questions, pages and choices that are published and must stay."""
    version = procedures.current(db, key)
    published = procedures.bundle_of(db, version.id).forms.get(form) if version else None
    if published is None:
        return {"questions": [], "pages": [], "choices": {}}
    choices = {path: [one["value"] for one in field.options["choices"]] for path, field in published.fields() if "choices" in field.options}
    return {"questions": [path for path, _ in published.fields()], "pages": [page.key for page in published.pages], "choices": choices}

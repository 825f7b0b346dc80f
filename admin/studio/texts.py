"""The words of `texts/` on one plain page: every key in both languages, saved together; comments and order of the files stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import abort, request
from flask_admin import expose
from flask_babel import gettext, lazy_gettext

from admin.frame import Answer, me, readable
from engine import people, procedures
from engine.procedures import LANGS, Bundle, NoDraft, Stale
from engine.store import EngineError, Session
from hall import now, reading, sentence, unit

from . import beside
from .asked import readable_bundle
from .files import Files
from .naming import name_of

Json = dict[str, Any]
TITLES = {
    "steps": lazy_gettext("Names of the steps on public pages"),
    "status": lazy_gettext("What the tracking page says, by step or end"),
    "outcomes": lazy_gettext("Names of the outcomes"),
    "desks": lazy_gettext("Names of the desks"),
    "fees": lazy_gettext("Names of the fees"),
    "instructions": lazy_gettext("Instructions for whoever does a step"),
}
FILES = tuple(f"texts/{lang}.toml" for lang in LANGS)


class Texts(Files):
    """Changing texts."""

    @expose("/<key>/texts/", methods=("GET", "POST"))
    def texts(self, key: str) -> Answer:
        """Every text of the draft; POST saves what was changed, unless somebody else wrote meanwhile."""
        refusal, wrong = "", set[str]()
        typed = {name: value.replace("\r\n", "\n").strip() for name, value in request.form.items() if name.count(".") == 2}
        if request.method == "POST":
            wrong = {name for name, value in typed.items() if len(value) > beside.LONGEST}
            refusal = gettext("Use at most 1,000 letters in a text.") if wrong else self._save(key, typed)
            if not refusal:
                return self.done(gettext("The texts are saved."), ".texts", key=key)
        with reading() as db:
            files = self.files_of(db, key)
            revs = procedures.draft_revs(db, key)
            rev = max(revs.get(name, 0) for name in FILES)
            rows = list(sections(files, typed))
            page = self.page("studio_texts", key=key, name=name_of(db, key), sections=rows, rev=rev, refusal=refusal, wrong=wrong)
        return (page, 422) if refusal else page

    def _save(self, key: str, typed: Mapping[str, str]) -> str:
        """The files with what was typed; a sentence when that cannot be."""
        state = request.form.get("rev", type=int) or 0
        try:
            with unit() as db:
                files = dict(self.files_of(db, key))
                before = beside.texts(files)
                for kind, word in {tuple(name.split(".")[:2]) for name in typed}:
                    said = {lang: typed.get(f"{kind}.{word}.{lang}", "") for lang in LANGS}
                    if any(said[lang] != str(before[lang].get(kind, {}).get(word, "")).strip() for lang in LANGS):
                        files |= beside.said(files, {"kind": kind, "key": word, "words": said})
                newest = procedures.draft_revs(db, key)
                revs = {name: min(newest.get(name, 0), state) for name in FILES}
                procedures.write_draft(db, key, {name: files.get(name) for name in FILES}, revs=revs, by=me(), at=now())
        except ValueError:
            return gettext("A text of the file cannot be read. Take the file down, correct it, and import the folder again.")
        except Stale as stale:
            kept = gettext("Your texts are still here; look at them and save again to write them over.")
            return f"{sentence(stale.code, stale.facts)} {kept}"
        except EngineError as error:
            return sentence(error.code, error.facts)
        return ""

    def files_of(self, db: Session, key: str) -> Mapping[str, bytes]:
        """The files of the draft, or 404."""
        try:
            return procedures.draft_files(db, readable(key))
        except NoDraft:
            abort(404)


def sections(files: Mapping[str, bytes], typed: Mapping[str, str]) -> Iterator[Json]:
    """Each kind of text with its rows: key, what it belongs to, and the words by language."""
    bundle, told = readable_bundle(files), beside.texts(files)
    for kind, title in TITLES.items():
        wanted = dict(_wanted(bundle, kind)) if bundle else {}
        keys = [*{word: None for lang in LANGS for word in told[lang].get(kind, {})}, *wanted]
        rows = [
            {
                "key": word,
                "of": wanted.get(word, ""),
                "words": {lang: typed.get(f"{kind}.{word}.{lang}", told[lang].get(kind, {}).get(word, "")) for lang in LANGS},
            }
            for word in dict.fromkeys(keys)
        ]
        if rows:
            yield {"kind": kind, "title": title, "rows": rows}


def _wanted(bundle: Bundle, kind: str) -> Iterator[tuple[str, str]]:
    """The keys that the diagram gives, with the name of what they belong to."""
    steps = [bundle.process.steps[one] for one in bundle.process.order]
    for step in steps:
        if kind == "steps" and step.kind == "user" and step.properties.get("public"):
            yield step.properties["public"], step.name or step.id
        if kind in ("status", "instructions") and step.kind == "user":
            yield step.id, step.name or step.id
        if kind in ("status", "outcomes") and step.kind == "end":
            yield step.id, step.name or step.id
        if kind == "desks" and step.kind == "user":
            yield from ((desk, "") for desk in step.desks if desk != people.APPLICANT)

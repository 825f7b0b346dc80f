"""What stands beside a diagram in a draft: questions, tables, letters, automatic steps, texts, for its designer; and writing texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

import rules
from engine import actions as automatic
from engine import people, procedures
from engine.store import Session
from hall.language import language

from . import told
from .asking import FORM
from .drawing import members

Json = dict[str, Any]
LANGS = procedures.LANGS
KINDS = ("names", "steps", "status", "desks", "fees", "outcomes", "instructions")
LONGEST = 1000
ABOUT = "procedure.toml"
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,79}\Z")
_SHOWN = ("key", "kind", "label", "choices")


def applicant(files: Mapping[str, bytes]) -> list[Json]:
    """The desk of the applicant."""
    named = {lang: tree.get("desks", {}).get(people.APPLICANT, people.APPLICANT) for lang, tree in texts(files).items()}
    return [{"key": people.APPLICANT, "title": named}]


def called(desks: list[Json], files: Mapping[str, bytes]) -> Iterator[Json]:
    """Desks with the names that this procedure gives them, else those of the office."""
    named = {lang: tree.get("desks", {}) for lang, tree in texts(files).items()}
    for one in desks:
        own = {lang: str(known[one["key"]]) for lang, known in named.items() if one["key"] in known}
        yield {**one, "title": {**one["title"], **own}}


def forms_told(files: Mapping[str, bytes], groups: Mapping[str, bytes]) -> Iterator[Json]:
    """Each form with the questions that a condition may read, shared ones too."""
    for name in sorted(files):
        tree = told.parsed(files[name]) if FORM.match(name) else None
        if isinstance(tree, dict):
            fields = [one for each in listed(tree.get("pages")) for one in _asked(listed(each.get("fields")), groups)]
            yield {"key": name[6:-5], "title": told.title_of(files[name]), "fields": fields}


def listed(value: Any) -> list[Json]:
    """The objects of a list; nothing when it is none."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _asked(fields: list[Json], groups: Mapping[str, bytes], depth: int = 0) -> Iterator[Json]:
    for one in fields:
        if "include" in one and depth < 3:
            yield from _asked(listed([*members(one["include"], groups)]), groups, depth + 1)
        elif "key" in one:
            yield {each: one[each] for each in _SHOWN if each in one}


def tables(files: Mapping[str, bytes]) -> Iterator[Json]:
    """Each decision: its id, title, file, and its results with their kinds."""
    for name in sorted(files):
        if not name.startswith("decisions/") or not name.endswith(".dmn"):
            continue
        with suppress(rules.DecisionError):
            read = rules.read_decisions(files[name])
            titles = {one.id: getattr(one, "label", "") or one.name for one in read.model.elements}
            for ident in read.ids:
                yield {"key": ident, "title": titles.get(ident, ident), "table": name[10:-4], "results": _results(read.output_type(ident))}


def _results(shape: Any) -> list[Json]:
    kinds = {"number": "number", "boolean": "yes_no", "string": "text", "date": "date"}
    members_ = shape if isinstance(shape, Mapping) else {"": shape}
    return [{"key": str(name), "kind": kinds.get(str(kind), "text")} for name, kind in members_.items()]


def actions() -> Iterator[Json]:
    """Each automatic step in the reader's words, with its fields and what it writes."""
    for name, one in automatic.actions().items():
        lang = language()
        fields = [{"key": key, "kind": kind, "title": one.LABELS[key][lang]} for key, kind in one.FIELDS.items()]
        yield {"key": name, "title": one.TITLE[lang], "fields": fields, "writes": _results(dict(one.WRITES))}


def letters(files: Mapping[str, bytes]) -> set[str]:
    """The names of the letters and notices."""
    return {name.split("/")[-1].rsplit(".", 2)[0] for name in files if name.startswith(("letters/", "shared/letters/"))}


def texts(files: Mapping[str, bytes]) -> Json:
    """`texts/*.toml` by language; what cannot be read is empty."""
    return {lang: _tree(files.get(f"texts/{lang}.toml", b"")).unwrap() for lang in LANGS}


def keeping(files: Mapping[str, bytes]) -> Json:
    """How many years a file is kept, by the end that was reached; only whole years are known here."""
    kept = _tree(files.get(ABOUT, b"")).unwrap().get("retention", {})
    return {str(end): int(found[1]) for end, text in kept.items() if (found := re.match(r"P(\d{1,3})Y\Z", str(text)))}


def fixed(db: Session, key: str) -> list[str]:
    """The ids of steps that are published: cases stand at them, so they stay."""
    version = procedures.current(db, key)
    return sorted(procedures.bundle_of(db, version.id).process.steps) if version else []


def said(files: Mapping[str, bytes], asked: Json) -> dict[str, bytes]:
    """The files with a text or a number of years in them; comments and order stay. Raises ValueError for what is no such thing."""
    if "end" in asked:
        return _kept(files, asked["end"], asked.get("years"))
    kind, key, words = asked.get("kind"), asked.get("key"), asked.get("words")
    if kind not in KINDS or not isinstance(key, str) or not _KEY.match(key) or not isinstance(words, dict):
        raise ValueError("no text")
    return {f"texts/{lang}.toml": _worded(files.get(f"texts/{lang}.toml", b""), kind, key, words.get(lang, "")) for lang in LANGS}


def _worded(data: bytes, kind: str, key: str, text: object) -> bytes:
    if not isinstance(text, str) or len(text) > LONGEST:
        raise ValueError("no text")
    tree = _strict(data)
    if text.strip():
        if kind not in tree:
            tree[kind] = tomlkit.table()
        tree[kind][key] = text.strip()  # type: ignore[index]
    elif key in tree.get(kind, {}):
        del tree[kind][key]  # type: ignore[union-attr]
    return tomlkit.dumps(tree).encode()


def _kept(files: Mapping[str, bytes], end: object, years: object) -> dict[str, bytes]:
    fits = isinstance(years, int) and not isinstance(years, bool) and 0 <= years <= 100
    if not isinstance(end, str) or not _KEY.match(end) or not fits:
        raise ValueError("no years")
    tree = _strict(files.get(ABOUT, b""))
    if "retention" not in tree:
        tree["retention"] = tomlkit.table()
    if years:
        tree["retention"][end] = f"P{years}Y"  # type: ignore[index]
    elif end in tree["retention"]:  # type: ignore[operator]
        del tree["retention"][end]  # type: ignore[union-attr]
    return {ABOUT: tomlkit.dumps(tree).encode()}


def _strict(data: bytes) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(data.decode("utf-8"))
    except (TOMLKitError, UnicodeDecodeError) as bad:
        raise ValueError("unreadable") from bad


def _tree(data: bytes) -> tomlkit.TOMLDocument:
    try:
        return _strict(data)
    except ValueError:
        return tomlkit.document()

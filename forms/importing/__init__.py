"""Forms of others taken over: Camunda's form-js and plain JSON Schema. What cannot be carried over is said, part by part."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms.form import Form
from forms.formatschema import FORMAT
from forms.importing.beside import laid_beside
from forms.importing.errors import CannotImport, refused
from forms.importing.formjs import is_form_js, read_form_js
from forms.importing.keys import key_of
from forms.importing.layout import laid_out
from forms.importing.notes import Note, Notes
from forms.importing.schema import ROOTS, is_schema, read_schema
from forms.importing.settle import settled
from forms.importing.tree import Read
from forms.importing.wording import both, guessed, human, texts_in

LARGEST = 2_000_000
DEEPEST = 200
BUNDLED = ("schema", "jsonSchema", "JSONSchema", "dataSchema")  # a schema with what draws it beside it
DRAWN = ("uiSchema", "uischema", "ui_schema")
TEXTS = frozenset(("label", "title", "description", "text", "content"))


@dataclass(frozen=True)
class Imported:
    """A form taken over: the file as we write it, the form it is, the report, and the language its texts were taken for."""

    data: bytes
    form: Form
    notes: tuple[Note, ...]
    language: str


def import_form(data: bytes, *, name: str = "", key: str | None = None, language: str | None = None) -> Imported:
    """The form in `data`, of whatever of the two formats. Raises `CannotImport`, and nothing else for whatever bytes.

    `name`: of the file without its ending, for a form that has neither key nor title. `key`: instead of its own. `language`: of its
    texts (`id`, `en`), else guessed from the words.
    """
    notes = Notes()
    document = _document(data, notes)
    try:
        language = language or guessed(texts_in(document, TEXTS))
        read = _read(document, notes, language)
        key = key_of(key or read.key or name or "form", "form")
        title = read.title or both(human(name or read.key or "form"), language)
        done = settled(laid_out(read, key, title, notes), notes) if read.parts else None
    except RecursionError:
        raise refused("import.deep") from None
    if done is None or not any(True for _ in done[1].questions()):
        why = refused("import.definitions" if _only_definitions(document) else "import.empty")
        why.notes = notes.ordered()
        raise why
    return Imported(*done, notes.ordered(), language)


def _document(data: bytes, notes: Notes) -> Mapping[str, Any]:
    """The JSON object in the file. A name that stands twice in it is in the notes: readers of JSON take the last without a word."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        for name in made if len(made) < len(pairs) else ():
            if sum(each == name for each, _ in pairs) > 1:
                notes.dropped("#", name, "member_twice", member=name)
        return made

    if len(data) > LARGEST:
        raise refused("import.large", max=LARGEST)
    try:
        document = json.loads(data.decode("utf-8-sig"), object_pairs_hook=once)
    except (ValueError, RecursionError) as why:
        code = "import.deep" if isinstance(why, RecursionError) else "import.json"
        raise refused(code, why=str(why)[:200]) from None
    if _deeper(document):
        raise refused("import.deep")
    if not isinstance(document, dict):
        raise refused("import.unknown")
    return document


def _read(document: Mapping[str, Any], notes: Notes, language: str) -> Read:
    if document.get("format") == FORMAT:
        raise refused("import.ours")
    if is_form_js(document):
        if _is_formio(document):
            raise refused("import.formio")
        return read_form_js(document, notes, language)
    inner = next((document[word] for word in BUNDLED if isinstance(document.get(word), dict)), None)
    if inner is None or is_schema(document):
        if not is_schema(document):
            raise refused("import.unknown")
        return read_schema(document, notes, language)
    if not (is_schema(inner) or is_form_js(inner)):
        raise refused("import.unknown")
    drawn = next((document[word] for word in DRAWN if document.get(word)), None)
    for member in sorted(set(document) - {*BUNDLED, *DRAWN}):
        notes.dropped("#", member, "member", member=member)
    if is_form_js(inner):
        return read_form_js(inner, notes, language)
    laid = laid_beside(inner, drawn, notes)
    return read_schema(laid.schema, notes, language, laid.shown)


def _only_definitions(document: Mapping[str, Any]) -> bool:
    return bool(document.get("$defs") or document.get("definitions")) and not any(word in document for word in ROOTS)


def _is_formio(document: Mapping[str, Any]) -> bool:
    if document.get("display") in ("form", "wizard"):
        return True
    return any(isinstance(one, dict) and isinstance(one.get("input"), bool) for one in document["components"])


def _deeper(document: Any) -> bool:
    """Whether a document is nested deeper than any form is. Without recursion."""
    level = [document]
    for _ in range(DEEPEST):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


__all__ = ["CannotImport", "Imported", "Note", "import_form"]

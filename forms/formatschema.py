"""The JSON Schema of the format `loket-form/1`, put together from what the kinds say of their options.

`forms/schema/loket-form-1.json` is this, written down; a test keeps the two equal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from forms.common import common, properties
from forms.fields import kinds
from forms.kind import Kind
from forms.property import FEEL, KEY, SEEN, WORDS, Json

FORMAT = "loket-form/1"
FIELDS_FORMAT = "loket-fields/1"

DEFINED: Json = {
    "words": {
        "title": "words",
        "type": "object",
        "required": ["id", "en"],
        "properties": {
            "id": {"type": "string", "maxLength": 5000, "pattern": SEEN},
            "en": {"type": "string", "maxLength": 5000, "pattern": SEEN},
        },
        "additionalProperties": False,
    },
    "feel": {"title": "FEEL", "type": "string", "minLength": 1, "maxLength": 2000},
    "rule": {
        "type": "object",
        "required": ["check", "say"],
        "properties": {"check": FEEL, "say": WORDS, "level": {"enum": ["error", "warning"]}},
        "additionalProperties": False,
    },
    "include": {
        "type": "object",
        "required": ["include"],
        "properties": {"include": {"type": "string", "pattern": "^[a-z][a-z0-9_-]{0,59}$"}},
        "additionalProperties": False,
    },
}


def field_schema(kind: Kind) -> Json:
    """The schema of a question of one kind: what all have, and the kind's own options."""
    shared = common(kind)
    said = {"kind": {"const": kind.word}} | {one.key: one.shape for one in (*shared, *properties(kind))}
    needs = ["kind", *(one.key for one in shared if one.required), *kind.needs]
    return {"type": "object", "required": needs, "properties": said, "additionalProperties": False}


def _questions(words: list[str]) -> Json:
    one_of = [{"if": _is(word), "then": {"$ref": f"#/$defs/kind_{word}"}} for word in words]
    question = {
        "type": "object",
        "required": ["key", "kind"],
        "properties": {"kind": {"enum": words}},
        "allOf": one_of,
    }
    items = {"if": {"type": "object", "required": ["include"]}, "then": {"$ref": "#/$defs/include"}, "else": question}
    return {"type": "array", "minItems": 1, "maxItems": 200, "items": items}


def _is(word: str) -> Json:
    return {"type": "object", "required": ["kind"], "properties": {"kind": {"const": word}}}


@cache
def format_schema() -> Mapping[str, Any]:
    """The JSON Schema (2020-12) of a form."""
    page = {
        "type": "object",
        "required": ["key", "title", "fields"],
        "properties": {"key": KEY, "title": WORDS, "show_when": FEEL, "fields": {"$ref": "#/$defs/questions"}},
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://loket.example/schema/loket-form-1.json",
        "title": "A form of Loket",
        "type": "object",
        "required": ["format", "key", "title", "pages"],
        "properties": {
            "$schema": {"type": "string"},
            "format": {"const": FORMAT},
            "key": KEY,
            "title": WORDS,
            "pages": {"type": "array", "minItems": 1, "maxItems": 50, "items": {"$ref": "#/$defs/page"}},
        },
        "additionalProperties": False,
        "$defs": {"page": page, **definitions()},
    }


@cache
def fields_schema() -> Mapping[str, Any]:
    """The JSON Schema of a group of questions that many forms include."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["format", "fields"],
        "properties": {
            "$schema": {"type": "string"},
            "format": {"const": FIELDS_FORMAT},
            "title": WORDS,
            "fields": {"$ref": "#/$defs/questions"},
        },
        "additionalProperties": False,
        "$defs": definitions(),
    }


def definitions() -> Json:
    """What both schemas refer to."""
    own = {f"kind_{word}": field_schema(kind) for word, kind in kinds().items()}
    return {
        **DEFINED,
        **own,
        "questions": _questions(list(kinds())),
        "inner_questions": _questions([word for word, kind in kinds().items() if kind.nests]),
        "cell_questions": _questions([word for word, kind in kinds().items() if kind.cell]),
    }


if __name__ == "__main__":
    target = Path(__file__).parent / "schema" / "loket-form-1.json"
    target.write_text(json.dumps(format_schema(), ensure_ascii=False, indent=1) + "\n", "utf-8")

"""A form as JSON Schema, for machines that send answers without a browser. It describes the shape that `Form.raw_of` gives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from forms.form import Field, Form
from forms.schemaconditions import Asking, implied
from forms.words import pick

LANGUAGES = ("id", "en")
_OTHER_DIALECT = re.compile(r"\(\?[^:]|\\[AzpPQEC]|\[\[:")  # RE2's own: flags, \A, \pL, [[:alpha:]]


def json_schema(form: Form, *, lang: str = "id") -> dict[str, Any]:
    """The JSON Schema (2020-12) of the answers: titles in `lang`, and as `x-title-id`, `x-title-en` in both.

    Conditions are told as FEEL in `x-show-when` and `x-required-when`; those over choices, ticks and numbers also as `if`/`then`.
    """
    shown = {one.key: page.show_when for page in form.pages for one in page.fields}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_titles("title", form.title, lang),
        **object_of(list(form.questions()), lang, shown, root=form.key),
    }


def object_of(fields: Sequence[Field], lang: str, above: Mapping[str, str | None] | None = None, *, root: str = "row") -> dict[str, Any]:
    """The schema of an object with an answer per question; `above` are the conditions of their pages, `root` how conditions name it."""
    asked = [one for one in fields if one.kind.answered and not one.kind.computed]
    outer = above or {}
    always = [one.key for one in asked if one.required and one.show_when is None and not outer.get(one.key)]
    known = {one.key: one for one in asked}
    conditions = [each for one in asked for each in implied(Asking(root, known, one, outer.get(one.key)))]
    return {
        "type": "object",
        "properties": {one.key: _described(one, lang, outer.get(one.key)) for one in asked},
        "required": always,
        "additionalProperties": False,
        **({"allOf": conditions} if conditions else {}),
    }


def _described(one: Field, lang: str, page: str | None) -> dict[str, Any]:
    found = {**_titles("title", one.label, lang), "x-kind": one.kind.word, **_narrowed(one, one.kind.json_schema(one, lang))}
    if one.help:
        found |= {key: text for key, text in _titles("description", one.help, lang).items() if key not in found}
    conditions = [text for text in (page, one.show_when) if text]
    if conditions:
        found["x-show-when"] = conditions
    if one.required_when:
        found["x-required-when"] = one.required_when
    return found


def _titles(member: str, words: Mapping[str, str], lang: str) -> dict[str, str]:
    return {member: pick(words, lang), **{f"x-{member}-{each}": words[each] for each in LANGUAGES if words.get(each)}}


def _narrowed(one: Field, schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of the kind with what the options of this question say besides: the pattern, the limits of a number."""
    pattern = one.options.get("pattern")
    if schema.get("type") == "string" and isinstance(pattern, str) and not _OTHER_DIALECT.search(pattern):
        return {**schema, "pattern": f"^(?:{pattern})$"}
    if schema.get("type") == "array" and isinstance(one.options.get("max"), int):
        schema = {"maxItems": one.options["max"], **schema}
    if one.kind.feel == "number":
        return {**schema, **({"anyOf": [_within(one, each) for each in schema["anyOf"]]} if "anyOf" in schema else _within(one, schema))}
    return schema


def _within(one: Field, schema: dict[str, Any]) -> dict[str, Any]:
    """The limits on the shape that is a number; whole numbers where no decimals are allowed."""
    if schema.get("type") == "string" and "decimals" in one.kind.options and not one.options.get("decimals"):
        return {**schema, "pattern": "^-?[0-9]{1,18}$"}
    if schema.get("type") not in ("number", "integer"):
        return schema
    limits = {"minimum": one.options.get("min"), "maximum": one.options.get("max")}
    whole = {"type": "integer"} if "decimals" in one.kind.options and not one.options.get("decimals") else {}
    return {**schema, **whole, **{key: value for key, value in limits.items() if isinstance(value, int | float)}}

"""A form as JSON Schema, for machines that send answers without a browser. It describes the shape that `Form.raw_of` gives."""

from __future__ import annotations

from typing import Any

from forms.form import Field, Form
from forms.words import pick


def json_schema(form: Form, *, lang: str = "id") -> dict[str, Any]:
    """The JSON Schema (2020-12) of the answers; titles in `lang`. Conditions are told as FEEL in `x-show-when` and `x-required-when`."""
    shown = {one.key: page.show_when for page in form.pages for one in page.fields}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": pick(form.title, lang),
        **object_of(list(form.questions()), lang, shown),
    }


def object_of(fields: list[Field] | tuple[Field, ...], lang: str, above: dict[str, str | None] | None = None) -> dict[str, Any]:
    """The schema of an object with an answer per question; `above` are the conditions of their pages."""
    asked = [one for one in fields if one.kind.answered]
    outer = above or {}
    always = [one.key for one in asked if one.required and one.show_when is None and not outer.get(one.key)]
    return {
        "type": "object",
        "properties": {one.key: _described(one, lang, outer.get(one.key)) for one in asked},
        "required": always,
        "additionalProperties": False,
    }


def _described(one: Field, lang: str, page: str | None) -> dict[str, Any]:
    found = {"title": pick(one.label, lang), **one.kind.json_schema(one, lang)}
    if one.help:
        found.setdefault("description", pick(one.help, lang))
    conditions = [text for text in (page, one.show_when) if text]
    if conditions:
        found["x-show-when"] = conditions
    if one.required_when:
        found["x-required-when"] = one.required_when
    return found

"""Uploads among answers that are not checked yet: what is fine can be kept at once, so that nobody chooses a file twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from forms.fields.file import File, judge
from forms.files import Upload
from forms.form import Field, Form
from forms.shown import tidied


def with_fine_files(form: Form, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The answers in one shape each, with every upload judged; uploads with a fault, or where no file is asked, are left out.

    For drafts and for the buttons of a page; `Form.check` judges again and says what is wrong. Never raises for what `decode` gave.
    """
    clean = _fine(tuple(form.questions()), raw)
    asked = {one.key for one in form.questions()}
    return {key: value for key, value in clean.items() if key in asked}


def _fine(fields: tuple[Field, ...], raw: Mapping[str, Any]) -> dict[str, Any]:
    known = {one.key: one for one in fields}
    return {key: _answer(known[key], value) if key in known else _without(value) for key, value in tidied(fields, raw).items()}


def _answer(one: Field, value: Any) -> Any:
    if one.fields and isinstance(value, list):
        return [_fine(one.fields, row) if isinstance(row, dict) else row for row in value]
    if isinstance(one.kind, File) and isinstance(value, list):
        return [made for item in value if (made := _judged(one, item)) is not None]
    return _without(value)


def _judged(one: Field, item: Any) -> Any:
    if not isinstance(item, Upload):
        return _without(item)
    try:
        return judge(item, one)
    except ma.ValidationError:
        return None


def _without(value: Any) -> Any:
    """The same without any upload."""
    if isinstance(value, dict):
        return {key: _without(one) for key, one in value.items() if not isinstance(one, Upload)}
    if isinstance(value, list):
        return [_without(one) for one in value if not isinstance(one, Upload)]
    return None if isinstance(value, Upload) else value

"""Uploads among answers that are not checked yet: what is fine can be kept at once, so that nobody chooses a file twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import marshmallow as ma

from forms.errors import Fault, FieldError, Invalid
from forms.fields.file import File, judge
from forms.files import Upload
from forms.form import Field, Form
from forms.shown import tidied

_ROW = re.compile("[0-9]|[1-9][0-9]")


def with_fine_files(form: Form, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The answers in one shape each, with every upload judged; uploads with a fault, or where no file is asked, are left out.

    For drafts and for the buttons of a page; `Form.check` judges again and says what is wrong. Never raises for what `decode` gave.
    """
    clean = _fine(tuple(form.questions()), raw)
    asked = {one.key for one in form.questions()}
    return {key: value for key, value in clean.items() if key in asked}


def judged_upload(form: Form, path: str, upload: Upload) -> Upload:
    """One upload for the question at a path, with its type found out. Raises `Invalid` with what is wrong, also where no file is asked."""
    field = form.find(path)
    if field is None or not isinstance(field.kind, File) or not _is_place(form, path, field):
        raise Invalid((FieldError(path, "undeclared"),), {})
    try:
        return judge(upload, field)
    except ma.ValidationError as wrong:
        fault = next(one for one in wrong.messages if isinstance(one, Fault))
        raise Invalid((FieldError(path, str(fault), fault.facts),), {}) from wrong


def with_upload(form: Form, raw: Mapping[str, Any], path: str, upload: Upload) -> dict[str, Any]:
    """The answers so far with a judged upload at a path: added where several are asked, else instead of the one before."""
    field = form.find(path)
    assert field is not None and isinstance(field.kind, File)  # noqa: PT018  `judged_upload` has looked
    *way, last = path.split(".")
    whole = deepcopy(dict(raw))
    place: Any = whole
    for key, following in zip(way, path.split(".")[1:], strict=True):
        place = _inside(place, key, [] if following.isdigit() else {})
    before = field.kind.tidy(place.get(last), field) or []
    place[last] = [*before, upload] if field.kind.many else [upload]
    return whole


def _is_place(form: Form, path: str, field: Field) -> bool:
    """Whether the path is the question's own, or its place in a row: `ktp`, `points.0.photo`."""
    if path == field.key:
        return field in form.questions()
    group, number, key = (*path.split("."), "", "")[:3]
    return bool(_ROW.fullmatch(number)) and path == f"{group}.{number}.{key}" and key == field.key


def _inside(place: Any, key: str, empty: Any) -> Any:
    """What stands at a key or a row number, made where it is missing."""
    if isinstance(place, dict):
        if not isinstance(place.get(key), type(empty)):
            place[key] = empty
        return place[key]
    while len(place) <= int(key):
        place.append({})
    return place[int(key)]


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

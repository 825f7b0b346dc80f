"""Unchecked answers, ready to be kept as a draft: files that are fine by themselves stay, judged; all others go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from forms.fields.file import File, judge
from forms.files import Upload
from forms.form import Form
from forms.shown import tidied


def fine(form: Form, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The same answers with every upload either judged (it has a type now) or left out, so that nobody uploads twice."""
    answers = tidied(list(form.questions()), raw)
    return {key: made for key, value in answers.items() if (made := _fine(form, value, key)) is not None}


def _fine(form: Form, node: Any, path: str) -> Any:
    if isinstance(node, dict):
        return {key: made for key, value in node.items() if (made := _fine(form, value, f"{path}.{key}")) is not None}
    if isinstance(node, list):
        return [made for number, value in enumerate(node) if (made := _fine(form, value, f"{path}.{number}")) is not None]
    return _judged(form, node, path) if isinstance(node, Upload) else node


def _judged(form: Form, upload: Upload, path: str) -> Upload | None:
    field = form.find(path)
    if upload.type or field is None or not isinstance(field.kind, File):
        return upload if upload.type else None
    try:
        return judge(upload, field)
    except ma.ValidationError:
        return None

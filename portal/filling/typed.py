"""What a browser sent, read into plain values; files are looked into before anything of them is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import marshmallow
from flask import request

import forms
from forms import Form, Upload
from forms.fields.file import judge


def sent() -> dict[str, Any]:
    """The body as nested values, files among them. Raises Invalid for what cannot be a form's answer."""
    return forms.decode(request.form.items(multi=True), list(_files()))


def _files() -> Iterator[tuple[str, Upload]]:
    for name, file in request.files.items(multi=True):
        with file:
            yield name, Upload(file.filename or "", file.read())


def with_page(form: Form, page: str, kept: Mapping[str, Any], posted: Mapping[str, Any]) -> dict[str, Any]:
    """The answers so far with those of one page replaced by what was posted; names the page does not ask are left out."""
    own = {one.key for one in form.page(page).fields}
    others = {key: value for key, value in kept.items() if key not in own}
    return {**others, **{key: value for key, value in posted.items() if key in own}}


def judged(form: Form, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The same answers with every upload either judged (it is fine by itself) or gone."""
    known = {one.key: one for one in form.questions()}
    tidied = {key: known[key].kind.tidy(value, known[key]) if key in known and not known[key].fields else value for key, value in raw.items()}
    return {key: made for key, value in tidied.items() if (made := _fine(form, value, key)) is not None}


def _fine(form: Form, node: Any, path: str) -> Any:
    if isinstance(node, dict):
        found = form.find(path)
        if found is not None and found.kind.word == "file":
            return _fine(form, found.kind.tidy(node, found), path)
        return {key: made for key, value in node.items() if (made := _fine(form, value, f"{path}.{key}")) is not None}
    if isinstance(node, list):
        return [made for number, value in enumerate(node) if (made := _fine(form, value, f"{path}.{number}")) is not None]
    return _accepted(form, node, path) if isinstance(node, Upload) else node


def _accepted(form: Form, upload: Upload, path: str) -> Upload | None:
    field = form.find(path)
    if upload.type or field is None or field.kind.word != "file":
        return upload if upload.type else None
    try:
        return judge(upload, field)
    except marshmallow.ValidationError:
        return None


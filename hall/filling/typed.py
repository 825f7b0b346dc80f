"""What a browser sent, read into plain values; files are looked into before anything of them is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

from flask import request

import forms
from forms import Form, Upload


def sent() -> dict[str, Any]:
    """The body as nested values, files among them. Raises Invalid for what cannot be a form's answer."""
    return forms.decode(request.form.items(multi=True), list(_files()))


def _files() -> Iterator[tuple[str, Upload]]:
    for name, file in request.files.items(multi=True):
        with closing(file):
            yield name, Upload(file.filename or "", file.read())


def uploads(node: Any) -> Iterator[Upload]:
    """Every file in what was sent."""
    if isinstance(node, Upload):
        yield node
    elif isinstance(node, Mapping | list):
        for each in node.values() if isinstance(node, Mapping) else node:
            yield from uploads(each)


def without_uploads(node: Any) -> Any:
    """The same without its files."""
    if isinstance(node, Mapping):
        return {key: without_uploads(each) for key, each in node.items() if not isinstance(each, Upload)}
    if isinstance(node, list):
        return [without_uploads(each) for each in node if not isinstance(each, Upload)]
    return node


def with_page(form: Form, page: str, kept: Mapping[str, Any], posted: Mapping[str, Any]) -> dict[str, Any]:
    """The answers so far with those of one page replaced by what was posted; names the page does not ask are left out."""
    own = {one.key for one in form.page(page).fields}
    others = {key: value for key, value in kept.items() if key not in own}
    return {**others, **{key: value for key, value in posted.items() if key in own}}

"""One file sent by itself, as soon as it is chosen: kept at once, so that neither a fault elsewhere nor a lost page costs it again."""

from __future__ import annotations

from typing import Any

from flask import jsonify, request
from werkzeug.wrappers import Response

import forms
from engine import cases
from engine.store import NotFound
from forms import FieldError, Invalid, Upload

from .scene import Start
from .typed import sent

Answer = Response | tuple[Response, int]


def take_file(start: Start, key: str) -> Answer:
    """Keep the file of the question named in `_question`; gives its id, name, size and address, or the sentence why not (422).

    Either the whole file has arrived and is kept, or nothing is: a request cut off in the middle never gets here. Raises what
    `start.scene` and `cases.keep_typed` raise.
    """
    ground = start.ground
    with ground.unit() as db:
        scene = start.scene(db)
        frame = scene.frame
        path = request.form.get("_question", "")
        asked = {one.key for one in scene.page(key).fields}
        try:
            if path.partition(".")[0] not in asked or not scene.may_change(path.partition(".")[0]):
                raise Invalid((FieldError(path, "undeclared"),), {})
            upload = forms.judged_upload(scene.form, path, _only_file(path))
        except Invalid as wrong:
            return jsonify(text=forms.sentence(scene.form, wrong.errors[0], scene.lang)), 422
        raw = forms.with_upload(scene.form, scene.raw, path, upload)
        raw = cases.keep_typed(db, ground.office(), frame.task, raw, page=None, by=scene.task.by, at=ground.now())
        id = _last(_at(raw, path))
    return jsonify(id=id, name=upload.name, size=upload.size, address=frame.file(id))


def _only_file(path: str) -> Upload:
    """The one file of the request."""
    found = _files(sent())
    if len(found) != 1:
        raise Invalid((FieldError(path, "required"),), {})
    return found[0]


def _files(node: Any) -> list[Upload]:
    if isinstance(node, Upload):
        return [node]
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [one for each in inner for one in _files(each)]


def _at(raw: Any, path: str) -> Any:
    for step in path.split("."):
        raw = raw[int(step)] if isinstance(raw, list) else raw[step]
    return raw


def _last(kept: Any) -> str:
    if not isinstance(kept, list) or not kept:
        raise NotFound(what="file")
    return str(kept[-1])

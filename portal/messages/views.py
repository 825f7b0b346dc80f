"""`POST /api/messages/<name>`: a message for a case, by the token of a sender; docs/messages.md tells how."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import Blueprint, jsonify, request
from flask.blueprints import BlueprintSetupState
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType
from werkzeug.wrappers import Response

from engine import cases
from engine.cases import BadMessage
from hall import a_machine, at_most, machine, now, office, unit

blueprint = Blueprint("messages", __name__)
LARGEST_REQUEST = 128 * 1024
OFTEN = "120 per minute"
TEXTS = ("key", "case", "number")


@blueprint.record_once
def attach(state: BlueprintSetupState) -> None:
    """No token of a form is asked for: the header with the sender's token is what no other site can send."""
    state.app.extensions["csrf"].exempt(take)


@blueprint.post("/api/messages/<path:message>")
@at_most(OFTEN)
@a_machine
def take(message: str) -> Response:
    """Deliver it: 200 with `new` (false when this key was delivered before), or a problem of RFC 9457 with its code."""
    sent, sender = body(), machine()
    assert sender is not None  # the guard has looked
    case = sent.get("case") or sent.get("number") or ""
    if not case:
        raise BadMessage(field="case", why="missing")
    key, payload, which = sent.get("key", ""), sent.get("payload", {}), sent.get("which")
    if not isinstance(payload, Mapping):
        raise BadMessage(field="payload", why="object")
    if which is not None and type(which) not in (str, int):
        raise BadMessage(field="which", why="text")
    with unit() as db:
        kept = db.merge(sender)
        kept.last_used_at = now()
        new = cases.receive(db, office(), message, payload, key=key, case=case, by=None, at=now(), which=which, sender=kept)
    return jsonify({"new": new, "key": key, "message": message})


def body() -> dict[str, Any]:
    """The JSON that was sent. Raises BadMessage; what HTTP itself refuses."""
    if not request.is_json:
        raise UnsupportedMediaType()
    if (request.content_length or 0) > LARGEST_REQUEST:
        raise RequestEntityTooLarge()
    try:
        sent = json.loads(request.get_data(), parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as wrong:
        raise BadMessage(field="body", why="json") from wrong
    if not isinstance(sent, dict):
        raise BadMessage(field="body", why="object")
    for name in TEXTS:
        if name in sent and not isinstance(sent[name], str):
            raise BadMessage(field=name, why="text")
    return sent


def _no_number(text: str) -> float:
    """NaN and Infinity are no JSON."""
    raise ValueError(text)

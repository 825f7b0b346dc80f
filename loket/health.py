"""`/healthz`: whether this office can work, for whatever watches over the server."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Flask, Response, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError

from engine import jobs
from engine.store import pending
from hall import everyone

from .hands import Hands

NEEDED = ("database", "migrations", "worker")
LATE = timedelta(minutes=5)  # so long an errand may wait for a worker that is busy

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@everyone
def healthz() -> tuple[Response, int]:
    """200 when database, tables and worker are well, else 503; each by name, and nothing that an outsider could use.

    Late errands and dead letters are told too, but somebody must look at them: they are no reason to send visitors elsewhere.
    """
    found = findings(current_app.extensions["loket"])
    return jsonify(found), 200 if all(found[name] for name in NEEDED) else 503


def findings(hands: Hands) -> dict[str, bool]:
    """What is well: `database` can be reached, `migrations` are all done, a `worker` lives, `errands` are done in time, none gave up
    (`no_dead_letters`)."""
    names = (*NEEDED, "errands", "no_dead_letters")
    try:
        migrated = not pending(hands.store.engine)
    except SQLAlchemyError:
        return dict.fromkeys(names, False)
    if not migrated:
        return dict.fromkeys(names, False) | {"database": True}
    at = hands.now()
    with hands.store.reading() as session:
        lives, late = jobs.alive(session, at) > 0, jobs.waiting(session, at - LATE, limit=1)
        return dict(zip(names, (True, True, lives, not late, not jobs.dead_letters(session, limit=1)), strict=True))


def attach(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(blueprint)

"""`/healthz`: whether this office can work, for whatever watches over the server."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Flask, Response, current_app, jsonify
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from engine.jobs import Heartbeat
from engine.store import pending
from hall import everyone

from .hands import Hands

SILENCE = timedelta(minutes=2)  # a worker gives a sign of life every few seconds

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@everyone
def healthz() -> tuple[Response, int]:
    """200 when database, tables and worker are well, else 503; each by name, and nothing that an outsider could use."""
    found = findings(current_app.extensions["loket"])
    return jsonify(found), 200 if all(found.values()) else 503


def findings(hands: Hands) -> dict[str, bool]:
    """What is well: `database` can be reached, `migrations` are all done, the `worker` lives."""
    try:
        migrated = not pending(hands.store.engine)
    except SQLAlchemyError:
        return {"database": False, "migrations": False, "worker": False}
    return {"database": True, "migrations": migrated, "worker": migrated and worker_lives(hands)}


def worker_lives(hands: Hands) -> bool:
    """Whether any worker has looked for work lately."""
    with hands.store.reading() as session:
        last = session.scalar(select(func.max(Heartbeat.at)))
    return last is not None and hands.now() - last < SILENCE


def attach(app: Flask) -> None:
    """Register the page."""
    app.register_blueprint(blueprint)

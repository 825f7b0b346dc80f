"""Being signed in: a row for each browser, gone when its person signs out there. A copied cookie is worth nothing afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from engine.store import Session

from .read import Anybody
from .tables import Visit

LASTS = timedelta(hours=12)


def begin_visit(session: Session, person: Anybody, *, at: datetime) -> Visit:
    """A browser is signed in from now on; what is too old to be used is forgotten."""
    session.execute(delete(Visit).where(Visit.person_id == person.id, Visit.at < at - LASTS))
    visit = Visit(person_id=person.id, at=at)
    session.add(visit)
    session.flush()
    return visit


def end_visit(session: Session, visit_id: str) -> None:
    """The browser is signed out; nothing happens when it was already."""
    session.execute(delete(Visit).where(Visit.id == visit_id))

"""The desks of the office and who sits there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from engine import timeline
from engine.store import Session

from .tables import Desk, Membership, Person

ADMINISTRATOR = "administrator"
APPLICANT = "applicant"  # a desk in every diagram, held by the applicant of the case: never a membership


def desks(session: Session) -> Sequence[Desk]:
    """All desks of the office, by key."""
    return session.scalars(select(Desk).order_by(Desk.key)).all()


def ensure_desk(session: Session, key: str, names: dict[str, str]) -> Desk:
    """The desk with this key; made when it is new (an office names its desks itself later)."""
    desk = session.get(Desk, key)
    if desk is None:
        desk = Desk(key=key, name_id=names.get("id", key), name_en=names.get("en", names.get("id", key)))
        session.add(desk)
        session.flush()
    return desk


def add_to_desk(session: Session, person: Person, desk: str, *, by: str | None, at: datetime) -> None:
    """Seat a person at a desk from now on; nothing happens when they sit there already."""
    if desk in person.desks:
        return
    person.memberships.append(Membership(person_id=person.id, desk_key=desk, since=at, added_by=by))
    session.flush()
    timeline.tell(session, "person.desk_given", by=by, at=at, person=person.id, desk=desk)


def remove_from_desk(session: Session, person: Person, desk: str, *, by: str | None, at: datetime) -> None:
    """End a person's time at a desk; what they did there stays theirs."""
    for each in person.memberships:
        if each.desk_key == desk and each.until is None:
            each.until = at
            timeline.tell(session, "person.desk_taken", by=by, at=at, person=person.id, desk=desk)
    session.flush()

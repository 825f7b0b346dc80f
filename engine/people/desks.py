"""The desks of the office and who sits there."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from engine import timeline
from engine.store import NotFound, Session

from .errors import DeskTaken, LastAdministrator, NotYourself, WrongDesk
from .tables import Desk, Membership, Person

ADMINISTRATOR = "administrator"
KEY = re.compile(r"[a-z][a-z0-9_]{1,59}")
LONGEST_NAME = 120
APPLICANT = "applicant"  # a desk in every diagram, held by the applicant of the case: never a membership


def desks(session: Session) -> Sequence[Desk]:
    """All desks of the office, by key."""
    return session.scalars(select(Desk).order_by(Desk.key)).all()


def empty_desks(session: Session, keys: Collection[str]) -> Sequence[Desk]:
    """Of these desks, those at which nobody sits."""
    seated = select(Membership.desk_key).where(Membership.until.is_(None))
    return session.scalars(select(Desk).where(Desk.key.in_(keys), Desk.key.not_in(seated)).order_by(Desk.key)).all()


def ensure_desk(session: Session, key: str, names: dict[str, str]) -> Desk:
    """The desk with this key; made when it is new (an office names its desks itself later)."""
    desk = session.get(Desk, key)
    if desk is None:
        desk = Desk(key=key, name_id=names.get("id", key), name_en=names.get("en", names.get("id", key)))
        session.add(desk)
        session.flush()
    return desk


def add_desk(session: Session, key: str, names: Mapping[str, str], *, by: str, at: datetime) -> Desk:
    """A new desk. `key` is what diagrams call it (`tim_teknis`), `names` its words by language. Raises WrongDesk, DeskTaken."""
    if not KEY.fullmatch(key) or key == APPLICANT:
        raise WrongDesk(what="key")
    if session.get(Desk, key) is not None:
        raise DeskTaken(key=key)
    desk = Desk(key=key, name_id=_name(names, "id"), name_en=_name(names, "en"))
    session.add(desk)
    session.flush()
    timeline.tell(session, "desk.added", by=by, at=at, desk=key)
    return desk


def rename_desk(session: Session, key: str, names: Mapping[str, str], *, by: str, at: datetime) -> Desk:
    """Other words for a desk; its key stays, because diagrams name it. Raises NotFound, WrongDesk."""
    desk = session.get(Desk, key)
    if desk is None:
        raise NotFound(what="desk")
    desk.name_id, desk.name_en = _name(names, "id"), _name(names, "en")
    timeline.tell(session, "desk.renamed", by=by, at=at, desk=key)
    session.flush()
    return desk


def _name(names: Mapping[str, str], lang: str) -> str:
    name = " ".join(names.get(lang, "").split())
    if not name or len(name) > LONGEST_NAME:
        raise WrongDesk(what=f"name_{lang}")
    return name


def keeps_an_administrator(session: Session, person: Person, *, by: str | None) -> None:
    """Go on when the office can spare this person as its administrator. Raises NotYourself, LastAdministrator.

    The desk's row is locked: of two administrators who remove each other at once, the second is refused.
    """
    if ADMINISTRATOR not in person.desks or not person.active:
        return
    if by == person.id:
        raise NotYourself()
    session.execute(select(Desk.key).where(Desk.key == ADMINISTRATOR).with_for_update())
    others = (
        select(Membership.id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.desk_key == ADMINISTRATOR, Membership.until.is_(None), Membership.person_id != person.id, Person.active)
    )
    if session.scalar(others.limit(1)) is None:
        raise LastAdministrator()


def add_to_desk(session: Session, person: Person, desk: str, *, by: str | None, at: datetime) -> None:
    """Seat a person at a desk from now on; nothing happens when they sit there already."""
    if desk in person.desks:
        return
    person.memberships.append(Membership(person_id=person.id, desk_key=desk, since=at, added_by=by))
    session.flush()
    timeline.tell(session, "person.desk_given", by=by, at=at, person=person.id, desk=desk)


def remove_from_desk(session: Session, person: Person, desk: str, *, by: str | None, at: datetime) -> None:
    """End a person's time at a desk; what they did there stays theirs.

    Raises NotYourself and LastAdministrator at the administrators' desk.
    """
    if desk == ADMINISTRATOR:
        keeps_an_administrator(session, person, by=by)
    for each in person.memberships:
        if each.desk_key == desk and each.until is None:
            each.until = at
            timeline.tell(session, "person.desk_taken", by=by, at=at, person=person.id, desk=desk)
    session.flush()

"""Telling the timeline, and reading it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.store import Page, Session, new_id, page_of

from .tables import Entry, Event

NO_FACTS: Mapping[str, Any] = {}


def enter(
    session: Session,
    line: type[Entry],
    what: str,
    *,
    at: datetime,
    case: str | None = None,
    by: str | None = None,
    facts: Mapping[str, Any] = NO_FACTS,
    sealed: Any = None,
    person: str | None = None,
    address: str | None = None,
) -> str:
    """Write a line of this kind into the journal; all lines of a unit are one statement. Gives its id."""
    ident, kind = new_id(), line.__mapper_args__["polymorphic_identity"]
    row = {"id": ident, "kind": kind, "what": what, "case_id": case, "by": by, "at": at, "facts": facts, "sealed": sealed}
    session.insert(Entry, {**row, "person_id": person, "address": address})
    return ident


def tell(session: Session, what: str, *, by: str | None, at: datetime, case: str | None = None, **facts: object) -> None:
    """Write down that something happened; `by` is None when the office's own clockwork did it."""
    enter(session, Event, what, at=at, case=case, by=by, facts=facts)


def of_case(session: Session, case: str) -> Sequence[Event]:
    """Everything that happened in a case, oldest first."""
    return session.scalars(select(Event).where(Event.case_id == case).order_by(Event.id)).all()


def last(session: Session, case: str, what: str) -> Event | None:
    """The newest event of this kind in a case."""
    return session.scalar(select(Event).where(Event.case_id == case, Event.what == what).order_by(Event.id.desc()).limit(1))


def recent(session: Session, *, after: str | None = None, size: int = 50) -> Page[Event]:
    """The newest events of the office, a page at a time."""
    return page_of(session, select(Event), Event.id, after=after, size=size)

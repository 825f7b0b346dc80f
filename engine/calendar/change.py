"""The office's own days: setting, taking back, reading."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from engine import timeline
from engine.store import NotFound, Prepared, Session, table_of

from .tables import OwnDay
from .value import OfficeDay

_DAY = table_of(OwnDay)
_OWN_DAYS = Prepared(select(_DAY.c.date, _DAY.c.open, _DAY.c.name).order_by(_DAY.c.date))


def own_days(session: Session) -> tuple[OfficeDay, ...]:
    """All of them, by date: what the roof hands to `Calendar`."""
    return tuple(OfficeDay(*row) for row in session.ask(_OWN_DAYS))


def set_own_day(session: Session, day: date, *, open: bool, name: str, by: str, at: datetime) -> OfficeDay:
    """Close the office on that day, or open it; says it anew when it was said before. `name` is what people read ("HUT Kabupaten")."""
    session.merge(OwnDay(date=day, open=open, name=name, added_by=by, added_at=at))
    session.flush()
    timeline.tell(session, "calendar.day_set", by=by, at=at, day=day.isoformat(), open=open, name=name)
    return OfficeDay(day, open, name)


def take_back_own_day(session: Session, day: date, *, by: str, at: datetime, reason: str = "") -> None:
    """The day is again what the week and the holidays make of it. Raises NotFound when the office never said anything about it."""
    row = session.get(OwnDay, day)
    if row is None:
        raise NotFound(what="own day")
    session.delete(row)
    session.flush()
    timeline.tell(session, "calendar.day_taken_back", by=by, at=at, day=day.isoformat(), name=row.name, reason=reason)

"""Deadlines of steps and cases, with the clock stopped while the applicant or a payment is awaited (domain §2.2, §7)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from engine.calendar import Calendar, Clock, Stop
from engine.flow import Step
from engine.store import Session

from .tables import Case, Task

STOPPED_BY = ("applicant", "payment")


def task_due(calendar: Calendar, step: Step, opened: datetime) -> datetime | None:
    """End of the n-th working day after opening, where the step says `days`."""
    days = step.properties.get("days")
    return calendar.add_working_days(opened, int(days)) if days else None


def stops(session: Session, case: Case) -> tuple[Stop, ...]:
    """When the case's clock stood still: while a step of the applicant or a payment was open (after the application itself)."""
    query = select(Task.opened_at, Task.done_at, Task.dropped_at).where(Task.case_id == case.id, Task.clock.in_(STOPPED_BY))
    return tuple(Stop(opened, done or dropped) for opened, done, dropped in session.execute(query.order_by(Task.opened_at)))


def case_due(session: Session, calendar: Calendar, days: int | None, case: Case) -> datetime | None:
    """The latest moment for the whole case; None while the clock stands still, or before it starts.

    Counted from complete papers, and until they were checked from submission (so that the applicant hears a date at once).
    """
    started = case.complete_since or case.submitted_at
    if started is None or days is None:
        return None
    if case.ended_at is not None:
        return case.due_at
    return Clock(calendar, started, days, stops(session, case)).due()

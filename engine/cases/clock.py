"""Deadlines of steps and cases, with the clock stopped while the applicant or a payment is awaited (domain §2.2, §7)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from engine.calendar import Calendar, Clock, Stop
from engine.flow import Step
from engine.store import Session

from .hand import CaseInHand
from .tables import Case, Pause


def task_due(calendar: Calendar, step: Step, opened: datetime, held: datetime | None = None) -> datetime | None:
    """End of the n-th working day after opening, where the step says `days`; counted from when the case goes on, if it is suspended."""
    days = step.properties.get("days")
    if not days:
        return None
    return Clock(calendar, opened, int(days), (Stop(opened, held),)).due() if held else calendar.add_working_days(opened, int(days))


def pauses_of(session: Session, case: Case | CaseInHand) -> tuple[Stop, ...]:
    """The pauses of a case; one that still runs lasts as long as was announced. Asks nothing when there was none."""
    if not case.pauses:
        return ()
    rows = session.execute(select(Pause.since, Pause.over_at, Pause.until).where(Pause.case_id == case.id).order_by(Pause.since))
    return tuple(Stop(since, over or until) for since, over, until in rows)


def case_due(calendar: Calendar, days: int | None, case: Case | CaseInHand, stops: tuple[Stop, ...]) -> datetime | None:
    """The latest moment for the whole case; None while the clock stands still, or before it starts.

    Counted from complete papers, and until they were checked from submission (so that the applicant hears a date at once).
    """
    started = case.complete_since or case.submitted_at
    if started is None or days is None:
        return None
    if case.ended_at is not None:
        return case.due_at
    return Clock(calendar, started, days, stops).due()

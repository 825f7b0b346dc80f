"""Times in which the office's clock stood still, and what that does to every deadline of a case.

A pause is like a stop of `engine.calendar.Clock`: a working day is used up when the clock runs at the end of that day's service. What was
left before the pause is left after it, for the steps of the office, for its promise, and for timers: those in working time by working
time, those in calendar time by its length. A timer that names a day keeps that day: it is a fact of the world.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select, update

from engine import flow
from engine.calendar import Calendar
from engine.flow import Step
from engine.store import Session

from .follow import Doing
from .tables import OPEN, Case, Pause, Remark, Seat, Task, Timer


def open_pause(session: Session, case: Case) -> Pause | None:
    """The pause in which the case stands now."""
    return session.scalar(select(Pause).where(Pause.case_id == case.id, Pause.over_at.is_(None)))


def reason_of(session: Session, pause: Pause) -> str:
    """Why the case stands still, in the words of who suspended it."""
    return session.get_one(Remark, pause.remark_id).text


def begin_pause(
    session: Session, case: Case, *, since: datetime, until: datetime, remark: Remark, over_at: datetime | None = None
) -> Pause:
    """Note a pause; with `over` one that is over already."""
    pause = Pause(case_id=case.id, since=since, until=until, over_at=over, remark_id=remark.id)
    session.add(pause)
    case.pauses += 1
    case.suspended_until = until if over is None else None
    session.flush()
    return pause


def end_pause(session: Session, case: Case, *, at: datetime) -> Pause | None:
    """The pause of the case is over; None when it stood in none."""
    pause = open_pause(session, case)
    if pause is not None:
        pause.over_at, case.suspended_until = at, None
        session.flush()
    return pause


def move_deadlines(doing: Doing, *, since: datetime, before: datetime, after: datetime) -> None:
    """The clock stands from `since` until `after`, not until `before` as was thought: due steps and timers move, in the rows and the state.

    The promise for the whole case is worked out anew by whoever keeps the case.
    """
    session, calendar, steps = doing.session, doing.office.calendar, doing.bundle.process.steps
    for task in session.scalars(select(Task).where(Task.case_id == doing.case.id, OPEN, Task.due_at.is_not(None))):
        assert task.due_at is not None
        task.due_at = shifted(calendar, task.due_at, since, before, after)
        session.execute(update(Seat).where(Seat.task_id == task.id).values(due_at=task.due_at))
    moments = {}
    for timer in session.scalars(select(Timer).where(Timer.case_id == doing.case.id, Timer.over_at.is_(None))):
        timer.due_at = moments[timer.task] = _rings(calendar, steps[timer.step], timer.due_at, since, before, after)
    if moments:
        doing.case.state = flow.delay(doing.bundle.process, doing.case.state, moments)
    session.flush()


def _rings(calendar: Calendar, step: Step, due: datetime, since: datetime, before: datetime, after: datetime) -> datetime:
    kind, text = step.when or ("timeDuration", "")
    if "working" in text:
        return shifted(calendar, due, since, before, after)
    return due if kind == "timeDate" else due + (after - before)


def shifted(calendar: Calendar, due: datetime, since: datetime, before: datetime, after: datetime) -> datetime:
    """A deadline in working time, moved: as many days' ends lie before it as did, those in the pause not counted. Hours by hours."""
    if due <= since:
        return due
    closings = []
    for closes in calendar.ends_of_days(since, include=True):
        if closes > due:
            break
        closings.append(closes)
    if closings and closings[-1] == due:
        left = sum(not since <= each < before for each in closings)
        return _nth(calendar.ends_of_days(since, include=True), left, since, after)
    return calendar.add_working_time(max(since, after), calendar.working_time_between(max(since, before), due))


def _nth(ends: Iterator[datetime], left: int, since: datetime, after: datetime) -> datetime:
    for closes in ends:
        left -= not since <= closes < after
        if left <= 0:
            return closes
    raise AssertionError("the days of service have no end")

"""Times in which the office's clock stood still, and what that does to every deadline of a case.

A pause is like a stop of `engine.calendar.Clock`: a working day is used up when the clock runs at the end of that day's service. What was
left before the pause is left after it, for the steps of the office, for its promise, and for timers: those in working time by working
time, those in calendar time by its length. A timer that names a day keeps that day: it is a fact of the world.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

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


def begin_pause(session: Session, case: Case, *, since: datetime, until: datetime, remark: Remark, over: datetime | None = None) -> Pause:
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
    session, calendar, steps, held = doing.session, doing.office.calendar, doing.bundle.process.steps, Held(since, before, after)
    for task in session.scalars(select(Task).where(Task.case_id == doing.case.id, OPEN, Task.due_at.is_not(None))):
        assert task.due_at is not None
        task.due_at = held.working(calendar, task.opened_at, task.due_at)
        task.turn_at = task.due_at
        session.execute(update(Seat).where(Seat.task_id == task.id).values(turn_at=task.due_at))
    moments = {}
    for timer in session.scalars(select(Timer).where(Timer.case_id == doing.case.id, Timer.over_at.is_(None))):
        timer.due_at = moments[timer.task] = held.rings(calendar, steps[timer.step], timer)
    if moments:
        doing.case.state = flow.delay(doing.bundle.process, doing.case.state, moments)
    doing.case.at_hand = None
    session.flush()


@dataclass(frozen=True)
class Held:
    """A pause that was thought to last until `before` (`since`: there was none) and lasts until `after`."""

    since: datetime
    before: datetime
    after: datetime

    def rings(self, calendar: Calendar, step: Step, timer: Timer) -> datetime:
        """When a timer rings now."""
        kind, text = step.when or ("timeDuration", "")
        if "working" in text:
            return self.working(calendar, timer.made_at or self.since, timer.due_at)
        return timer.due_at if kind == "timeDate" else timer.due_at + (self.after - self.before)

    def working(self, calendar: Calendar, entered: datetime, due: datetime) -> datetime:
        """A deadline in working time, which has run since `entered`: as many ends of days are left as were, else as much service time."""
        if due <= self.since:
            return due
        left, last = 0, None
        for last in self._ends(calendar, entered):
            if last >= due:
                break
            left += not self.since <= last < self.before
        if last != due:
            time = calendar.working_time_between(max(entered, self.since, self.before), due)
            return calendar.add_working_time(max(entered, self.since, self.after), time)
        running = (closes for closes in self._ends(calendar, entered) if not self.since <= closes < self.after)
        return next(islice(running, left, None))

    def _ends(self, calendar: Calendar, entered: datetime) -> Iterator[datetime]:
        return (closes for closes in calendar.ends_of_days(entered) if closes >= self.since)

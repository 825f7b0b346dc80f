"""Suspending a case and letting it go on: the law, a court or a disaster stops the office, and no clock runs on meanwhile.

Every clock stands still, the applicant's too: nobody may lose a right while the office may not decide. The applicant may still answer;
the office's steps wait. Why it is so: docs/decisions/0036-suspended-cases.md.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from engine import flow, timeline
from engine.office import Office
from engine.people import Person
from engine.store import Session, enqueue

from .clock import case_due, pauses_of
from .context import load_case
from .doing import hold, tell_applicant
from .errors import CaseEnded, WrongUntil
from .follow import Doing, come_back
from .hand import at_hand
from .lead import ask_leading, remark
from .may import require
from .pauses import begin_pause, end_pause, move_deadlines, open_pause
from .tables import OPEN, Case, Pause, Task

LONGEST = timedelta(days=730)


def suspend(session: Session, office: Office, case_id: str, *, until: datetime, reason: str, by: Person, at: datetime) -> Pause:
    """No clock of the case runs until this moment (or until `resume`); the applicant is told why. Raises NotAllowed, CaseEnded, WrongUntil,
    ReasonNeeded.
    """
    case = load_case(session, case_id, lock=True)
    if case.ended_at is not None:
        raise CaseEnded()
    require("suspend", ask_leading(session, by, case))
    if not at < until <= at + LONGEST:
        raise WrongUntil(most=LONGEST.days)
    said = remark(session, case, "suspended", reason, by=by, at=at)
    pause = begin_pause(session, case, since=at, until=until, remark=said)
    doing = hold(session, office, case, by, at)
    _stand(doing, pause.since, pause.since, until)
    timeline.tell(session, "case.suspended", by=by.id, at=at, case=case.id, remark=said.id, until=until.isoformat())
    enqueue(session, "resume_case", {"case": case.id, "pause": pause.id}, key=f"resume:{pause.id}", case=case.id, at=at, run_at=until)
    last_day = (office.calendar.local(until) - timedelta(microseconds=1)).date()
    tell_applicant(doing, "suspended", reason=said.text, until=last_day)
    return pause


def resume(session: Session, office: Office, case_id: str, *, by: Person, at: datetime) -> Case:
    """The case goes on now, earlier than was announced; deadlines come forward accordingly. Raises NotAllowed."""
    case = load_case(session, case_id, lock=True)
    require("resume", ask_leading(session, by, case))
    _go_on(hold(session, office, case, by, at))
    return case


def resume_when_due(session: Session, office: Office, case_id: str, pause_id: str, *, at: datetime) -> None:
    """The announced day has come. Does nothing when the case went on before, or has ended."""
    case = load_case(session, case_id, lock=True)
    pause = open_pause(session, case)
    if pause is not None and pause.id == pause_id and case.ended_at is None:
        _go_on(hold(session, office, case, None, at))


def _go_on(doing: Doing) -> None:
    session, case = doing.session, doing.session.get_one(Case, doing.case.id)
    pause = end_pause(session, case, at=doing.at)
    assert pause is not None  # the right, or who calls, has looked
    _stand(doing, pause.since, pause.until, doing.at)
    for task in session.scalars(select(Task).where(Task.case_id == case.id, OPEN, Task.kind.in_(flow.AUTOMATIC))):
        come_back(doing, task.kind, task.id, pause.id)  # its first errand may have come and gone while nothing went on
    timeline.tell(session, "case.resumed", by=doing.by, at=doing.at, case=case.id)
    tell_applicant(doing, "resumed")


def _stand(doing: Doing, since: datetime, before: datetime, after: datetime) -> None:
    """Move every deadline, and raise the revision: a move that is under way must not write the old state over the new one."""
    move_deadlines(doing, since=since, before=before, after=after)
    stops = (*at_hand(doing.session, doing.case).stops(), *pauses_of(doing.session, doing.case))
    case, facts = doing.case, flow.snapshot(doing.bundle.process, doing.case.state).facts
    case.due_at = case_due(doing.office.calendar, doing.bundle.days_for(facts), case, stops)
    case.rev += 1
    doing.session.flush()

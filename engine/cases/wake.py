"""Time comes: what is due is looked up by an index, and only that."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from engine import flow, people, timeline
from engine.office import Office
from engine.store import Errand, Session, enqueue

from .context import bundle_of, load_case
from .follow import Doing, follow
from .tables import Case, Timer

WAKE = "wake"  # the errand that tries a case again whose timers could not ring


def claim_due(session: Session, at: datetime) -> str | None:
    """Lock the case whose timer is the longest overdue and give its id, or None. Other workers pass a locked case by.

    Left out are cases whose timers failed: an errand tries those again, with growing pauses.
    """
    tried = select(Errand.id).where(Errand.case_id == Timer.case_id, Errand.name == WAKE, Errand.done_at.is_(None))
    due = select(Case.id).join(Timer, Timer.case_id == Case.id).where(Timer.due_at <= at, Timer.over_at.is_(None), ~tried.exists())
    return session.scalar(due.order_by(Timer.due_at).limit(1).with_for_update(of=Case, skip_locked=True))


def try_later(session: Session, case_id: str, *, at: datetime) -> None:
    """The timers of a case could not ring: an errand tries again, first in a minute, and is a dead letter when it keeps failing."""
    after = at + timedelta(minutes=1)
    enqueue(session, WAKE, {"case": case_id}, key=f"{WAKE}:{case_id}:{at.isoformat()}", case=case_id, at=at, run_at=after)


def wake(session: Session, office: Office, case_id: str, *, at: datetime) -> None:
    """Let the timers of a case that are due do what the diagram says. A second call finds nothing due and does nothing."""
    case = load_case(session, case_id, lock=True)
    due = session.scalars(select(Timer).where(Timer.case_id == case_id, Timer.over_at.is_(None), Timer.due_at <= at)).all()
    if not due or case.ended_at is not None:
        return
    bundle, rev = bundle_of(session, case), case.rev
    doing = Doing(session, office, case, bundle, people.by_id(session, case.applicant_id), None, at)
    for timer in due:
        timer.over_at = at
        timeline.tell(session, "timer.rang", by=None, at=at, case=case_id, step=timer.step)
    follow(doing, flow.wake(bundle.process, case.state, env=doing.env()), rev=rev)

"""Time comes: what is due is looked up by an index, and only that."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from engine import flow, people, timeline
from engine.office import Office
from engine.store import Session

from .context import bundle_of, load_case
from .follow import Doing, follow
from .tables import Timer


def due_cases(session: Session, at: datetime, *, limit: int = 100, but: Collection[str] = ()) -> Sequence[str]:
    """Cases with a timer that is due, the longest overdue first, without those in `but`."""
    due = (Timer.due_at <= at, Timer.over_at.is_(None), Timer.case_id.not_in(but))
    query = select(Timer.case_id).where(*due).order_by(Timer.due_at).limit(limit)
    return list(dict.fromkeys(session.scalars(query)))


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

"""Taking a task for oneself, and giving it back to the desk."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from engine import timeline
from engine.people import Person
from engine.store import Session

from .complete import mine_to_do
from .context import ask, lock_task
from .errors import CaseEnded, NotAllowed, TaskGone, TaskTaken
from .may import require
from .read import MOST_PAGES, inbox
from .tables import OPEN, Task


def claim(session: Session, task_id: str, *, by: Person, at: datetime) -> None:
    """The task is this person's until they complete or release it; two who claim at once: one wins, the other hears TaskTaken."""
    task, case = mine_to_do(session, task_id, by, "claim")
    if task.assignee == by.id:
        return
    free = update(Task).where(Task.id == task.id, Task.assignee.is_(None)).values(assignee=by.id, claimed_at=at)
    if session.execute(free).rowcount != 1:  # type: ignore[attr-defined]
        raise TaskTaken(step=task.step)
    timeline.tell(session, "task.claimed", by=by.id, at=at, case=case.id, step=task.step, task=task.id)


def claim_next(session: Session, *, by: Person, at: datetime, desk: str | None = None) -> str | None:
    """Claim the most urgent task at the person's desks (or at one of them) that is free and that they may do; its id, or None.

    What they may not do (their own application, four eyes) and what somebody else took a moment ago is passed over.
    """
    after: str | None = None
    for _ in range(MOST_PAGES):
        page = inbox(session, by, desk=desk, after=after)
        for line in page.rows:
            if line.assignee is None and _claimed(session, line.task, by, at):
                return line.task
        if page.after is None:
            return None
        after = page.after
    return None


def _claimed(session: Session, task: str, by: Person, at: datetime) -> bool:
    try:
        claim(session, task, by=by, at=at)
    except (NotAllowed, TaskGone, TaskTaken, CaseEnded):
        return False
    return True


def release(session: Session, task_id: str, *, by: Person, at: datetime) -> None:
    """Back to the desk. Raises NotAllowed when it is not this person's, TaskGone when it is done: who did it stays written."""
    task, case = lock_task(session, task_id)
    require("release", ask(session, by, case, task))
    if not task.is_open:
        raise TaskGone(step=task.step)
    task.assignee, task.claimed_at = None, None
    timeline.tell(session, "task.released", by=by.id, at=at, case=case.id, step=task.step, task=task.id)


def put_back(session: Session, person: Person, *, by: str, at: datetime) -> int:
    """Put back everything this person has taken, because they cannot: their account is being closed. Gives how many tasks.

    An administrator's deed; no right of the case is asked, because nothing of the case changes hands.
    """
    taken = session.scalars(select(Task).where(Task.assignee == person.id, OPEN)).all()
    for task in taken:
        task.assignee, task.claimed_at = None, None
        timeline.tell(session, "task.released", by=by, at=at, case=task.case_id, step=task.step, task=task.id)
    return len(taken)

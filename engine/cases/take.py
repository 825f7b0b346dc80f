"""Taking a task for oneself, and giving it back to the desk."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from engine import timeline
from engine.people import Person
from engine.store import Session

from .complete import mine_to_do
from .context import ask, lock_task
from .errors import TaskGone, TaskTaken
from .may import require
from .tables import Task


def claim(session: Session, task_id: str, *, by: Person, at: datetime) -> None:
    """The task is this person's until they complete or release it; two who claim at once: one wins, the other hears TaskTaken."""
    task, case = mine_to_do(session, task_id, by, "claim")
    if task.assignee == by.id:
        return
    free = update(Task).where(Task.id == task.id, Task.assignee.is_(None)).values(assignee=by.id, claimed_at=at)
    if session.execute(free).rowcount != 1:  # type: ignore[attr-defined]
        raise TaskTaken(step=task.step)
    timeline.tell(session, "task.claimed", by=by.id, at=at, case=case.id, step=task.step, task=task.id)


def release(session: Session, task_id: str, *, by: Person, at: datetime) -> None:
    """Back to the desk. Raises NotAllowed when it is not this person's, TaskGone when it is done: who did it stays written."""
    task, case = lock_task(session, task_id)
    require("release", ask(session, by, case, task))
    if not task.is_open:
        raise TaskGone(step=task.step)
    task.assignee, task.claimed_at = None, None
    timeline.tell(session, "task.released", by=by.id, at=at, case=case.id, step=task.step, task=task.id)

"""The rows that a step of the flow changes, each kind of change in one prepared statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, update
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.orm.attributes import set_committed_value

from engine.store import Conflict, Session, table_of

from .errors import TaskGone
from .hand import CaseInHand, TaskInHand
from .tables import OPEN, Case, Seat, Task, Timer

_CASE, _TASK, _TIMER = table_of(Case), table_of(Task), table_of(Timer)
_STILL_OPEN = _TASK.c.done_at.is_(None) & _TASK.c.dropped_at.is_(None)
_DONE = (
    update(_TASK)
    .where(_TASK.c.id == bindparam("the_task"), _STILL_OPEN)
    .values(done_at=bindparam("now"), done_by=bindparam("who"), draft=None)
)
_OVER = (
    update(_TIMER)
    .where(
        _TIMER.c.case_id == bindparam("the_case"),
        _TIMER.c.task == bindparam("the_task"),
        _TIMER.c.step == bindparam("the_step"),
        _TIMER.c.over_at.is_(None),
    )
    .values(over_at=bindparam("now"))
)
KEPT = ("state", "at_hand", "number", "submitted_at", "complete_since", "due_at", "ended_at", "outcome", "last_state")
_MOVED = (
    update(_CASE)
    .where(_CASE.c.id == bindparam("the_case"), _CASE.c.rev == bindparam("rev_read"))
    .values(rev=bindparam("rev_now"), **{name: bindparam(f"new_{name}") for name in KEPT})
)


def task_done(session: Session, task: TaskInHand, *, by: str, at: datetime) -> None:
    """Tick off the task that a person completes. Raises TaskGone when it is not open."""
    found = session.here.execute(_DONE, {"the_task": task.id, "now": at, "who": by})
    if found.rowcount != 1:
        raise TaskGone(step=task.step)
    _tell_the_orm(session, Task, task.id, {"done_at": at, "done_by": by, "draft": None})


def tasks_over(session: Session, tasks: Sequence[str], column: InstrumentedAttribute[datetime | None], at: datetime) -> None:
    """Tasks that the flow has done (`Task.done_at`) or dropped (`Task.dropped_at`)."""
    session.execute(update(Task).where(Task.id.in_(tasks), OPEN).values({column: at, Task.draft: None}))


def leave_seats(session: Session, tasks: Sequence[str]) -> None:
    """Tasks that are over sit at no desk."""
    session.execute(delete(Seat).where(Seat.task_id.in_(tasks)))


def timers_over(session: Session, case: str, timers: Sequence[tuple[str, str]], at: datetime) -> None:
    """These timers (task, step) no longer run."""
    rows = [{"the_case": case, "the_task": task, "the_step": step, "now": at} for task, step in timers]
    session.here.execute(_OVER, rows)


def case_moved(session: Session, case: Case | CaseInHand, rev: int, **new: Any) -> None:
    """Keep what a step has made of the case, if nobody else has moved it since `rev` was read. Raises Conflict."""
    for name, value in new.items():
        if isinstance(case, CaseInHand):
            setattr(case, name, value)
    kept = {name: new[name] if name in new else getattr(case, name) for name in KEPT}
    bound = {"the_case": case.id, "rev_read": rev, "rev_now": rev + 1, **{f"new_{name}": value for name, value in kept.items()}}
    if session.here.execute(_MOVED, bound).rowcount != 1:
        raise Conflict(what="case")
    if isinstance(case, CaseInHand):
        case.rev = rev + 1
    _tell_the_orm(session, Case, case.id, {"rev": rev + 1, **kept})


def _tell_the_orm(session: Session, what: type[Any], ident: str, values: dict[str, Any]) -> None:
    """An object of the row that this session has read before is as the row is now; nothing is left to be written."""
    seen = session.identity_map.get(what.__mapper__.identity_key_from_primary_key((ident,)))
    if seen is not None:
        for name, value in values.items():
            set_committed_value(seen, name, value)

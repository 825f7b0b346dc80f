"""The rows that a step of the flow changes, each kind of change in one prepared statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, update
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.orm.attributes import set_committed_value

from engine.flow import Step
from engine.people import APPLICANT
from engine.store import Conflict, Over, Prepared, Session, table_of

from .hand import CaseInHand, TaskInHand
from .tables import OPEN, Case, Seat, Task, Timer

_CASE, _TIMER = table_of(Case), table_of(Timer)
_DONE = Over(columns=("done_at", "done_by", "draft"), still=("done_at", "dropped_at"))
_OVER = Prepared(
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
_MOVED = Prepared(
    update(_CASE)
    .where(_CASE.c.id == bindparam("the_case"), _CASE.c.rev == bindparam("rev_read"))
    .values(rev=bindparam("rev_now"), **{name: bindparam(f"new_{name}") for name in KEPT})
)


def task_row(ident: str, case: str, step: Step, *, opened_at: datetime, due_at: datetime | None = None) -> dict[str, Any]:
    """A new row of a task, open."""
    return {
        "id": ident,
        "case_id": case,
        "step": step.id,
        "kind": step.kind,
        "form": step.form,
        "clock": step.properties.get("clock") or ("applicant" if APPLICANT in step.desks else "office"),
        "desk": next((desk for desk in step.desks if desk != APPLICANT), None) if step.kind == "user" else None,
        "opened_at": opened_at,
        "due_at": due_at,
        "turn_at": due_at or opened_at,
        "done_at": None,
        "done_by": None,
        "draft": None,
    }


def task_done(session: Session, task: TaskInHand, case: str, step: Step, *, by: str | None, at: datetime) -> None:
    """Tick off a task (`by`: the person who completes it), read behind the lock and open: in one statement with those that are opened.

    The flush raises Conflict when it is open no longer. Of its row only when and by whom it was done is taken over.
    """
    session.insert(Task, {**task_row(task.id, case, step, opened_at=at), "done_at": at, "done_by": by}, over=_DONE)
    _tell_the_orm(session, Task, task.id, {"done_at": at, "done_by": by, "draft": None})


def tasks_over(session: Session, tasks: Sequence[str], column: InstrumentedAttribute[datetime | None], at: datetime) -> None:
    """Tasks that the flow has done (`Task.done_at`) or dropped (`Task.dropped_at`)."""
    session.execute(update(Task).where(Task.id.in_(tasks), OPEN).values({column: at, Task.draft: None}))


def leave_seats(session: Session, tasks: Sequence[str]) -> None:
    """Tasks that are over sit at no desk."""
    session.execute(delete(Seat).where(Seat.task_id.in_(tasks)))


def timers_over(session: Session, case: str, timers: Sequence[tuple[str, str]], at: datetime) -> None:
    """These timers (task, step) no longer run."""
    for task, step in timers:
        session.wire.do(_OVER, {"the_case": case, "the_task": task, "the_step": step, "now": at})


def case_moved(session: Session, case: Case | CaseInHand, rev: int, **new: Any) -> None:
    """Keep what a step has made of the case, if nobody else has moved it since `rev` was read. Raises Conflict."""
    for name, value in new.items():
        if isinstance(case, CaseInHand):
            setattr(case, name, value)
    kept = {name: new[name] if name in new else getattr(case, name) for name in KEPT}
    bound = {"the_case": case.id, "rev_read": rev, "rev_now": rev + 1, **{f"new_{name}": value for name, value in kept.items()}}
    if session.wire.do(_MOVED, bound) != 1:
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

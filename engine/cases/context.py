"""What expressions, letters and rights may know of a case: gathered in one place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select

from engine import procedures
from engine.flow import Env
from engine.office import Office
from engine.people import APPLICANT, Account, Addressee, Person
from engine.procedures import Bundle
from engine.store import NotFound, Session

from .hand import CaseInHand
from .may import Ask
from .tables import OPEN, Case, Task


def load_case(session: Session, case_id: str, *, lock: bool = False) -> Case:
    """The case, locked against other writers when asked (PostgreSQL; SQLite has one writer anyway). Raises NotFound."""
    query = select(Case).where(Case.id == case_id)
    case = session.scalar(_locked(query) if lock else query)
    if case is None:
        raise NotFound(what="case")
    return case


def lock_task(session: Session, task_id: str) -> tuple[Task, Case]:
    """A task with its case locked: both as they are behind the lock, whatever this session has read before. Raises NotFound."""
    of_task = select(Task.case_id).where(Task.id == task_id).scalar_subquery()
    case = session.scalar(_locked(select(Case).where(Case.id == of_task)))
    if case is None:
        raise NotFound(what="task")
    return load_task(session, task_id), case


def _locked(query: Select[Case]) -> Select[Case]:
    return query.with_for_update().execution_options(populate_existing=True)


def load_task(session: Session, task_id: str) -> Task:
    """The task, open or not. Raises NotFound."""
    task = session.get(Task, task_id, populate_existing=True)
    if task is None:
        raise NotFound(what="task")
    return task


def bundle_of(session: Session, case: Case | CaseInHand) -> Bundle:
    """The whole bundle the case began with (or was moved to)."""
    return procedures.bundle_of(session, case.version_id)


def context_of(case: Case | CaseInHand, applicant: Person | Account | Addressee, zone: tzinfo = UTC) -> dict[str, Any]:
    """The names `case` and `applicant` in every expression; moments on the clock of `zone`: `date(case.received)` is the day there."""

    return {
        "case": {
            "number": case.number,
            "received": case.submitted_at and case.submitted_at.astimezone(zone),
            "complete_since": case.complete_since and case.complete_since.astimezone(zone),
            "channel": case.channel,
            "due": case.due_at and case.due_at.astimezone(zone),
        },
        "applicant": {"kind": "person", "language": applicant.language},
    }


def env_for(office: Office, bundle: Bundle, case: Case | CaseInHand, applicant: Person | Addressee, at: datetime) -> Env:
    """What the flow may use at this moment: the clock, the context, the calendar's functions and the tables."""
    functions, now = office.calendar.functions(at), office.calendar.local(at)

    def decide(decision: str, context: Mapping[str, Any]) -> Any:
        return bundle.decide(decision, context, now=now, functions=functions)

    return Env(now=now, context=context_of(case, applicant, office.calendar.zone), functions=functions, decide=decide)


def who_did(session: Session, case: Case) -> dict[str, frozenset[str]]:
    """Which people completed which step of the case, in any pass."""
    rows = session.execute(select(Task.step, Task.done_by).where(Task.case_id == case.id, Task.done_by.is_not(None)))
    found: dict[str, set[str]] = {}
    for step, person in rows:
        found.setdefault(step, set()).add(str(person))
    return {step: frozenset(people) for step, people in found.items()}


@lru_cache(maxsize=64)
def desks_of(bundle: Bundle) -> frozenset[str]:
    """Every desk of the office that has a step in the procedure."""
    return frozenset(desk for step in bundle.process.steps.values() for desk in step.desks) - {APPLICANT}


def ask(session: Session, person: Person, case: Case, task: Task | None = None) -> Ask:
    """The question that engine.cases.may answers."""
    bundle = bundle_of(session, case)
    step = bundle.process.steps.get(task.step) if task else None
    return Ask(person, case, task, step, who_did(session, case) if task else {}, desks_of(bundle))


def open_tasks(session: Session, case: Case) -> list[Task]:
    """What is open in a case, user and service steps, in the order of opening."""
    return list(session.scalars(select(Task).where(Task.case_id == case.id, OPEN).order_by(Task.opened_at, Task.step)))

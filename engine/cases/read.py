"""Lists: what waits at my desks, what is mine, what an office has. Every list is a keyset page over an index; nothing counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal, select, tuple_, union_all

from engine import people
from engine.people import Person
from engine.store import Page, Session, page_of

from .tables import OPEN, Case, Seat, Task

SIZE = 25


@dataclass(frozen=True)
class Line:
    """One open task in an inbox. `desk` is the one it was found at."""

    task: str
    case: str
    number: str | None
    procedure: str
    version: str
    step: str
    desk: str
    applicant: str
    opened_at: datetime
    due_at: datetime | None
    assignee: str | None


def inbox(
    session: Session, person: Person, *, desk: str | None = None, mine: bool = False, after: str | None = None, size: int = SIZE
) -> Page[Line]:
    """Open tasks at the person's desks (or one of them), what is due first on top; `mine` only those they have taken.

    `after` is the key of the last line of the page before. One index leg per desk, so the cost does not grow with the office.
    """
    if mine:
        return _lines(session, _mine_leg(person, after, size), size)
    desks = sorted(person.desks & {desk} if desk else person.desks)
    if not desks:
        return Page([], None)
    legs = [_desk_leg(each, person, after, size).subquery() for each in desks]
    query = union_all(*(select(leg) for leg in legs)).subquery()
    best = select(query.c.task_id, query.c.due_at, query.c.desk).order_by(query.c.due_at, query.c.task_id)
    return _lines(session, best, size)


def _desk_leg(desk: str, person: Person, after: str | None, size: int):  # type: ignore[no-untyped-def]
    query = select(Seat.task_id, Seat.due_at, Seat.desk).where(Seat.desk == desk)
    if after:
        query = query.where(
            tuple_(Seat.due_at, Seat.task_id) > tuple_(literal(_moment(after), Seat.due_at.type), literal(after.rpartition("~")[2]))
        )
    return query.order_by(Seat.due_at, Seat.task_id).limit(size + 1)


def _mine_leg(person: Person, after: str | None, size: int):  # type: ignore[no-untyped-def]
    due = func.coalesce(Task.due_at, Task.opened_at, type_=Task.due_at.type)  # as at a seat: a step without a date is due at once
    query = select(Task.id.label("task_id"), due.label("due_at"), literal("").label("desk")).where(Task.assignee == person.id, OPEN)
    if after:
        query = query.where(tuple_(due, Task.id) > tuple_(literal(_moment(after), Task.due_at.type), literal(after.rpartition("~")[2])))
    return query.order_by(due, Task.id).limit(size + 1)


def _moment(after: str) -> datetime:
    return datetime.fromisoformat(after.rpartition("~")[0])


def _lines(session: Session, query, size: int) -> Page[Line]:  # type: ignore[no-untyped-def]
    keys: dict[str, tuple[datetime, str]] = {}
    for task_id, due, desk in session.execute(query):
        keys.setdefault(task_id, (due, desk))
    shown = list(keys)[:size]
    found = session.execute(
        select(Task, Case, Person.name)
        .join(Case, Case.id == Task.case_id)
        .join(Person, Person.id == Case.applicant_id)
        .where(Task.id.in_(shown))
    )
    rows = {task.id: (task, case, name) for task, case, name in found}
    lines = [
        Line(t.id, c.id, c.number, c.procedure_key, c.version_id, t.step, keys[t.id][1], name, t.opened_at, t.due_at, t.assignee)
        for t, c, name in (rows[each] for each in shown if each in rows)
    ]
    last = shown[-1] if len(keys) > size else None
    return Page(lines, f"{keys[last][0].isoformat()}~{last}" if last else None)


def mine(session: Session, person: Person, *, after: str | None = None, size: int = SIZE) -> Page[Case]:
    """The person's own applications, newest first; drafts that were thrown away are gone."""
    query = select(Case).where(Case.applicant_id == person.id, (Case.outcome.is_(None)) | (Case.outcome != "discarded"))
    return page_of(session, query, Case.id, after=after, size=size)


def applications(
    session: Session, *, number: str | None = None, procedure: str | None = None, after: str | None = None, size: int = SIZE
) -> Page[Case]:
    """Submitted applications of the office, newest first, for those who may see them all."""
    query = select(Case).where(Case.submitted_at.is_not(None))
    if number:
        query = query.where(Case.number.istartswith(number.strip(), autoescape=True))
    if procedure:
        query = query.where(Case.procedure_key == procedure)
    return page_of(session, query, Case.id, after=after, size=size)


def tasks_of(session: Session, case: Case) -> Sequence[Task]:
    """All tasks of a case in the order they were opened."""
    return session.scalars(select(Task).where(Task.case_id == case.id).order_by(Task.opened_at, Task.id)).all()


def names_of(session: Session, ids: set[str]) -> dict[str, str]:
    """Names of people by id, for the staff's timeline."""
    return {person: people.by_id(session, person).name for person in ids}

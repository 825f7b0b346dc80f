"""Lists: what waits at my desks, what is mine, what an office has. Every list is a keyset page over an index; nothing counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import aliased

from engine import people, procedures
from engine.people import Person
from engine.store import NotFound, Page, Session, page_of

from .context import ask, desks_of
from .may import may
from .tables import OPEN, Case, Seat, Task

SIZE = 25
MOST_PAGES = 20  # looked through for one answer


@dataclass(frozen=True)
class Line:
    """One open task in an inbox. `desk` is the one it was found at (empty in the list of what one has taken), `taker` who has taken it."""

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
    taker: str | None = None


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
    """The moment in a page's key. Raises NotFound for a key that nobody was given."""
    try:
        return datetime.fromisoformat(after.rpartition("~")[0]).astimezone(UTC)
    except (ValueError, OverflowError) as wrong:
        raise NotFound(what="data") from wrong


def _lines(session: Session, query, size: int) -> Page[Line]:  # type: ignore[no-untyped-def]
    keys: dict[str, tuple[datetime, str]] = {}
    for task_id, due, desk in session.execute(query):
        keys.setdefault(task_id, (due, desk))
    shown = list(keys)[:size]
    taker = aliased(Person)
    found = session.execute(
        select(Task, Case, Person.name, taker.name)
        .join(Case, Case.id == Task.case_id)
        .join(Person, Person.id == Case.applicant_id)
        .outerjoin(taker, taker.id == Task.assignee)
        .where(Task.id.in_(shown))
    )
    rows = {row[0].id: row for row in found}
    lines = [
        Line(t.id, c.id, c.number, c.procedure_key, c.version_id, t.step, keys[t.id][1], name, t.opened_at, t.due_at, t.assignee, by)
        for t, c, name, by in (rows[each] for each in shown if each in rows)
    ]
    last = shown[-1] if len(keys) > size else None
    return Page(lines, f"{keys[last][0].isoformat()}~{last}" if last else None)


def mine(session: Session, person: Person, *, after: str | None = None, size: int = SIZE) -> Page[Case]:
    """The person's own applications, newest first; drafts that were thrown away are gone."""
    query = select(Case).where(Case.applicant_id == person.id, (Case.outcome.is_(None)) | (Case.outcome != "discarded"))
    return page_of(session, query, Case.id, after=after, size=size)


STATES = ("running", "applicant", "late", "ended", "issued", "refused", "lapsed", "withdrawn")


def applications(
    session: Session,
    person: Person,
    *,
    text: str = "",
    procedure: str = "",
    state: str = "",
    at: datetime,
    after: str | None = None,
    size: int = SIZE,
) -> Page[Case]:
    """Submitted applications that this officer may see, newest first.

    `text` is the beginning of a number or of an applicant's name, or a whole phone number or e-mail address; `state` one of STATES.
    What the officer may not see is left out; a page is filled up from what follows, so it may hold up to twice `size` rows.
    """
    query = select(Case).where(Case.submitted_at.is_not(None))
    if text.strip():
        found = [each.id for each in people.search(session, text.strip(), limit=100)]
        query = query.where(or_(Case.number.istartswith(text.strip(), autoescape=True), Case.applicant_id.in_(found)))
    if procedure:
        query = query.where(Case.procedure_key == procedure)
    for condition in _in_state(state, at):
        query = query.where(condition)
    rows: list[Case] = []
    for _ in range(MOST_PAGES):
        page = page_of(session, query, Case.id, after=after, size=size)
        rows += [case for case in page.rows if may("see the staff's file", ask(session, person, case))]
        after = page.after
        if after is None or len(rows) >= size:
            break
    return Page(rows, after)


def offered_to(session: Session, person: Person) -> list[procedures.Version]:
    """The procedures in which this officer has a desk, as published now; all of them for an administrator."""
    found = procedures.catalogue(session)
    if people.ADMINISTRATOR in person.desks:
        return found
    return [each for each in found if desks_of(procedures.bundle_of(session, each.id)) & person.desks]


def _in_state(state: str, at: datetime):  # type: ignore[no-untyped-def]
    if state == "applicant":
        waiting = select(Task.case_id).where(OPEN, Task.kind == "user", Task.clock != "office")
        return (Case.ended_at.is_(None), Case.id.in_(waiting))
    return {
        "running": (Case.ended_at.is_(None),),
        "late": (Case.ended_at.is_(None), Case.due_at < at),
        "ended": (Case.ended_at.is_not(None),),
        **{outcome: (Case.outcome == outcome,) for outcome in ("issued", "refused", "lapsed", "withdrawn")},
    }.get(state, ())


def tasks_of(session: Session, case: Case) -> Sequence[Task]:
    """All tasks of a case in the order they were opened."""
    return session.scalars(select(Task).where(Task.case_id == case.id).order_by(Task.opened_at, Task.id)).all()


def names_of(session: Session, ids: Iterable[str | None]) -> dict[str, str]:
    """Names of people by id, for the staff's pages; None (the office's own clockwork) is left out."""
    wanted = {each for each in ids if each}
    if not wanted:
        return {}
    return {person.id: person.name for person in session.scalars(select(Person).where(Person.id.in_(wanted)))}

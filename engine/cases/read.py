"""Lists: what waits at my desks, what is mine, what an office has. Every list is a keyset page over an index; nothing counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Select, String, bindparam, literal, or_, select, tuple_, union_all

from engine import people, procedures
from engine.people import Person
from engine.store import NotFound, Page, Prepared, Session, page_of, table_of

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
    """Open tasks at the person's desks and those they have taken, what is due first on top; only at one `desk`, or only `mine`.

    `after` is the key of the last line of the page before. The database merges one index range per desk, so that a page costs the same
    however many tasks are open.
    """
    desks = [] if mine else sorted(person.desks & {desk} if desk else person.desks)
    taken = mine or (desk is None and bool(desks))
    if not desks and not taken:
        return Page([], None)
    start = None if after is None else _key(after)
    values: dict[str, Any] = {f"desk_{place}": each for place, each in enumerate(desks)}
    values |= {"who": person.id, "most": (size + 1) * (len(desks) + 1), "each": size + 1}
    if start:
        values |= {"start_at": start[0], "start_id": start[1]}
    found: dict[str, tuple[datetime, str]] = {}
    asked = _page(session.get_bind().dialect.name, len(desks), taken=taken, later=start is not None)
    for task, turn, at_desk in session.ask(asked, **values):
        found.setdefault(task, (turn, at_desk))
        if len(found) > size:
            break
    return _lines(session, found, size)


@lru_cache(maxsize=256)
def _page(dialect: str, desks: int, *, taken: bool, later: bool) -> Prepared:
    """The statement as it goes to the driver: SQLAlchemy would look through all its legs again for each page."""
    return Prepared(page_statement(dialect, desks, taken=taken, later=later))


def page_statement(dialect: str, desks: int, *, taken: bool, later: bool) -> CompoundSelect[Any]:
    """The keys of a page of tasks: (task, turn, desk) in order. A task that sits at several of the desks comes as often, one after another.

    Binds `desk_0` …, `who`, `most` rows, `each` at most of one leg, and for a later page `start_at`, `start_id`. One leg per desk over the
    tasks and one over the seats. Nothing is sorted: SQLite merges plain legs along their indexes and stops when there is enough; PostgreSQL
    (15) merges only legs that have an order and a limit of their own, which SQLite would sort again.
    """
    legs: list[Select[Any]] = []
    for place in range(desks):
        desk: Any = bindparam(f"desk_{place}", type_=_TASK.c.desk.type)
        legs.append(_leg((_TASK.c.id, _TASK.c.turn_at, _TASK.c.desk), later).where(_TASK.c.desk == desk, _IS_OPEN))
        legs.append(_leg((_SEAT.c.task_id, _SEAT.c.turn_at, _SEAT.c.desk), later).where(_SEAT.c.desk == desk))
    if taken:
        nowhere = literal("", String)
        legs.append(_leg((_TASK.c.id, _TASK.c.turn_at, nowhere), later).where(_TASK.c.assignee == bindparam("who"), _IS_OPEN))
    if dialect == "postgresql":
        legs = [select(leg.order_by("turn", "task").limit(bindparam("each")).subquery()) for leg in legs]
    merged = union_all(*legs)
    return merged.order_by(merged.selected_columns.turn, merged.selected_columns.task).limit(bindparam("most"))


def _leg(columns: tuple[Any, Any, Any], later: bool) -> Select[Any]:
    task, turn, desk = columns
    query = select(task.label("task"), turn.label("turn"), desk.label("at_desk"))
    if not later:
        return query
    return query.where(tuple_(turn, task) > tuple_(bindparam("start_at", type_=turn.type), bindparam("start_id", type_=task.type)))


def _key(after: str) -> tuple[datetime, str]:
    """The place of a page's last line. Raises NotFound for a key that nobody was given."""
    moment, _, task = after.rpartition("~")
    try:
        return datetime.fromisoformat(moment).astimezone(UTC), task
    except (ValueError, OverflowError) as wrong:
        raise NotFound(what="data") from wrong


def _lines(session: Session, keys: Mapping[str, tuple[datetime, str]], size: int) -> Page[Line]:
    shown = list(keys)[:size]
    rows = session.ask(_shown(len(shown)), **dict(zip(_places(len(shown)), shown, strict=True))) if shown else ()
    found = {row[0]: Line(*(*row[:6], keys[row[0]][1], *row[6:])) for row in rows}
    lines = [found[each] for each in shown if each in found]
    last = shown[-1] if len(keys) > size else None
    return Page(lines, f"{keys[last][0].isoformat()}~{last}" if last else None)


_TASK, _SEAT, _CASE = table_of(Task), table_of(Seat), table_of(Case)
_WHO, _TAKER = table_of(Person), table_of(Person).alias("taker")
_IS_OPEN = _TASK.c.done_at.is_(None) & _TASK.c.dropped_at.is_(None)
_LINE = (  # in the order of `Line`; the desk is known from the page
    _TASK.c.id, _CASE.c.id, _CASE.c.number, _CASE.c.procedure_key, _CASE.c.version_id, _TASK.c.step,
    _WHO.c.name, _TASK.c.opened_at, _TASK.c.due_at, _TASK.c.assignee, _TAKER.c.name,
)  # fmt: skip


@lru_cache(maxsize=64)
def _places(count: int) -> tuple[str, ...]:
    return tuple(f"task_{number}" for number in range(count))


@lru_cache(maxsize=64)
def _shown(count: int) -> Prepared:
    """What so many lines say."""
    wanted = [bindparam(place, type_=_TASK.c.id.type) for place in _places(count)]
    query = select(*(column.label(f"at_{number}") for number, column in enumerate(_LINE)))
    query = query.join_from(_TASK, _CASE, _CASE.c.id == _TASK.c.case_id).join(_WHO, _WHO.c.id == _CASE.c.applicant_id)
    return Prepared(query.outerjoin(_TAKER, _TAKER.c.id == _TASK.c.assignee).where(_TASK.c.id.in_(wanted)))


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

"""A case in the hand of one step: its row as plain values, read behind the lock in one statement, and what it has at hand.

Completing a task is the commonest thing that happens; it goes round the ORM, which would cost more than all the rest together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, select

from engine import fees
from engine.calendar import Stop
from engine.people import Addressee, Person
from engine.store import NotFound, Prepared, Session, table_of

from .tables import Case, Seat, Task, Timer

STOPPED_BY = ("applicant", "payment")


@dataclass
class AtHand:
    """What a step must know of the case's other rows, kept on the case itself.

    `did`: who completed which step, in any pass. `stood`: when the case's clock stood still, `stands`: since when it does, by task (while
    a step of the applicant or a payment is open). `timers`: what rings, by (task, step, moment). `seated`: open tasks that have seats.
    `charged`: the steps that have ever charged a fee.
    """

    did: dict[str, list[str]] = field(default_factory=dict)
    stood: list[list[str]] = field(default_factory=list)
    stands: dict[str, str] = field(default_factory=dict)
    timers: list[list[str]] = field(default_factory=list)
    seated: list[str] = field(default_factory=list)
    charged: list[str] = field(default_factory=list)

    def opened(self, task: str, clock: str, at: datetime) -> None:
        """A task was opened: its clock may stop the case's."""
        if clock in STOPPED_BY:
            self.stands[task] = _text(at)

    def closed(self, task: str, at: datetime) -> None:
        """A task was done or dropped. A stop without length is forgotten, one that follows another makes it longer."""
        since, until = self.stands.pop(task, None), _text(at)
        if since is None or since == until:
            return
        if self.stood and self.stood[-1][0] <= since <= self.stood[-1][1]:
            self.stood[-1][1] = max(self.stood[-1][1], until)
        else:
            self.stood.append([since, until])

    def ring(self, due: Iterable[tuple[str, str, datetime]]) -> tuple[list[tuple[str, str]], list[tuple[str, str, datetime]]]:
        """From now on just these timers run: (task, step) of those that no longer do, and those that are new."""
        now = {(task, step, _text(at)): at for task, step, at in due}
        before = {(task, step, at) for task, step, at in self.timers}
        self.timers = [list(each) for each in now]
        return [each[:2] for each in sorted(before - now.keys())], [(*each[:2], at) for each, at in now.items() if each not in before]

    def done(self, step: str, by: str) -> None:
        """A person has completed a step."""
        people = self.did.setdefault(step, [])
        if by not in people:
            people.append(by)

    def stops(self) -> tuple[Stop, ...]:
        """When the clock stood still, and since when it does."""
        over = [Stop(datetime.fromisoformat(since), datetime.fromisoformat(until)) for since, until in self.stood]
        return (*over, *(Stop(datetime.fromisoformat(since)) for since in self.stands.values()))

    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return dict(vars(self))


@dataclass
class CaseInHand:
    """The row of a case, under the names that `Case` has."""

    id: str
    number: str | None
    procedure_key: str
    version_id: str
    applicant_id: str
    channel: str
    rev: int
    state: bytes
    at_hand: dict[str, Any] | None
    opened_at: datetime
    submitted_at: datetime | None
    complete_since: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    outcome: str | None
    suspended_until: datetime | None
    pauses: int


@dataclass(frozen=True)
class TaskInHand:
    """What a step needs of the row of a task."""

    id: str
    step: str
    form: str | None
    assignee: str | None
    done_at: datetime | None
    dropped_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Neither done nor dropped."""
        return self.done_at is None and self.dropped_at is None


_CASE, _TASK, _PERSON = table_of(Case), table_of(Task), table_of(Person)
_OF_TASK, _OF_CASE = tuple(TaskInHand.__dataclass_fields__), tuple(CaseInHand.__dataclass_fields__)
_OF_PERSON = tuple(Addressee.__dataclass_fields__)
_AT_HAND = frozenset(AtHand.__dataclass_fields__)
_READ = Prepared(
    select(
        *(_TASK.c[name].label(f"task_{name}") for name in _OF_TASK),
        *(_CASE.c[name] for name in _OF_CASE),
        *(_PERSON.c[name] for name in _OF_PERSON),
    )
    .join_from(_TASK, _CASE, _CASE.c.id == _TASK.c.case_id)
    .join(_PERSON, _PERSON.c.id == _CASE.c.applicant_id)
    .where(_TASK.c.id == bindparam("the_task"))
    .with_for_update(of=[_CASE, _TASK])  # in this order, as everybody locks: the case, then its tasks
)


def take_in_hand(session: Session, task_id: str) -> tuple[TaskInHand, CaseInHand, Addressee]:
    """A task and its case, both as they are behind the lock, and the applicant. Raises NotFound."""
    rows = session.ask(_READ, the_task=task_id)
    if not rows:
        raise NotFound(what="task")
    (row,) = rows
    first, second = len(_OF_TASK), len(_OF_TASK) + len(_OF_CASE)
    return TaskInHand(*row[:first]), CaseInHand(*row[first:second]), Addressee(*row[second:])


def at_hand(session: Session, case: Case | CaseInHand) -> AtHand:
    """What the case has at hand; gathered from its rows when it is not known, or was written when less was kept."""
    known = case.at_hand
    return gathered(session, case.id) if known is None or known.keys() != _AT_HAND else AtHand(**known)


def gathered(session: Session, case_id: str) -> AtHand:
    """What the rows of a case say: the truth of which `Case.at_hand` is a copy."""
    hand = AtHand()
    tasks = session.scalars(select(Task).where(Task.case_id == case_id).execution_options(populate_existing=True)).all()
    for task in sorted(tasks, key=lambda each: (each.done_at or each.dropped_at or each.opened_at, each.id)):
        over = task.done_at or task.dropped_at
        hand.opened(task.id, task.clock, task.opened_at)
        if over is not None:
            hand.closed(task.id, over)
        if task.done_by is not None:
            hand.done(task.step, task.done_by)
    running = select(Timer).where(Timer.case_id == case_id, Timer.over_at.is_(None)).order_by(Timer.due_at, Timer.task)
    hand.timers = [[each.task, each.step, _text(each.due_at)] for each in session.scalars(running)]
    seated = select(Seat.task_id).join(Task, Task.id == Seat.task_id).where(Task.case_id == case_id).distinct()
    hand.seated = sorted(session.scalars(seated))
    hand.charged = list(dict.fromkeys(fee.step for fee in fees.fees_of(session, case_id)))
    return hand


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()

"""Cases, their tasks, everything that was ever sent in, decisions and timers.

The running state is one sealed bytes column (engine.flow owns what is in it). An open task is found at its desk by an index of its own
(`desk`, `turn_at`); one that sits at several desks has a `Seat` for each further one, gone when the task is done.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, synonym

from engine.store import Base, Moment, Plain, Sealed, new_id
from engine.timeline import Entry


class Case(Base):
    """One application. `rev` is compared and raised with every step: two people cannot both win. `version_id` never changes by itself.

    `suspended_until`: the office has suspended it; `pauses` counts its rows in `pause`. `last_state` is the running state before the move
    that ended it, for opening it again; None for one that was ended from outside its diagram: then `state` still is that.

    `at_hand` is what a step must know of the case's other rows (see engine.cases.hand), so that it need not read them; None: not known
    now, the next step gathers it. Whoever changes tasks or timers of a case without `follow` sets it to None.
    """

    __tablename__ = "case_file"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    number: Mapped[str | None] = mapped_column(String(60), unique=True)
    procedure_key: Mapped[str] = mapped_column(String(60), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"), index=True)
    applicant_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20), default="online")
    rev: Mapped[int] = mapped_column(default=0)
    state: Mapped[bytes] = mapped_column(Sealed("case_file.state", "bytes"))
    at_hand: Mapped[dict[str, Any] | None] = mapped_column(Plain)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    complete_since: Mapped[datetime | None] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str | None] = mapped_column(String(80))
    suspended_until: Mapped[datetime | None] = mapped_column(Moment)
    pauses: Mapped[int] = mapped_column(default=0)
    last_state: Mapped[bytes | None] = mapped_column(Sealed("case_file.last_state", "bytes"), deferred=True)


RUNNING = Case.ended_at.is_(None)
Index("ix_case_file_running", Case.version_id, sqlite_where=RUNNING, postgresql_where=RUNNING)


class RegisterValue(Base):
    """An answer that must be unique among the cases of a procedure, as a keyed fingerprint. `question` is `application.points.plate`."""

    __tablename__ = "register_value"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    procedure_key: Mapped[str] = mapped_column(String(60))
    question: Mapped[str] = mapped_column(String(200))
    mark: Mapped[str] = mapped_column(String(32))
    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)


Index("ix_register_value_mark", RegisterValue.procedure_key, RegisterValue.question, RegisterValue.mark)


class Task(Base):
    """Something a person (kind `user`) or the house (kind `service` or `rule`) has to do; `id` is the flow's own.

    `clock` says whose time runs while it is open (`office`, `applicant`, `payment`). `draft` keeps what was typed page by page.
    `desk` is the first of the office's desks that may do it (None: the applicant, or the house). `turn_at` is what lists are ordered by:
    `due_at`, or the moment of opening.
    """

    __tablename__ = "task"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id"), index=True)
    step: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    form: Mapped[str | None] = mapped_column(String(80))
    clock: Mapped[str] = mapped_column(String(20), default="office")
    opened_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    desk: Mapped[str | None] = mapped_column(String(60))
    turn_at: Mapped[datetime] = mapped_column(Moment)
    assignee: Mapped[str | None] = mapped_column(String(26))
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    draft: Mapped[dict[str, Any] | None] = mapped_column(Sealed("task.draft", "plain"))
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    done_by: Mapped[str | None] = mapped_column(String(26))
    dropped_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def is_open(self) -> bool:
        """Neither done nor dropped."""
        return self.done_at is None and self.dropped_at is None


OPEN = Task.done_at.is_(None) & Task.dropped_at.is_(None)
Index("ix_task_desk_open", Task.desk, Task.turn_at, Task.id, sqlite_where=OPEN, postgresql_where=OPEN)
Index("ix_task_assignee_open", Task.assignee, Task.turn_at, Task.id, sqlite_where=OPEN, postgresql_where=OPEN)
Index("ix_task_case_open", Task.case_id, Task.step, sqlite_where=OPEN, postgresql_where=OPEN)


class Seat(Base):
    """An open task at one more desk than its first. `turn_at` is the task's."""

    __tablename__ = "seat"

    task_id: Mapped[str] = mapped_column(ForeignKey("task.id"), primary_key=True)
    desk: Mapped[str] = mapped_column(String(60), primary_key=True)
    turn_at: Mapped[datetime] = mapped_column(Moment)


Index("ix_seat_inbox", Seat.desk, Seat.turn_at, Seat.task_id)


class Submission(Entry):
    """The answers of one form as they were sent in with one task: who, when, on which version. Never changed; a later one replaces it.

    `given` are all values by question, plain. What changed lies between two submissions of a form: see engine.cases.given.
    """

    form: Mapped[str] = synonym("what")
    given: Mapped[dict[str, Any]] = synonym("sealed")

    __mapper_args__ = {"polymorphic_identity": "answers"}

    @property
    def task_id(self) -> str:
        """The task it was sent in with; empty for a reason to withdraw."""
        return str(self.facts["task"])

    @property
    def version_id(self) -> str:
        """The version whose form was filled in."""
        return str(self.facts["version"])


class Decided(Entry):
    """What a decision table said in a case, and which of its rows fired."""

    name: Mapped[str] = synonym("what")

    __mapper_args__ = {"polymorphic_identity": "decision"}

    @property
    def step(self) -> str:
        """The step that asked the table."""
        return str(self.facts["step"])

    @property
    def value(self) -> Any:
        """What it said, plain."""
        return self.sealed["value"]

    @property
    def fired(self) -> list[dict[str, Any]]:
        """The rows: {"table", "rule", "row", "notes"} each."""
        rows: list[dict[str, Any]] = self.sealed["fired"]
        return rows


class Timer(Base):
    """A moment the process waits for since `made_at`; only what is due is ever looked at."""

    __tablename__ = "timer"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id"), index=True)
    task: Mapped[str] = mapped_column(String(36))
    step: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime | None] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    over_at: Mapped[datetime | None] = mapped_column(Moment)


Index("ix_timer_due", Timer.due_at, sqlite_where=Timer.over_at.is_(None), postgresql_where=Timer.over_at.is_(None))


class Remark(Base):
    """What somebody wrote to give the reason of a deed: sealed, because events are kept for ever in the clear. Events name its id."""

    __tablename__ = "remark"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id"), index=True)
    what: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Sealed("remark.text"))
    by: Mapped[str | None] = mapped_column(String(26))
    at: Mapped[datetime] = mapped_column(Moment)


class Pause(Base):
    """A time in which the office's clock stood still because the office suspended the case, or because it had ended and was opened again.

    `until` is what was announced, `over_at` when it really went on (None: it still stands).
    """

    __tablename__ = "pause"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id"), index=True)
    since: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)
    over_at: Mapped[datetime | None] = mapped_column(Moment)
    remark_id: Mapped[str] = mapped_column(ForeignKey("remark.id"))


class Received(Base):
    """A message that reached a case, by the id its sender gave it: the same one does nothing a second time."""

    __tablename__ = "received"

    key: Mapped[str] = mapped_column(String(160), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id"), index=True)
    message: Mapped[str] = mapped_column(String(80))
    by: Mapped[str | None] = mapped_column(String(26))
    at: Mapped[datetime] = mapped_column(Moment)


class Move(Base):
    """Open cases of older versions on their way to a version, by one administrator's call.

    `names`: {step of an older version: the same step's id in this one}. `state` is running, done, undoing or undone.
    """

    __tablename__ = "move"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    procedure_key: Mapped[str] = mapped_column(String(60), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"))
    names: Mapped[dict[str, str]] = mapped_column(Plain)
    state: Mapped[str] = mapped_column(String(20), default="running")
    by: Mapped[str] = mapped_column(String(26))
    at: Mapped[datetime] = mapped_column(Moment)
    over_at: Mapped[datetime | None] = mapped_column(Moment)


class MoveLine(Base):
    """What a move did with one case. `verdict` is moved, refused, undone or stays (it could not be put back); `reasons` say why, as codes.

    What a moved case was before is kept here: its version, its running state, its open tasks and timers, its revision after the move.
    """

    __tablename__ = "move_line"
    __table_args__ = (UniqueConstraint("move_id", "case_id"),)

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    move_id: Mapped[str] = mapped_column(ForeignKey("move.id"))
    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(Plain)
    version_id: Mapped[str] = mapped_column(String(26))
    state: Mapped[bytes | None] = mapped_column(Sealed("move_line.state", "bytes"), deferred=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(Sealed("move_line.before", "plain"), deferred=True)
    rev: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(Moment)


Index("ix_move_line_verdict", MoveLine.move_id, MoveLine.verdict, MoveLine.case_id)

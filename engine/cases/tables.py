"""Cases, their tasks, every answer ever given, decisions and timers.

The running state is one sealed bytes column (engine.flow owns what is in it). `Seat` is the small table of open tasks that the inbox
reads: one row per open task and desk, gone when the task is.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.store import Base, Moment, Sealed, new_id


class Case(Base):
    """One application. `rev` is compared and raised with every step: two people cannot both win. `version_id` never changes by itself."""

    __tablename__ = "case_file"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    number: Mapped[str | None] = mapped_column(String(60), unique=True)
    procedure_key: Mapped[str] = mapped_column(String(60), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"), index=True)
    applicant_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20), default="online")
    rev: Mapped[int] = mapped_column(default=0)
    state: Mapped[bytes] = mapped_column(Sealed("case_file.state", "bytes"))
    opened_at: Mapped[datetime] = mapped_column(Moment)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    complete_since: Mapped[datetime | None] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str | None] = mapped_column(String(80))


RUNNING = Case.ended_at.is_(None)
Index("ix_case_file_running", Case.version_id, sqlite_where=RUNNING, postgresql_where=RUNNING)


class Task(Base):
    """Something a person (kind `user`) or the house (kind `service`) has to do; `id` is the flow's own.

    `clock` says whose time runs while it is open (`office`, `applicant`, `payment`). `draft` keeps what was typed page by page.
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
Index("ix_task_assignee_open", Task.assignee, Task.due_at, Task.id, sqlite_where=OPEN, postgresql_where=OPEN)
Index("ix_task_case_open", Task.case_id, Task.step, sqlite_where=OPEN, postgresql_where=OPEN)


class Seat(Base):
    """An open task at a desk's inbox."""

    __tablename__ = "seat"

    task_id: Mapped[str] = mapped_column(ForeignKey("task.id"), primary_key=True)
    desk: Mapped[str] = mapped_column(String(60), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(Moment)


Index("ix_seat_inbox", Seat.desk, Seat.due_at, Seat.task_id)


class Answer(Base):
    """One value of one question: who gave it, when, on which version of the form. A newer one replaces it; it is kept."""

    __tablename__ = "answer"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id"))
    task_id: Mapped[str] = mapped_column(String(36))
    form: Mapped[str] = mapped_column(String(80))
    field: Mapped[str] = mapped_column(String(80))
    value: Mapped[Any] = mapped_column(Sealed("answer.value", "plain"))
    version_id: Mapped[str] = mapped_column(String(26))
    by: Mapped[str | None] = mapped_column(String(26))
    at: Mapped[datetime] = mapped_column(Moment)
    replaced_at: Mapped[datetime | None] = mapped_column(Moment)


CURRENT = Answer.replaced_at.is_(None)
Index("uq_answer_now", Answer.case_id, Answer.form, Answer.field, unique=True, sqlite_where=CURRENT, postgresql_where=CURRENT)
Index("ix_answer_history", Answer.case_id, Answer.form, Answer.field, Answer.id)


class Decided(Base):
    """What a decision table said in a case, and which of its rows fired."""

    __tablename__ = "decided"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id"), index=True)
    step: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(80))
    value: Mapped[Any] = mapped_column(Sealed("decided.value", "plain"))
    fired: Mapped[list[dict[str, Any]]] = mapped_column(Sealed("decided.fired", "plain"))
    at: Mapped[datetime] = mapped_column(Moment)


class Timer(Base):
    """A moment the process waits for; only what is due is ever looked at."""

    __tablename__ = "timer"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case_file.id"), index=True)
    task: Mapped[str] = mapped_column(String(36))
    step: Mapped[str] = mapped_column(String(80))
    due_at: Mapped[datetime] = mapped_column(Moment)
    over_at: Mapped[datetime | None] = mapped_column(Moment)


Index("ix_timer_due", Timer.due_at, sqlite_where=Timer.over_at.is_(None), postgresql_where=Timer.over_at.is_(None))

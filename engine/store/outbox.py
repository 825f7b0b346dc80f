"""What must happen after the commit, written in the same transaction as its reason.

`enqueue` is the one port; `engine.jobs` carries the rows out with leases, retries and dead letters. A `key` makes an errand
unique: asking twice for the same thing is one errand. All errands of a unit are written by one statement as it commits; a crier, where
there is one, calls them out on the same connection, so that its call exists exactly when the commit does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, event
from sqlalchemy.orm import Mapped, SessionTransaction, mapped_column

from .base import Base, Moment, Sealed, new_id, table_of
from .rows import insert_new
from .unit import Session


class Errand(Base):
    """One thing to do after the commit: `name` says which handler of engine.jobs, `args` what it needs."""

    __tablename__ = "outbox"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(160), unique=True)
    case_id: Mapped[str | None] = mapped_column(String(26), index=True)
    args: Mapped[dict[str, Any]] = mapped_column(Sealed("outbox.args", "plain"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    run_at: Mapped[datetime] = mapped_column(Moment)
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    dead_at: Mapped[datetime | None] = mapped_column(Moment)


Index(
    "ix_outbox_due",
    Errand.run_at,
    sqlite_where=Errand.done_at.is_(None) & Errand.dead_at.is_(None),
    postgresql_where=Errand.done_at.is_(None) & Errand.dead_at.is_(None),
)
Index("ix_outbox_dead", Errand.id, sqlite_where=Errand.dead_at.is_not(None), postgresql_where=Errand.dead_at.is_not(None))


ASKED = "loket_errands_asked_for"
Asked = dict[str, Any]  # the columns of its row


def enqueue(
    session: Session, name: str, args: dict[str, Any], *, key: str, at: datetime, case: str | None = None, run_at: datetime | None = None
) -> str:
    """Ask for an errand after this unit's commit. A `key` that was ever asked for before adds nothing.

    The row is written as the unit commits; its id is given back, which holds only if the key was new.
    """
    asked: dict[str, Asked] = session.info.setdefault(ASKED, {})
    if key not in asked:
        row: Asked = {"id": new_id(), "name": name, "key": key, "case_id": case, "args": args}
        row |= {"made_at": at, "run_at": run_at or at, "attempts": 0}
        if session.in_nested_transaction():
            _write(session, [row])  # what is asked for inside a savepoint goes when the savepoint does
            return str(row["id"])
        asked[key] = row
    return str(asked[key]["id"])


@event.listens_for(Session, "before_commit")
def _write_all(session: Session) -> None:
    if asked := session.info.pop(ASKED, None):
        _write(session, list(asked.values()))


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, rolled_back: SessionTransaction) -> None:
    if not rolled_back.nested:
        session.info.pop(ASKED, None)


def _write(session: Session, errands: Sequence[Asked]) -> None:
    """One statement for all of them; those whose key was new are called out."""
    session.flush()
    written = insert_new(session.wire, table_of(Errand), errands, unique="key")
    new = [errand for errand in errands if errand["id"] in written]
    call_out(session, [(errand["id"], errand["run_at"] if errand["run_at"] > errand["made_at"] else None) for errand in new])


def call_out(session: Session, errands: Sequence[tuple[str, datetime | None]]) -> None:
    """Tell the crier of this store, if it has one, of errands by id, and not before when they are to be done (None: at once)."""
    if session.crier and errands:
        session.crier(session, errands)

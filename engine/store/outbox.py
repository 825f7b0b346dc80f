"""What must happen after the commit, written in the same transaction as its reason.

`enqueue` is the one port; `engine.jobs` carries the rows out with leases, retries and dead letters. A `key` makes an errand
unique: asking twice for the same thing is one errand.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Moment, Sealed, new_id
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


def enqueue(
    session: Session, name: str, args: dict[str, Any], *, key: str, at: datetime, case: str | None = None, run_at: datetime | None = None
) -> Errand:
    """Ask for an errand after this unit's commit; the same `key` again gives back the errand that was already asked for."""
    known = session.scalar(select(Errand).where(Errand.key == key))
    if known is not None:
        return known
    errand = Errand(name=name, key=key, case_id=case, args=args, made_at=at, run_at=run_at or at)
    session.add(errand)
    return errand

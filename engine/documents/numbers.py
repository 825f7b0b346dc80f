"""Numbers without gaps; how they are written is in `engine.texts`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from engine.store import Session

from .tables import Register


def next_number(session: Session, register: str, year: int, *, at: datetime) -> int:
    """The next number of a register in a year (0 for one that never begins again).

    Taken in the caller's transaction: whoever comes second waits for its end, and when it fails the number was never given.
    """
    insert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    first = insert(Register).values(key=register, year=year, last=1, given_at=at)
    taken = first.on_conflict_do_update(index_elements=["key", "year"], set_={"last": Register.last + 1, "given_at": at})
    return int(session.execute(taken.returning(Register.last)).scalar_one())

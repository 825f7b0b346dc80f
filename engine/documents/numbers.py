"""Numbers without gaps; how they are written is in `engine.texts`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Integer, String, bindparam, column, text

from engine.store import Moment, Prepared, Session

_NEXT = Prepared(
    text(
        'INSERT INTO register ("key", year, last, given_at) VALUES (:register, :year, 1, :at) '
        'ON CONFLICT ("key", year) DO UPDATE SET last = register.last + 1, given_at = excluded.given_at RETURNING last'
    )
    .bindparams(bindparam("register", type_=String), bindparam("year", type_=Integer), bindparam("at", type_=Moment))
    .columns(column("last", BigInteger))
)


def next_number(session: Session, register: str, year: int, *, at: datetime) -> int:
    """The next number of a register in a year (0 for one that never begins again).

    Taken in the caller's transaction: whoever comes second waits for its end, and when it fails the number was never given.
    """
    ((last,),) = session.wire.ask(_NEXT, {"register": register, "year": year, "at": at})
    return int(last)

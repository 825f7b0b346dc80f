"""Taking errands from the outbox one by one: lease, carry out, tick off, or try again later."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update

from engine import timeline
from engine.office import Office
from engine.store import Errand, NotFound, Session, Store, call_out

from .handlers import HANDLERS

LEASE = timedelta(minutes=1)
TRIES = 8
DEATHS = 25  # so often an errand may be taken by workers that never come back, before it is taken for what kills them
OPEN = Errand.done_at.is_(None) & Errand.dead_at.is_(None)
_ADDRESS = re.compile(r"[^\s@'\"<>(){}]+@[^\s@'\"<>(){}]+|\+?[0-9]{9,16}")


@dataclass(frozen=True, eq=False)
class Taken:
    """An errand in hand: `attempt` is how often it was taken, this time included."""

    id: str
    attempt: int
    name: str
    args: dict[str, Any]


def take(store: Store, at: datetime, *, lease: timedelta = LEASE, errand: str | None = None) -> Taken | None:
    """Lease the errand that is due the longest (or just this one), in one statement; None when there is none.

    Two workers never hold the same one. Whoever dies with it gives it back by the end of the lease.
    """
    which: tuple[ColumnElement[bool], ...] = (Errand.run_at <= at, _free(at)) if errand is None else (Errand.id == errand, _free(at))
    first = select(Errand.id).where(OPEN, *which).order_by(Errand.run_at).limit(1).with_for_update(skip_locked=True)
    taking = update(Errand).where(Errand.id == first.scalar_subquery()).values(leased_until=at + lease, attempts=Errand.attempts + 1)
    with store.unit(ring=False) as session:
        found = session.execute(
            taking.returning(Errand.id, Errand.attempts, Errand.name, Errand.args), execution_options={"synchronize_session": False}
        ).first()
        taken = Taken(*found) if found else None
        if taken and taken.attempt > DEATHS:
            _lay_aside(session, taken, "each worker that took it ended before it was done", at)
            return None
    return taken


def _free(at: datetime) -> ColumnElement[bool]:
    return or_(Errand.leased_until.is_(None), Errand.leased_until <= at)


def do(store: Store, office: Office, taken: Taken, at: datetime) -> str | None:
    """Carry one out; None, or what went wrong (it is tried again after 1, 2, 4 … minutes, then laid aside)."""
    try:
        HANDLERS[taken.name](store, office, taken.args, at)
    except Exception as wrong:  # whatever a handler meets, the worker goes on and the errand is kept
        _failed(store, taken, wrong, at)
        return f"{type(wrong).__name__}: {wrong}"
    with store.unit(ring=False) as session:
        session.execute(update(Errand).where(Errand.id == taken.id).values(done_at=at, leased_until=None, last_error=None))
    return None


def _failed(store: Store, taken: Taken, wrong: Exception, at: datetime) -> None:
    """Note the failure, unless the lease ran out meanwhile: then the errand is another worker's, and theirs to tell."""
    with store.unit(ring=False) as session:
        if taken.attempt >= TRIES:
            _lay_aside(session, taken, _told(wrong), at)
        else:
            again = at + timedelta(minutes=2 ** (taken.attempt - 1))
            session.execute(update(Errand).where(*_mine(taken)).values(leased_until=None, last_error=_told(wrong), run_at=again))


def _lay_aside(session: Session, taken: Taken, why: str, at: datetime) -> None:
    """A dead letter: somebody must look at it."""
    dead = update(Errand).where(*_mine(taken)).values(leased_until=None, last_error=why, dead_at=at)
    for case in session.scalars(dead.returning(Errand.case_id), execution_options={"synchronize_session": False}):
        timeline.tell(session, "errand.dead", by=None, at=at, case=case, errand=taken.id, name=taken.name)


def _mine(taken: Taken) -> tuple[ColumnElement[bool], ...]:
    return Errand.id == taken.id, Errand.attempts == taken.attempt, Errand.done_at.is_(None)


def _told(wrong: Exception) -> str:
    """What is kept of a failure: a mail server repeats the address it refuses, and this column is not sealed."""
    return _ADDRESS.sub("***", f"{type(wrong).__name__}: {wrong}"[:2000])


def hold(session: Session, taken: Sequence[Taken], until: datetime) -> None:
    """Keep errands in hand for longer: their handlers are still at work."""
    for each in taken:
        session.execute(update(Errand).where(*_mine(each), Errand.leased_until.is_not(None)).values(leased_until=until))


def retry(session: Session, errand_id: str, *, by: str, at: datetime) -> None:
    """An administrator tries an errand again, dead or in its pause. Raises NotFound, also while a worker has it in hand."""
    errand = session.get(Errand, errand_id, with_for_update=True)
    if errand is None or errand.done_at is not None or (errand.leased_until is not None and errand.leased_until > at):
        raise NotFound(what="errand")
    errand.dead_at, errand.attempts, errand.run_at, errand.leased_until = None, 0, at, None
    timeline.tell(session, "errand.retried", by=by, at=at, case=errand.case_id, errand=errand.id, name=errand.name)
    call_out(session, [(errand.id, None)])


def dead_letters(session: Session, *, limit: int = 50) -> Sequence[Errand]:
    """Errands that were laid aside, newest first."""
    return session.scalars(select(Errand).where(Errand.dead_at.is_not(None)).order_by(Errand.id.desc()).limit(limit)).all()


def waiting(session: Session, at: datetime, *, limit: int = 50) -> Sequence[Errand]:
    """Errands that are due and not done, oldest first."""
    return session.scalars(select(Errand).where(OPEN, Errand.run_at <= at).order_by(Errand.run_at).limit(limit)).all()

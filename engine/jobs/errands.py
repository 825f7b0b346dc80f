"""Taking errands from the outbox one by one: lease, carry out, tick off, or try again later."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update

from engine import cases, notices, timeline
from engine.office import Office
from engine.store import Errand, NotFound, Session, Store

LEASE = timedelta(minutes=5)
TRIES = 8
_ADDRESS = re.compile(r"[^\s@'\"<>(){}]+@[^\s@'\"<>(){}]+|\+?[0-9]{9,16}")

Taken = tuple[str, int, str, dict[str, Any]]
Handler = Callable[[Store, Office, Mapping[str, Any], datetime], None]


def send_notice(store: Store, office: Office, args: Mapping[str, Any], at: datetime) -> None:
    """Mail a notice. The mail leaves before the tick is committed: after a crash it may be sent again with the same Message-ID."""
    notices.send(store, office.mailer, args["notice"], at=at)


def carry_out(store: Store, office: Office, args: Mapping[str, Any], at: datetime) -> None:
    """Do an automatic step of a case that takes long."""
    cases.carry_out(store, office, args["case"], args["task"], at=at)


HANDLERS: Mapping[str, Handler] = {"send_notice": send_notice, "carry_out": carry_out}


def take(store: Store, at: datetime) -> Taken | None:
    """Lease the next errand that is due: (id, which attempt, name, args), or None. Two workers never hold the same one."""
    free = or_(Errand.leased_until.is_(None), Errand.leased_until <= at)
    due = (
        select(Errand).where(Errand.run_at <= at, Errand.done_at.is_(None), Errand.dead_at.is_(None), free).order_by(Errand.run_at).limit(1)
    )
    with store.reading() as session:
        if session.scalar(due) is None:
            return None
    with store.unit() as session:
        errand = session.scalar(due.with_for_update(skip_locked=True))
        if errand is None:
            return None
        errand.leased_until, errand.attempts = at + LEASE, errand.attempts + 1
        return errand.id, errand.attempts, errand.name, errand.args


def do(store: Store, office: Office, taken: Taken, at: datetime) -> str | None:
    """Carry one out; None, or what went wrong (it is tried again after 1, 2, 4 … minutes, then laid aside)."""
    errand_id, attempt, name, args = taken
    try:
        HANDLERS[name](store, office, args, at)
    except Exception as wrong:  # whatever a handler meets, the worker goes on and the errand is kept
        _failed(store, errand_id, attempt, wrong, at)
        return f"{type(wrong).__name__}: {wrong}"
    with store.unit() as session:
        session.execute(update(Errand).where(Errand.id == errand_id).values(done_at=at, leased_until=None, last_error=None))
    return None


def _failed(store: Store, errand_id: str, attempt: int, wrong: Exception, at: datetime) -> None:
    """Note the failure, unless the lease ran out meanwhile: then the errand is another worker's, and theirs to tell."""
    with store.unit() as session:
        mine = select(Errand).where(Errand.id == errand_id, Errand.attempts == attempt, Errand.done_at.is_(None))
        errand = session.scalar(mine.with_for_update())
        if errand is None:
            return
        errand.leased_until, errand.last_error = None, _told(wrong)
        if errand.attempts >= TRIES:
            errand.dead_at = at
            timeline.tell(session, "errand.dead", by=None, at=at, case=errand.case_id, errand=errand.id, name=errand.name)
        else:
            errand.run_at = at + timedelta(minutes=2 ** (errand.attempts - 1))


def _told(wrong: Exception) -> str:
    """What is kept of a failure: a mail server repeats the address it refuses, and this column is not sealed."""
    return _ADDRESS.sub("***", f"{type(wrong).__name__}: {wrong}"[:2000])


def retry(session: Session, errand_id: str, *, by: str, at: datetime) -> None:
    """An administrator tries an errand again, dead or in its pause. Raises NotFound, also while a worker has it in hand."""
    errand = session.get(Errand, errand_id, with_for_update=True)
    if errand is None or errand.done_at is not None or (errand.leased_until is not None and errand.leased_until > at):
        raise NotFound(what="errand")
    errand.dead_at, errand.attempts, errand.run_at, errand.leased_until = None, 0, at, None
    timeline.tell(session, "errand.retried", by=by, at=at, case=errand.case_id, errand=errand.id, name=errand.name)


def dead_letters(session: Session, *, limit: int = 50) -> Sequence[Errand]:
    """Errands that were laid aside, newest first."""
    return session.scalars(select(Errand).where(Errand.dead_at.is_not(None)).order_by(Errand.id.desc()).limit(limit)).all()


def waiting(session: Session, at: datetime, *, limit: int = 50) -> Sequence[Errand]:
    """Errands that are due and not done, oldest first."""
    due = select(Errand).where(Errand.run_at <= at, Errand.done_at.is_(None), Errand.dead_at.is_(None))
    return session.scalars(due.order_by(Errand.run_at).limit(limit)).all()

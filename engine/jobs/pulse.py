"""A worker's pulse: its sign of life, and the leases of what it has in hand, renewed while it works."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, select, update

from engine.store import Session, Store

from .errands import LEASE, Taken, hold
from .tables import Heartbeat

log = structlog.get_logger("loket.worker")
SILENCE = timedelta(minutes=2)  # a worker that says nothing for so long is taken for dead
LONGEST = timedelta(minutes=15)  # an errand that takes longer hangs: its lease is not renewed any more
FORGOTTEN = timedelta(days=1)


def beat(store: Store, worker: str, at: datetime) -> None:
    """Leave a sign of life; quietly, for it gives nobody any work."""
    with store.unit(ring=False) as session:
        _beat(session, worker, at)


def _beat(session: Session, worker: str, at: datetime) -> None:
    if session.execute(update(Heartbeat).where(Heartbeat.worker == worker).values(at=at)).rowcount != 1:  # type: ignore[attr-defined]
        session.add(Heartbeat(worker=worker, at=at))
        session.execute(delete(Heartbeat).where(Heartbeat.at < at - FORGOTTEN))


def gone(store: Store, worker: str) -> None:
    """A worker that ends as it should takes its sign of life with it."""
    with store.unit(ring=False) as session:
        session.execute(delete(Heartbeat).where(Heartbeat.worker == worker))


def last_beat(session: Session) -> datetime | None:
    """When any worker gave its last sign of life."""
    return session.scalar(select(Heartbeat.at).order_by(Heartbeat.at.desc()).limit(1))


def alive(session: Session, at: datetime) -> int:
    """How many workers are at work."""
    return len(session.scalars(select(Heartbeat.worker).where(Heartbeat.at > at - SILENCE)).all())


class Pulse(threading.Thread):
    """Beats three times in the length of a lease, and at least every fifteen seconds, until `stop`."""

    def __init__(self, store: Store, worker: str, clock: Callable[[], datetime], lease: timedelta = LEASE) -> None:
        super().__init__(name=f"{worker}-pulse", daemon=True)
        self._store, self._worker, self._clock, self._lease = store, worker, clock, lease
        self._every = min(lease.total_seconds() / 3, 15)
        self._in_hand: dict[Taken, datetime] = {}
        self._ending = threading.Event()

    @contextmanager
    def holding(self, taken: Taken, since: datetime) -> Iterator[None]:
        """Renew the lease of an errand while it is carried out here."""
        self._in_hand[taken] = since
        try:
            yield
        finally:
            self._in_hand.pop(taken, None)

    def once(self) -> None:
        """One beat."""
        at = self._clock()
        with self._store.unit(ring=False) as session:
            _beat(session, self._worker, at)
            hold(session, [taken for taken, since in list(self._in_hand.items()) if at - since < LONGEST], at + self._lease)

    def run(self) -> None:
        """Beat until `stop`; the database may be away for a moment."""
        while not self._ending.wait(self._every):
            try:
                self.once()
            except Exception as wrong:
                log.error("worker could not give a sign of life", error=str(wrong))

    def stop(self) -> None:
        """No further beat; the sign of life goes."""
        self._ending.set()
        if self.is_alive():
            self.join(timeout=20)
        try:
            gone(self._store, self._worker)
        except Exception as wrong:
            log.error("worker could not take its sign of life with it", error=str(wrong))

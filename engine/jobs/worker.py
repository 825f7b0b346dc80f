"""The worker: timers that are due, then errands that are due, then a short sleep until the bell rings."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import structlog

from engine import cases
from engine.office import Office
from engine.store import Conflict, Store

from .errands import do, take
from .tables import Heartbeat

log = structlog.get_logger("loket.worker")
ROUNDS = 10_000


def run_due(store: Store, office: Office, at: datetime, *, most: int = ROUNDS) -> list[str]:
    """Everything that is due at `at`, also what it causes, until nothing is left. Gives what went wrong, as sentences."""
    return _until_nothing_is_left(store, office, lambda: at, lambda: False, most)


def _until_nothing_is_left(
    store: Store, office: Office, clock: Callable[[], datetime], stopping: Callable[[], bool], most: int = ROUNDS
) -> list[str]:
    """One deed after the other, each at its own moment: a lease counted from the beginning of a long round would be over too soon."""
    troubles: list[str] = []
    failed: set[str] = set()
    for _ in range(most):
        at = clock()
        if stopping() or not (_ring(store, office, at, troubles, failed) or _run(store, office, at, troubles)):
            break
    return troubles


def _ring(store: Store, office: Office, at: datetime, troubles: list[str], failed: set[str]) -> bool:
    """Wake the longest overdue case; one that fails is left for the next round, so that it does not stand in the way of all others."""
    with store.reading() as session:
        due = cases.due_cases(session, at, limit=1, but=failed)
    if not due:
        return False
    try:
        with store.unit() as session:
            cases.wake(session, office, due[0], at=at)
    except Conflict:
        return True  # somebody completed a step at this very moment: look again
    except Exception as wrong:
        failed.add(due[0])
        troubles.append(f"timer of case {due[0]}: {wrong}")
        log.error("timer failed", case=due[0], error=str(wrong))
    return True


def _run(store: Store, office: Office, at: datetime, troubles: list[str]) -> bool:
    taken = take(store, at)
    if taken is None:
        return False
    wrong = do(store, office, taken, at)
    if wrong:
        errand, _, name, _ = taken
        troubles.append(f"{name}: {wrong}")
        log.error("errand failed", errand=errand, name=name, error=wrong)
    return True


def beat(store: Store, worker: str, at: datetime) -> None:
    """Leave a sign of life; quietly, for it gives nobody any work."""
    with store.unit(ring=False) as session:
        session.merge(Heartbeat(worker=worker, at=at))


class Worker(threading.Thread):
    """`run_due` in a thread: at once after each commit of this process, otherwise every `pause` seconds.

    The bell is cleared before looking, never after: a commit made meanwhile makes it look once more.
    """

    def __init__(
        self,
        store: Store,
        office: Callable[[], Office],
        *,
        name: str = "worker",
        pause: float = 5.0,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(name=name, daemon=True)
        self._store, self._office, self._pause, self._clock = store, office, pause, clock
        self._stopping = threading.Event()

    def run(self) -> None:
        """Work until `stop`."""
        while not self._stopping.is_set():
            try:
                beat(self._store, self.name, self._clock())
                self._store.bell.clear()  # before looking, never after: whatever rings from here on is not missed
                _until_nothing_is_left(self._store, self._office(), self._clock, self._stopping.is_set)
            except Exception as wrong:  # the database may be away for a moment; the worker must not be
                self._store.bell.clear()
                log.error("worker could not look for work", error=str(wrong))
            if not self._stopping.is_set():
                self._store.bell.wait(self._pause)

    def stop(self) -> None:
        """Finish what is in hand and end; waits for it."""
        self._stopping.set()
        self._store.bell.set()
        self.join(timeout=30)

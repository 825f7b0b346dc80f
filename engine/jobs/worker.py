"""The worker: what is due is looked for by one statement, done piece by piece, then a short sleep until the bell rings."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import structlog
from sqlalchemy import Select, select

from engine import cases
from engine.office import Office
from engine.store import Conflict, Errand, Store, enqueue

from .errands import LEASE, OPEN, Taken, do, take
from .pulse import Pulse

log = structlog.get_logger("loket.worker")
ROUNDS = 10_000
Offices = Callable[[], Office]


@dataclass(frozen=True)
class Ahead:
    """The next moments there is something to do: of timers, of errands (also of those somebody has in hand)."""

    timer: datetime | None
    errand: datetime | None

    def due(self, at: datetime) -> tuple[bool, bool]:
        """Whether a timer and whether an errand is due."""
        return self.timer is not None and self.timer <= at, self.errand is not None and self.errand <= at


def next_moments() -> Select[datetime, datetime]:
    """When the next timer and the next errand are due: two indexes, and the first entry of each."""
    timer = select(cases.Timer.due_at).where(cases.Timer.over_at.is_(None)).order_by(cases.Timer.due_at).limit(1)
    errand = select(Errand.run_at).where(OPEN).order_by(Errand.run_at).limit(1)
    return select(timer.scalar_subquery(), errand.scalar_subquery())


def look(store: Store) -> Ahead:
    """One statement: it costs the same with any number of open cases."""
    with store.reading() as session:
        timer, errand = session.execute(next_moments()).one()
    return Ahead(timer, errand)


def run_due(store: Store, office: Office, at: datetime, *, most: int = ROUNDS) -> list[str]:
    """Everything that is due at `at`, also what it causes, until nothing is left. Gives what went wrong, as sentences."""
    round_ = Round(store, lambda: office, lambda: at)
    round_.work(most)
    return round_.troubles


class Round:
    """One deed after the other, each at its own moment: a lease counted from the beginning of a long round would be over too soon."""

    def __init__(
        self,
        store: Store,
        office: Offices,
        clock: Callable[[], datetime],
        *,
        lease: timedelta = LEASE,
        errands: bool = True,
        stopping: Callable[[], bool] = lambda: False,
        holding: Callable[[Taken, datetime], AbstractContextManager[None]] = lambda taken, since: nullcontext(),
    ) -> None:
        self._store, self._office, self._clock, self._lease = store, office, clock, lease
        self._errands, self._stopping, self._holding = errands, stopping, holding
        self.troubles: list[str] = []

    def work(self, most: int = ROUNDS) -> None:
        """Until nothing is left, or it is told to stop."""
        for _ in range(most):
            if self._stopping() or not self._one():
                break

    def _one(self) -> bool:
        """One deed; False when there was none to do. Nothing that is not due is ever touched."""
        at = self._clock()
        timer, errand = look(self._store).due(at)
        return (timer and self._ring(at)) or (errand and self._errands and self._run(at))

    def _ring(self, at: datetime) -> bool:
        """Wake the longest overdue case that no other worker has in hand; one that fails is left to an errand."""
        case, office = None, self._office()
        try:
            with self._store.unit() as session:
                case = cases.claim_due(session, at)
                if case is None:
                    return False
                cases.wake(session, office, case, at=at)
        except Conflict:
            return True  # somebody completed a step at this very moment: look again
        except Exception as wrong:
            if case is None:
                raise
            with self._store.unit() as session:
                cases.try_later(session, case, at=at)
            self.troubles.append(f"timer of case {case}: {wrong}")
            log.error("timer failed", case=case, error=str(wrong))
        return True

    def _run(self, at: datetime) -> bool:
        taken = take(self._store, at, lease=self._lease)
        if taken is None:
            return False
        with self._holding(taken, at):
            wrong = do(self._store, self._office(), taken, at)
        if wrong:
            self.troubles.append(f"{taken.name}: {wrong}")
            log.error("errand failed", errand=taken.id, name=taken.name, error=wrong)
        return True


class Worker(threading.Thread):
    """Rounds in a thread: at once after each commit of this process, otherwise every `pause` seconds, and once a day the chores.

    With `errands=False` it only rings timers and asks for the chores. `daily`: what the roof has swept beside them, once a day.
    The bell is cleared before looking, never after: a commit made
    meanwhile makes it look once more.
    """

    def __init__(
        self,
        store: Store,
        office: Offices,
        *,
        name: str = "worker",
        pause: float = 5.0,
        lease: timedelta = LEASE,
        errands: bool = True,
        daily: Iterable[Callable[[datetime], object]] = (),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(name=name, daemon=True)
        self._store, self._office, self._pause, self._clock = store, office, pause, clock
        self._daily = tuple(daily)
        self._stopping, self._day = threading.Event(), date.min
        self.pulse = Pulse(store, name, clock, lease)
        self._how = {"lease": lease, "errands": errands, "stopping": self._stopping.is_set, "holding": self.pulse.holding}

    def run(self) -> None:
        """Work until `stop`."""
        while not self._stopping.is_set():
            try:
                if not self.pulse.is_alive():
                    self.pulse.once()
                    self.pulse.start()
                self._ask_for_chores(self._clock())
                self._store.bell.clear()  # before looking, never after: whatever rings from here on is not missed
                Round(self._store, self._office, self._clock, **self._how).work()  # type: ignore[arg-type]
            except Exception as wrong:  # the database may be away for a moment; the worker must not be
                self._store.bell.clear()
                log.error("worker could not look for work", error=str(wrong))
            if not self._stopping.is_set():
                self._store.bell.wait(self._pause)
        self.pulse.stop()

    def _ask_for_chores(self, at: datetime) -> None:
        """The sweep of the day (UTC); however many workers ask for it, the key lets it be one errand."""
        if at.date() == self._day:
            return
        with self._store.unit(ring=False) as session:
            enqueue(session, "sweep", {}, key=f"sweep:{at.date()}", at=at)
        self._day = at.date()
        for chore in self._daily:
            chore(at)

    def stop(self) -> None:
        """Finish what is in hand and end; waits for it."""
        self._stopping.set()
        self._store.bell.set()
        self.join(timeout=30)

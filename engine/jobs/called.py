"""Errands handed out by Procrastinate: for offices on PostgreSQL that want workers of their own.

The row in the outbox stays the errand: its key, its sealed arguments, its lease, what went wrong. A job of Procrastinate says only
"errand so-and-so is there to be done"; it is deferred on the connection of the unit that writes the errand, so it exists exactly when the
commit does, and a worker hears of it at once. A job that comes twice, or for an errand that is done, does nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision, SyncPsycopgConnector
from procrastinate.jobs import Job
from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, Engine, make_url, select, text

from engine.store import EngineError, Errand, Session, Store, call_out

from .errands import LEASE, OPEN, do, take
from .pulse import Pulse
from .worker import Offices

log = structlog.get_logger("loket.worker")
TASK, QUEUE = "errand", "loket"
AT_ONCE = 4  # errands one worker has in hand: most wait for a mail server or a child process
SKEW = timedelta(seconds=5)  # how far the clocks of worker and database may be apart
Clock = Callable[[], datetime]


class Crier:
    """Defers one job for each errand, on the session's own connection: its transaction decides over both."""

    def __init__(self) -> None:
        self._jobs = App(connector=SyncPsycopgConnector()).job_manager

    def __call__(self, session: Session, errands: Sequence[tuple[str, datetime | None]]) -> None:
        jobs = [
            Job(queue=QUEUE, lock=None, queueing_lock=None, task_name=TASK, task_kwargs={"errand": errand}, scheduled_at=at)
            for errand, at in errands
        ]
        self._jobs.batch_defer_jobs(jobs, connection=session.connection().connection.driver_connection)


class StrangeTables(EngineError):
    """The database has tables of Procrastinate that Loket has not made. Give Loket a database (or a schema) of its own."""

    code = "jobs.strange_tables"


class Again(Exception):
    """This errand is not over: come again at `at`."""

    def __init__(self, errand: str, at: datetime) -> None:
        super().__init__(f"errand {errand} is tried again at {at}")
        self.at = at


class LaidAside(Exception):
    """This errand was tried often enough; it is a dead letter."""


class Pauses(BaseRetryStrategy):
    """The pauses of the outbox; a database that is away for a moment is asked again in one."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When the job comes again; None for a dead letter, which Procrastinate then calls failed."""
        if isinstance(exception, LaidAside):
            return None
        return RetryDecision(retry_at=exception.at) if isinstance(exception, Again) else RetryDecision(retry_in={"minutes": 1})


def deliver(store: Store, office: Offices, pulse: Pulse, clock: Clock, lease: timedelta, errand: str) -> None:
    """Carry out one errand that a job has named. Raises Again or LaidAside when it is not done."""
    at = clock()
    taken = take(store, at, lease=lease, errand=errand) if _is_due(store, errand, at) else None
    if taken is not None:
        with pulse.holding(taken, at):
            wrong = do(store, office(), taken, at)
        if wrong:
            log.error("errand failed", errand=taken.id, name=taken.name, error=wrong)
    _say_how_it_stands(store, errand, at)


def _is_due(store: Store, errand: str, at: datetime) -> bool:
    with store.reading() as session:
        return session.scalar(select(Errand.id).where(Errand.id == errand, OPEN, Errand.run_at <= at + SKEW)) is not None


def _say_how_it_stands(store: Store, errand: str, at: datetime) -> None:
    with store.reading() as session:
        row = session.get(Errand, errand)
    if row is None or row.done_at is not None:
        return
    if row.dead_at is not None:
        raise LaidAside(f"errand {errand} was laid aside")
    raise Again(errand, max(row.run_at, row.leased_until or row.run_at, at))


def call_missing(store: Store, at: datetime) -> int:
    """Call out errands that no job stands for: made before the office chose Procrastinate, or while its tables were not there."""
    named = text("select args->>'errand' from procrastinate_jobs where status in ('todo', 'doing') and task_name = :task")
    with store.unit(ring=False) as session:
        known = set(session.scalars(named, {"task": TASK}))
        open_ones = session.execute(select(Errand.id, Errand.run_at).where(OPEN)).all()
        missing = [(errand, run_at if run_at > at else None) for errand, run_at in open_ones if errand not in known]
        call_out(session, missing)
        return len(missing)


def work(store: Store, office: Offices, pulse: Pulse, clock: Clock, *, name: str, lease: timedelta = LEASE) -> None:
    """Carry out what Procrastinate hands out, until SIGTERM or SIGINT; what is in hand is finished first. Call it in the main thread."""
    app = App(connector=PsycopgConnector(conninfo=conninfo(store), min_size=1, max_size=AT_ONCE + 2))

    @app.task(name=TASK, queue=QUEUE, retry=Pauses())
    def errand(errand: str) -> None:
        deliver(store, office, pulse, clock, lease, errand)

    asyncio.run(_work(app, name, lease))


async def _work(app: App, name: str, lease: timedelta) -> None:
    over = asyncio.Event()
    for kind in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(kind, over.set)
    while not over.is_set():
        try:
            async with app.open_async():
                await _until(over, app, name, lease)
        except Exception as wrong:  # the database may be away for a moment; the worker must not be
            log.error("worker could not look for work", error=str(wrong))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), 5)


async def _until(over: asyncio.Event, app: App, name: str, lease: timedelta) -> None:
    """One run of Procrastinate's worker: ends when it is over, or when the database was lost."""
    seconds = lease.total_seconds()
    working = asyncio.create_task(
        app.run_worker_async(
            queues=[QUEUE],
            name=name,
            concurrency=AT_ONCE,
            fetch_job_polling_interval=2,
            update_heartbeat_interval=seconds / 3,
            stalled_worker_timeout=seconds,
            delete_jobs="successful",
            install_signal_handlers=False,
        )
    )
    saving, waiting = asyncio.create_task(_save_stalled(app, seconds)), asyncio.create_task(over.wait())
    await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
    for task in (saving, waiting, working):
        task.cancel()  # Procrastinate's worker takes this for a request to finish what it has in hand
    for done in await asyncio.gather(working, saving, waiting, return_exceptions=True):
        if isinstance(done, Exception):
            raise done


async def _save_stalled(app: App, seconds: float) -> None:
    """Put back what workers had in hand that give no sign of life any more; Procrastinate leaves this to its users."""
    while True:
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=seconds):
            with contextlib.suppress(Exception):  # another worker was faster
                await app.job_manager.retry_job(job)
        await asyncio.sleep(seconds / 2)


def conninfo(store: Store) -> str:
    """The database as psycopg wants it."""
    return make_url(store.url).set(drivername="postgresql").render_as_string(hide_password=False)


def bring_up(engine: Engine) -> bool:
    """Make Procrastinate's tables, or bring them to the version of the library; False when there was nothing to do.

    The newest of its migrations that the tables have stands in a comment on its table of jobs: it keeps no version itself. Each step is
    a transaction of its own, comment included: PostgreSQL lets a new word of an enumeration be used only after the commit.
    """
    steps = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("select pg_advisory_lock(7020531)"))  # two that start at once take turns
        try:
            has = _has(connection)
            todo = [(step.stem, step.read_text()) for step in steps if has is not None and step.stem > has]
            if has is None:
                todo = [(steps[-1].stem, SchemaManager.get_schema())]
            for name, sql in todo:
                _raw(connection, f"{sql};\ncomment on table procrastinate_jobs is '{name}'")
        finally:
            connection.execute(text("select pg_advisory_unlock(7020531)"))
        return bool(todo)


def _has(connection: Connection) -> str | None:
    """The newest migration that its tables have; None when there are no tables. Raises StrangeTables."""
    if connection.scalar(text("select to_regclass('procrastinate_jobs')::text")) is None:
        return None
    has: str | None = connection.scalar(text("select obj_description('procrastinate_jobs'::regclass)"))
    if has is None:
        raise StrangeTables
    return has


def _raw(connection: Connection, sql: str) -> None:
    """A script of several statements; without arguments psycopg sends it as it is, and PostgreSQL takes it as one transaction."""
    driver: Any = connection.connection.driver_connection
    driver.execute(sql)


def is_up(engine: Engine) -> bool:
    """Whether `bring_up` would find nothing to do."""
    newest = max(path.stem for path in Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    with engine.connect() as connection:
        return _has(connection) == newest

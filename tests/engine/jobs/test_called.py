"""Procrastinate hands the errands out: a job is there exactly when the commit is, and whoever comes for it does the errand once."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from engine import jobs
from engine.jobs import called, errands
from engine.jobs.pulse import Pulse
from engine.store import Errand, Store, enqueue
from engine.stories import office_for
from tests.engine.cases.scene import race
from tests.engine.jobs.test_errands import Bag
from tests.fixtures.databases import KEYS

pytestmark = pytest.mark.postgres
MINUTE = timedelta(minutes=1)


@pytest.fixture
def bag(monkeypatch: pytest.MonkeyPatch) -> Bag:
    made = Bag()
    monkeypatch.setattr(errands, "HANDLERS", {"count": made})
    return made


@pytest.fixture
def called_store(database_url: str) -> Iterator[Store]:
    store = Store(database_url, KEYS, crier=called.Crier())
    called.bring_up(store.engine)
    yield store
    store.close()


def ask(store: Store, at: datetime, *which: str) -> None:
    with store.unit() as session:
        for each in which:
            enqueue(session, "count", {"which": each}, key=each, at=at)


def waiting_jobs(store: Store) -> list[tuple[str, datetime | None]]:
    with store.reading() as session:
        return [tuple(row) for row in session.execute(text("select args->>'errand', scheduled_at from procrastinate_jobs order by id"))]


def rows(store: Store) -> list[Errand]:
    with store.reading() as session:
        return list(session.query(Errand).where(Errand.name == "count").order_by(Errand.id))


def deliver(store: Store, folder: Path, errand: str, at: datetime) -> None:
    office = office_for(folder)
    called.deliver(store, lambda: office, Pulse(store, "w", lambda: at), lambda: at, MINUTE, errand)


def test_a_job_is_there_exactly_when_the_commit_is(called_store: Store, now: datetime) -> None:
    def fails_after_writing() -> None:
        with called_store.unit() as session:
            with session.begin_nested():
                enqueue(session, "count", {"which": "lost"}, key="lost", at=now)
            assert session.scalar(text("select count(*) from procrastinate_jobs")) == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_after_writing()
    assert (waiting_jobs(called_store), rows(called_store)) == ([], [])
    ask(called_store, now, "a", "b")
    ask(called_store, now, "a")  # the key was asked for before
    with called_store.unit() as session:
        enqueue(session, "count", {"which": "c"}, key="c", at=now, run_at=now + MINUTE)
    ids = [row.id for row in rows(called_store)]
    assert waiting_jobs(called_store) == [(ids[0], None), (ids[1], None), (ids[2], now + MINUTE)]


def test_a_job_names_the_errand_and_nothing_of_its_content(called_store: Store, now: datetime) -> None:
    ask(called_store, now, "+6281234567801")
    with called_store.reading() as session:
        kept = session.scalars(text("select to_jsonb(j)::text from procrastinate_jobs j")).all()
    assert "6281234567801" not in "".join(kept)


def test_an_errand_named_twice_is_done_once(called_store: Store, bag: Bag, tmp_path: Path, now: datetime) -> None:
    ask(called_store, now, "a")
    (errand,) = rows(called_store)
    told = race(*(lambda: _told(called_store, tmp_path, errand.id, now) for _ in range(4)))
    assert bag.done == {"a": 1}
    assert all(each is None or each <= now + MINUTE for each in told)  # one did it; the others come again, or find it done
    deliver(called_store, tmp_path, errand.id, now)
    deliver(called_store, tmp_path, "no-such-errand", now)
    assert bag.done == {"a": 1}


def _told(store: Store, folder: Path, errand: str, at: datetime) -> datetime | None:
    try:
        deliver(store, folder, errand, at)
    except called.Again as again:
        return again.at
    return None


def test_a_failing_errand_comes_again_after_its_pause_and_is_a_dead_letter_in_both_tables(
    called_store: Store, bag: Bag, tmp_path: Path, now: datetime
) -> None:
    bag.refuses = RuntimeError("the printer is on fire")
    ask(called_store, now, "a")
    (errand,) = rows(called_store)
    moment, pauses = now, []
    for _ in range(errands.TRIES - 1):
        with pytest.raises(called.Again) as again:
            deliver(called_store, tmp_path, errand.id, moment)
        decision = called.Pauses().get_retry_decision(exception=again.value, job=None)  # type: ignore[arg-type]
        assert decision is not None
        pauses.append((again.value.at - moment) // MINUTE)
        moment = decision.retry_at
    assert pauses == [1, 2, 4, 8, 16, 32, 64]
    with pytest.raises(called.LaidAside) as over:
        deliver(called_store, tmp_path, errand.id, moment)
    assert called.Pauses().get_retry_decision(exception=over.value, job=None) is None  # type: ignore[arg-type]
    with called_store.reading() as session:
        assert [each.id for each in jobs.dead_letters(session)] == [errand.id]
    with called_store.unit() as session:
        jobs.retry(session, errand.id, by="admin", at=moment)
    assert waiting_jobs(called_store) == [(errand.id, None), (errand.id, None)]
    bag.refuses = None
    deliver(called_store, tmp_path, errand.id, moment)
    assert rows(called_store)[0].done_at == moment


def test_errands_of_before_are_called_out_once(called_store: Store, database_url: str, now: datetime) -> None:
    before = Store(database_url, KEYS)
    ask(before, now, "a", "b")
    before.close()
    assert called.call_missing(called_store, now) == 2
    assert called.call_missing(called_store, now) == 0
    assert [errand for errand, _ in waiting_jobs(called_store)] == [row.id for row in rows(called_store)]


def test_its_tables_are_made_once(database_url: str) -> None:
    store = Store(database_url, KEYS)
    assert not called.is_up(store.engine)
    assert race(*(lambda: called.bring_up(store.engine) for _ in range(3))).count(True) == 1
    assert called.is_up(store.engine)
    assert not called.bring_up(store.engine)
    store.close()


def test_its_tables_are_brought_up_from_an_older_version(database_url: str, now: datetime) -> None:
    store = Store(database_url, KEYS, crier=called.Crier())
    steps = sorted(Path(called.SchemaManager.get_migrations_path()).glob("*.sql"))
    has = [step for step in steps if step.stem < "03.02"]
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for step in has:
            called._raw(connection, step.read_text())
        called._raw(connection, f"comment on table procrastinate_jobs is '{has[-1].stem}'")
    assert not called.is_up(store.engine)
    assert called.bring_up(store.engine)
    assert called.is_up(store.engine)
    ask(store, now, "a")
    assert len(waiting_jobs(store)) == 1
    store.close()


def test_a_worker_does_what_it_hears_of_and_finishes_what_it_has_in_hand(called_store: Store, bag: Bag, tmp_path: Path) -> None:
    """The whole of it, in this process: Procrastinate's worker needs the main thread, so another one asks and ends it."""
    office = office_for(tmp_path)
    ask(called_store, datetime.now(UTC), "before")

    def clock() -> datetime:
        return datetime.now(UTC)

    def slow(store: Store, office: Any, args: Any, at: datetime) -> None:
        if args["which"] == "last":
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(0.5)
        bag(store, office, args, at)

    errands.HANDLERS["count"] = slow  # type: ignore[index]

    def ask_more() -> None:
        until = time.monotonic() + 60
        while not bag.done["before"] and time.monotonic() < until:
            time.sleep(0.02)
        ask(called_store, clock(), "heard")
        while not bag.done["heard"] and time.monotonic() < until:
            time.sleep(0.02)
        ask(called_store, clock(), "last")

    asking = threading.Thread(target=ask_more)
    asking.start()
    pulse = Pulse(called_store, "w", clock)
    running = asyncio._get_running_loop()  # that of a browser's driver, when a worker of this run has one open
    asyncio._set_running_loop(None)
    try:
        called.work(called_store, lambda: office, pulse, clock, name="w")
    finally:
        asyncio._set_running_loop(running)
    asking.join(20)
    assert bag.done == {"before": 1, "heard": 1, "last": 1}
    assert all(row.done_at for row in rows(called_store))
    assert waiting_jobs(called_store) == []

"""Errands: leased, tried again with growing pauses, laid aside after eight tries, and never done by two at once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

import pytest

from engine import jobs, timeline
from engine.jobs import errands
from engine.jobs.errands import LEASE, TRIES, do, take
from engine.jobs.pulse import LONGEST, Pulse
from engine.jobs.worker import Round
from engine.office import Office
from engine.store import Errand, NotFound, Session, Store, enqueue
from engine.stories import office_for
from tests.engine.cases.counting import counted
from tests.engine.cases.scene import race

Deed = Mapping[str, Any]


class Bag:
    """A handler that counts what it was asked to do, and may refuse."""

    def __init__(self) -> None:
        self.done: Counter[str] = Counter()
        self.refuses: Exception | None = None
        self.lock = Lock()

    def __call__(self, store: Store, office: Office, args: Deed, at: datetime) -> None:
        with self.lock:
            self.done[args["which"]] += 1
        if self.refuses:
            raise self.refuses


@pytest.fixture
def bag(monkeypatch: pytest.MonkeyPatch) -> Bag:
    made = Bag()
    monkeypatch.setattr(errands, "HANDLERS", {"count": made})
    return made


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return office_for(tmp_path)


def ask(store: Store, at: datetime, *which: str) -> None:
    with store.unit() as session:
        for each in which:
            enqueue(session, "count", {"which": each}, key=each, at=at)


def rows(store: Store) -> list[Errand]:
    with store.reading() as session:
        return list(session.query(Errand).where(Errand.name != "sweep").order_by(Errand.id))


def test_what_is_asked_for_is_done_once_and_ticked_off(store: Store, office: Office, bag: Bag, now: datetime) -> None:
    ask(store, now, "a", "b")
    ask(store, now, "a")
    assert jobs.run_due(store, office, now) == []
    assert bag.done == {"a": 1, "b": 1}
    assert all(each.done_at == now and each.leased_until is None for each in rows(store))
    assert take(store, now + timedelta(days=9)) is None


def test_what_is_for_later_waits(store: Store, office: Office, bag: Bag, now: datetime) -> None:
    with store.unit() as session:
        enqueue(session, "count", {"which": "a"}, key="a", at=now, run_at=now + timedelta(hours=1))
    jobs.run_due(store, office, now + timedelta(minutes=59))
    assert not bag.done
    jobs.run_due(store, office, now + timedelta(hours=1))
    assert bag.done["a"] == 1


def test_a_failing_errand_is_tried_eight_times_with_growing_pauses_then_laid_aside(
    store: Store, office: Office, bag: Bag, now: datetime
) -> None:
    bag.refuses = RuntimeError("the printer is on fire")
    ask(store, now, "a")
    moment, pauses = now, []
    for tried in range(1, TRIES + 1):
        assert jobs.run_due(store, office, moment) == ["count: RuntimeError: the printer is on fire"]
        (errand,) = rows(store)
        assert (errand.attempts, errand.leased_until, errand.last_error) == (tried, None, "RuntimeError: the printer is on fire")
        assert jobs.run_due(store, office, moment) == []  # not before its pause is over
        if tried < TRIES:
            assert errand.dead_at is None
            pauses.append((errand.run_at - moment) // timedelta(minutes=1))
            moment = errand.run_at
    assert pauses == [1, 2, 4, 8, 16, 32, 64]
    assert errand.dead_at == moment
    assert jobs.run_due(store, office, moment + timedelta(days=365)) == []
    with store.reading() as session:
        assert [each.id for each in jobs.dead_letters(session)] == [errand.id]
        assert timeline.recent(session).rows[0].what == "errand.dead"


def test_a_dead_letter_is_tried_again_when_an_administrator_says_so(store: Store, office: Office, bag: Bag, now: datetime) -> None:
    bag.refuses = RuntimeError("no")
    ask(store, now, "a")
    moment = now
    for _ in range(TRIES):
        jobs.run_due(store, office, moment)
        moment += timedelta(days=1)
    bag.refuses = None
    (errand,) = rows(store)
    with store.unit() as session:
        jobs.retry(session, errand.id, by="admin", at=moment)
    assert jobs.run_due(store, office, moment) == []
    assert (bag.done["a"], rows(store)[0].done_at, rows(store)[0].dead_at) == (TRIES + 1, moment, None)


def test_an_errand_in_its_pause_can_be_tried_before_its_time(store: Store, office: Office, bag: Bag, now: datetime) -> None:
    bag.refuses = RuntimeError("no paper")
    ask(store, now, "a")
    jobs.run_due(store, office, now)
    bag.refuses = None
    with store.unit() as session:
        jobs.retry(session, rows(store)[0].id, by="admin", at=now)
    assert jobs.run_due(store, office, now) == []
    assert rows(store)[0].done_at == now


def test_what_a_worker_has_in_hand_or_has_done_is_not_given_out_again(store: Store, office: Office, bag: Bag, now: datetime) -> None:
    ask(store, now, "a")
    taken = take(store, now)
    assert taken is not None
    with pytest.raises(NotFound), store.unit() as session:
        jobs.retry(session, taken.id, by="admin", at=now)
    assert do(store, office, taken, now) is None
    with pytest.raises(NotFound), store.unit() as session:
        jobs.retry(session, taken.id, by="admin", at=now)


def test_a_dead_workers_errand_is_taken_over_after_its_lease(store: Store, office: Office, bag: Bag, now: datetime) -> None:
    ask(store, now, "a")
    assert take(store, now) is not None  # and the worker dies
    assert take(store, now + LEASE - timedelta(seconds=1)) is None
    assert jobs.run_due(store, office, now + LEASE) == []
    assert bag.done["a"] == 1
    assert rows(store)[0].attempts == 2


def test_a_worker_that_comes_back_late_with_a_failure_does_not_disturb_the_one_who_took_over(
    store: Store, office: Office, bag: Bag, now: datetime
) -> None:
    ask(store, now, "a")
    late = take(store, now)
    taken = take(store, now + LEASE)
    assert late is not None
    assert taken is not None
    bag.refuses = RuntimeError("late")
    do(store, office, late, now + LEASE)
    assert rows(store)[0].leased_until == now + LEASE + LEASE  # still the second worker's
    assert take(store, now + LEASE) is None
    bag.refuses = None
    assert do(store, office, taken, now + LEASE) is None
    bag.refuses = RuntimeError("later still")
    do(store, office, late, now + LEASE)
    (errand,) = rows(store)
    assert (errand.done_at, errand.last_error, errand.dead_at) == (now + LEASE, None, None)


def test_an_errand_nobody_knows_is_told_and_kept(store: Store, office: Office, bag: Bag, now: datetime) -> None:
    with store.unit() as session:
        enqueue(session, "no_such_thing", {}, key="x", at=now)
    assert "no_such_thing: KeyError" in jobs.run_due(store, office, now)[0]
    assert rows(store)[0].attempts == 1


def test_several_workers_never_do_one_errand_twice(store: Store, office: Office, bag: Bag, now: datetime) -> None:
    names = [str(each) for each in range(60)]
    ask(store, now, *names)
    told = race(*(lambda: jobs.run_due(store, office, now) for _ in range(4)))
    assert told == [[], [], [], []]
    assert bag.done == dict.fromkeys(names, 1)
    assert all(each.done_at for each in rows(store))


def test_a_worker_thread_hears_the_bell_works_and_ends(store: Store, office: Office, bag: Bag, now: datetime) -> None:
    worker = jobs.Worker(store, lambda: office, name="w1", pause=60)
    worker.start()
    ask(store, datetime.now(UTC), "a")
    until = time.monotonic() + 60
    while not bag.done["a"] and time.monotonic() < until:
        time.sleep(0.02)
    ask(store, datetime.now(UTC), "b", "c")
    while not (bag.done["b"] and bag.done["c"]) and time.monotonic() < until:
        time.sleep(0.02)
    with store.reading() as session:
        assert jobs.alive(session, datetime.now(UTC)) == 1
    worker.stop()
    assert not worker.is_alive()
    assert bag.done == {"a": 1, "b": 1, "c": 1}
    with store.reading() as session:
        assert jobs.last_beat(session) is None  # one that ends as it should does not look like one that died


def test_a_worker_that_is_stopped_lays_down_what_it_has_not_begun(store: Store, office: Office, bag: Bag, monkeypatch: Any) -> None:
    ask(store, datetime.now(UTC), *map(str, range(50)))
    worker = jobs.Worker(store, lambda: office, pause=60)

    def once(store: Store, office: Office, args: Deed, at: datetime) -> None:
        worker._stopping.set()
        bag(store, office, args, at)

    monkeypatch.setattr(errands, "HANDLERS", {"count": once})
    worker.start()
    worker.join(20)
    assert sum(bag.done.values()) == 1
    assert sum(each.done_at is None for each in rows(store)) == 49


def test_each_errand_of_a_long_round_is_leased_from_its_own_moment(store: Store, office: Office, bag: Bag, now: datetime) -> None:
    ask(store, now, "a", "b")
    moments = iter([now, now + timedelta(minutes=9), now + timedelta(minutes=9)])
    leases: list[datetime | None] = []

    def look(store: Store, office: Office, args: Deed, at: datetime) -> None:
        leases.extend(each.leased_until for each in rows(store) if each.leased_until)

    errands.HANDLERS["count"] = look  # type: ignore[index]
    Round(store, lambda: office, lambda: next(moments)).work()
    assert leases == [now + LEASE, now + timedelta(minutes=9) + LEASE]


def test_what_is_kept_of_a_failure_names_no_address(store: Store, office: Office, bag: Bag, now: datetime) -> None:
    bag.refuses = RuntimeError("{'joko@example.org': (550, b'no mailbox for +6281234567801')}")
    ask(store, now, "a")
    jobs.run_due(store, office, now)
    (errand,) = rows(store)
    assert errand.last_error == "RuntimeError: {'***': (550, b'no mailbox for ***')}"


def test_a_lease_is_renewed_while_its_worker_works_and_not_for_ever(store: Store, office: Office, bag: Bag, now: datetime) -> None:
    ask(store, now, "a")
    moment = [now]
    pulse = Pulse(store, "w1", lambda: moment[0])
    taken = take(store, now)
    assert taken is not None
    with pulse.holding(taken, now):
        for minutes in (0.9, 1.8, 14):
            moment[0] = now + timedelta(minutes=minutes)
            pulse.once()
            assert rows(store)[0].leased_until == moment[0] + LEASE
            assert take(store, moment[0]) is None
        moment[0] = now + LONGEST
        pulse.once()
        assert rows(store)[0].leased_until == now + timedelta(minutes=14) + LEASE  # it hangs: another may have it
    pulse.stop()
    assert take(store, now + LONGEST) is not None


def test_an_errand_that_ends_every_worker_is_laid_aside_in_the_end(store: Store, office: Office, bag: Bag, now: datetime) -> None:
    ask(store, now, "a")
    for each in range(jobs.DEATHS):
        assert take(store, now + each * LEASE) is not None  # and the worker dies
    assert take(store, now + jobs.DEATHS * LEASE) is None
    (errand,) = rows(store)
    assert (errand.dead_at, errand.leased_until) == (now + jobs.DEATHS * LEASE, None)
    assert "each worker that took it ended" in (errand.last_error or "")


def test_what_is_asked_for_in_a_savepoint_goes_with_it_and_what_was_asked_before_stays(store: Store, now: datetime) -> None:
    def fails(session: Session) -> None:
        with session.begin_nested():
            enqueue(session, "count", {"which": "inside"}, key="inside", at=now)
            raise RuntimeError

    with store.unit() as session:
        enqueue(session, "count", {"which": "before"}, key="before", at=now)
        with pytest.raises(RuntimeError):
            fails(session)
        enqueue(session, "count", {"which": "after"}, key="after", at=now)
    assert sorted(row.key for row in rows(store)) == ["after", "before"]


def test_all_errands_of_a_unit_are_written_by_one_statement(store: Store, now: datetime) -> None:
    with counted(store) as said:
        ask(store, now, *map(str, range(20)))
    assert [each.split()[:3] for each in said] == [["INSERT", "INTO", '"outbox"']]


def test_two_units_that_ask_for_one_key_at_once_make_one_errand(store: Store, now: datetime) -> None:
    race(*(lambda: ask(store, now, "a", "b") for _ in range(4)))
    assert sorted(row.key for row in rows(store)) == ["a", "b"]

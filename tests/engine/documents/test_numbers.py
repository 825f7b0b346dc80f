"""Numbers without gaps, whoever asks at the same time."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest

from engine.documents import next_number
from engine.store import Session, Store


def test_each_register_and_year_begins_at_one(session: Session, now: datetime) -> None:
    taken = [
        next_number(session, register, year, at=now) for register, year in (("a", 2026), ("a", 2026), ("b", 2026), ("a", 2027), ("a", 2026))
    ]
    assert taken == [1, 2, 1, 1, 3]


def test_a_number_of_a_failed_transaction_is_given_again(store: Store, now: datetime) -> None:
    with store.unit() as session:
        assert next_number(session, "reklame", 2026, at=now) == 1
    with pytest.raises(RuntimeError), store.unit() as session:  # noqa: PT012
        assert next_number(session, "reklame", 2026, at=now) == 2
        raise RuntimeError
    with store.unit() as session:
        assert next_number(session, "reklame", 2026, at=now) == 2


def race(store: Store, now: datetime, threads: int = 8, rounds: int = 6) -> list[int]:
    """Numbers that many threads took at once, every third attempt failing before its commit."""
    given: list[int] = []
    troubles: list[BaseException] = []
    ready = threading.Barrier(threads)

    def take(seed: int) -> None:
        ready.wait()
        for attempt in range(rounds):
            try:
                with store.unit() as session:
                    number = next_number(session, "reklame", 2026, at=now)
                    if (seed + attempt) % 3 == 0:
                        raise InterruptedError
                given.append(number)
            except InterruptedError:
                continue
            except BaseException as wrong:
                troubles.append(wrong)

    workers = [threading.Thread(target=take, args=(seed,)) for seed in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert not troubles
    return given


def test_many_at_once_get_numbers_without_gap_or_double(store: Store, now: datetime) -> None:
    assert sorted(race(store, now)) == list(range(1, 33))

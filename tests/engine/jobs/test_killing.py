"""The server and its workers are killed at random moments while people apply and officers decide: nothing is lost, nothing is doubled.

A short run for every day; the long one is `python -m tests.engine.jobs.killing --kills 300 --database both`.
"""

from __future__ import annotations

from pathlib import Path

from engine.store import Store
from tests.engine.jobs.killing import kill_and_count

KILLS = 12


def test_processes_that_are_killed_at_random_lose_nothing_and_double_nothing(store: Store, tmp_path: Path) -> None:
    wrong, said = kill_and_count(store, tmp_path, KILLS)
    assert wrong == []
    assert said["killed"] == KILLS
    assert said["done"] > 0

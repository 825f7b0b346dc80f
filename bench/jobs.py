"""What the worker costs: an idle tick over 5,000 open cases beside a bare SELECT by an index, and 1,000 timers due at once.

    python -m bench.jobs

Processor time of this process as a ratio within the same run, in random turns; absolute times depend on the machine. The bare SELECT is
what any scheduler must at least do: one indexed look at the timers through the same driver. Exact figures (statements, each once) are
tests: tests/engine/jobs/test_timers.py.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import select

from engine import cases, jobs
from engine.jobs import Worker
from engine.jobs.worker import Round
from engine.store import Store, migrate
from engine.timeline import Event
from tests.engine.cases.scene import Scene, race
from tests.engine.jobs.crowd import due_at_once, waiting_cases
from tests.fixtures.databases import KEYS

OPEN, DUE, ROUNDS, TURNS = 5_000, 1_000, 25, 40
LOOK = "SELECT due_at FROM timer WHERE over_at IS NULL ORDER BY due_at LIMIT 1"


def a_store(folder: Path) -> Store:
    """A fresh SQLite database."""
    store = Store(f"sqlite:///{folder}/loket.sqlite", KEYS)
    migrate(store.engine)
    return store


def seconds(work: Callable[[], Any]) -> float:
    """Processor time of one call, of many."""
    began = process_time()
    for _ in range(TURNS):
        work()
    return (process_time() - began) / TURNS


def idle(folder: Path) -> None:
    """The tick beside two floors, in random turns; the second floor is the control."""
    store = a_store(folder)
    scene = waiting_cases(store, folder, OPEN)
    worker = Worker(store, lambda: scene.office, clock=lambda: scene.now)
    worker.pulse.once()
    bare = sqlite3.connect(folder / "loket.sqlite")

    def tick() -> None:
        Round(store, lambda: scene.office, lambda: scene.now).work()
        worker.pulse.once()  # at every tick here; in truth every fifteen seconds

    kinds: dict[str, Callable[[], Any]] = {
        "look": lambda: jobs.look(store),
        "tick": tick,
        "floor": lambda: bare.execute(LOOK).fetchall(),
        "control": lambda: bare.execute(LOOK).fetchall(),
    }
    spent: dict[str, list[float]] = {name: [] for name in kinds}
    for each in range(ROUNDS + 1):
        for name in random.sample(list(kinds), len(kinds)):
            took = seconds(kinds[name])
            spent[name] += [took] if each else []
    ratios = {name: median(one / floor for one, floor in zip(spent[name], spent["floor"], strict=True)) for name in kinds}
    print(f"{OPEN} open cases, none due, processor time of a tick:")
    print(f"  looking   {median(spent['look']) * 1e3:7.3f} ms   {ratios['look']:6.1f} x a bare SELECT by the index")
    print(f"  with beat {median(spent['tick']) * 1e3:7.3f} ms   {ratios['tick']:6.1f} x")
    fair = 0.93 <= ratios["control"] <= 1.07
    print(f"  control   {ratios['control']:.2f}{'' if fair else '   INCONCLUSIVE: the two floors differ'}")
    bare.close()
    store.close()


def due(folder: Path, workers: int) -> None:
    """A thousand timers at once, by so many workers; that each rang once is looked at too."""
    store = a_store(folder)
    scene: Scene = waiting_cases(store, folder, DUE)
    at = scene.rows(cases.Timer)[0].due_at
    due_at_once(scene, at)
    stores = [Store(store.url, KEYS) for _ in range(workers)]
    began, cpu = perf_counter(), process_time()
    troubles = race(*(lambda each=each: jobs.run_due(each, scene.office, at) for each in stores), most=3_600)  # type: ignore[misc]
    took, spent = perf_counter() - began, process_time() - cpu
    with store.reading() as session:
        rang = Counter(session.scalars(select(Event.case_id).where(Event.what == "timer.rang")))
    once = len(rang) == DUE and set(rang.values()) == {1} and not any(troubles)
    print(f"{DUE} due at once, {workers} worker(s): {DUE / took:5.0f} a second, {spent / DUE * 1e3:.1f} ms of processor each; ", end="")
    print("each rang once" if once else f"WRONG: {len(rang)} rang, {max(rang.values(), default=0)} times at most, {troubles}")
    for each in (*stores, store):
        each.close()


def main() -> int:
    """All of it."""
    for work in (idle, lambda folder: due(folder, 1), lambda folder: due(folder, 3)):
        with tempfile.TemporaryDirectory() as folder:
            work(Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())

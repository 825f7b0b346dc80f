"""Timers cost only what is due: none of five thousand, one statement; many at once ring once each, with three workers."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update

from engine import cases, jobs
from engine.jobs.pulse import Pulse
from engine.jobs.worker import Round, next_moments
from engine.store import Store
from engine.timeline import Event
from tests.engine.cases.counting import counted
from tests.engine.cases.scene import race
from tests.engine.jobs.crowd import due_at_once, waiting_cases
from tests.fixtures.databases import KEYS

OPEN, DUE = 5_000, 240  # a thousand: python -m bench.jobs
MOST_FOR_A_TIMER = 12


def test_a_tick_over_five_thousand_open_cases_none_due_takes_three_statements_by_two_indexes(store: Store, tmp_path: Path) -> None:
    scene = waiting_cases(store, tmp_path, OPEN)
    with store.engine.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()
    pulse = Pulse(store, "w", lambda: scene.now)
    pulse.once()
    with counted(store) as said:
        Round(store, lambda: 1 / 0, lambda: scene.now).work()  # type: ignore[arg-type, return-value]
        pulse.once()
    print("\n".join(said))
    assert len(said) <= 3, said
    plan = "\n".join(_plan(store))
    assert "ix_timer_due" in plan
    assert "Seq Scan on timer" not in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort Key: timer" not in plan


def _plan(store: Store) -> list[str]:
    """How the database looks for what is due, with the very statement of the worker."""
    asked = next_moments().compile(store.engine, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if store.engine.dialect.name == "sqlite" else "EXPLAIN"
    with store.engine.connect() as connection:
        return [str(row[-1]) for row in connection.execute(text(f"{explain} {asked}"))]


def test_many_timers_due_at_once_ring_once_each_with_three_workers(store: Store, tmp_path: Path) -> None:
    scene = waiting_cases(store, tmp_path, DUE)
    at = scene.rows(cases.Timer)[0].due_at
    due_at_once(scene, at)
    workers = [Store(store.url, KEYS) for _ in range(3)]
    assert race(*(lambda each=each: jobs.run_due(each, scene.office, at) for each in workers), most=300) == [[], [], []]
    for each in workers:
        each.close()
    with store.reading() as session:
        rang = Counter(session.scalars(select(Event.case_id).where(Event.what == "timer.rang")))
        opened = Counter(session.scalars(select(cases.Task.case_id).where(cases.Task.step == "verify")))
        left = session.scalar(select(func.count()).select_from(cases.Timer).where(cases.Timer.over_at.is_(None)))
    assert (len(rang), set(rang.values()), len(opened), set(opened.values()), left) == (DUE, {1}, DUE, {1}, 0)


@pytest.mark.parametrize("others", [2, 300])
def test_a_due_timer_costs_the_same_however_many_are_not_due(store: Store, tmp_path: Path, others: int) -> None:
    scene = waiting_cases(store, tmp_path, others)
    scene.now = scene.rows(cases.Timer)[0].due_at
    with store.unit() as session:
        session.execute(update(cases.Timer).where(cases.Timer.case_id != scene.case).values(due_at=scene.now + timedelta(days=1)))
    with counted(store) as said:
        assert scene.work() == []
    assert scene.waiting() == ["verify"]
    assert len(said) <= MOST_FOR_A_TIMER, "\n".join(said)

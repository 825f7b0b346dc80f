"""Timers cost only what is due: none of five thousand costs one statement, a thousand at once ring once each, with any number of workers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sqlalchemy import func, select, text

from engine import cases, jobs
from engine.jobs.pulse import Pulse
from engine.jobs.worker import Round, next_moments
from engine.store import Store
from engine.timeline import Event
from tests.engine.cases.scene import race
from tests.engine.cases.test_cost import counted
from tests.engine.jobs.crowd import due_at_once, waiting_cases
from tests.fixtures.databases import KEYS

OPEN, DUE = 5_000, 1_000


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
    assert "Sort" not in plan


def _plan(store: Store) -> list[str]:
    """How the database looks for what is due, with the very statement of the worker."""
    asked = next_moments().compile(store.engine, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if store.engine.dialect.name == "sqlite" else "EXPLAIN"
    with store.engine.connect() as connection:
        return [str(row[-1]) for row in connection.execute(text(f"{explain} {asked}"))]


def test_a_thousand_timers_due_at_once_ring_once_each_with_three_workers(store: Store, tmp_path: Path) -> None:
    scene = waiting_cases(store, tmp_path, DUE)
    at = scene.rows(cases.Timer)[0].due_at
    due_at_once(scene, at)
    workers = [Store(store.url, KEYS) for _ in range(3)]
    assert race(*(lambda each=each: jobs.run_due(each, scene.office, at) for each in workers)) == [[], [], []]
    for each in workers:
        each.close()
    with store.reading() as session:
        rang = Counter(session.scalars(select(Event.case_id).where(Event.what == "timer.rang")))
        opened = Counter(session.scalars(select(cases.Task.case_id).where(cases.Task.step == "verify")))
        left = session.scalar(select(func.count()).select_from(cases.Timer).where(cases.Timer.over_at.is_(None)))
    assert (len(rang), set(rang.values()), len(opened), set(opened.values()), left) == (DUE, {1}, DUE, {1}, 0)


def test_a_due_timer_costs_the_same_however_many_are_not_due(store: Store, tmp_path: Path) -> None:
    scene = waiting_cases(store, tmp_path, 300)
    ids = [row.id for row in scene.rows(cases.Timer)]
    costs = []
    for each in ids[:2]:
        with store.unit() as session:
            session.get_one(cases.Timer, each).due_at = scene.now
        with counted(store) as said:
            assert scene.work() == []
        costs.append(len(said))
    with store.unit() as session:
        session.execute(cases.Timer.__table__.delete().where(cases.Timer.id.in_(ids[3:])))
        session.get_one(cases.Timer, ids[2]).due_at = scene.now
    with counted(store) as said:
        assert scene.work() == []
    assert len(said) == costs[1], said

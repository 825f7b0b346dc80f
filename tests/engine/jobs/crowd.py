"""Very many cases that wait for a timer: one is made by the verbs, the others are copies of its rows under numbers of their own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import insert, select, update

from engine import cases
from engine.store import Store, new_id
from tests.engine.cases.scene import Scene
from tests.engine.cases.small import begun_with_timer, stall, stall_case


def waiting_cases(store: Store, folder: Path, many: int) -> Scene:
    """An office with so many cases behind a timer of two working days; the scene stands at the moment it was set."""
    scene = stall_case(store, folder, stall(begun_with_timer()))
    scene.do("sari", "application", {"area": "1"})
    with store.unit() as session:
        case, timer = cases.Case.__table__, cases.Timer.__table__
        one = session.execute(select(case).where(case.c.id == scene.case)).mappings().one()
        ring = session.execute(select(timer).where(timer.c.case_id == scene.case)).mappings().one()
        ids = [new_id() for _ in range(many - 1)]
        session.execute(insert(case), [{**one, "id": each, "number": f"STALL-COPY-{number:05}"} for number, each in enumerate(ids)])
        session.execute(insert(timer), [{**ring, "id": new_id(), "case_id": each} for each in ids])
    return scene


def due_at_once(scene: Scene, at: datetime) -> None:
    """Every timer of the office is due at this moment."""
    with scene.store.unit() as session:
        session.execute(update(cases.Timer).where(cases.Timer.over_at.is_(None)).values(due_at=at))

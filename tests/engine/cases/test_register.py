"""Answers that no two cases of a procedure may share."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from engine import cases, people
from engine.cases import NotUnique
from engine.cases.tables import RegisterValue
from engine.store import Store
from forms import Answers, Invalid
from tests.engine.cases.scene import Scene
from tests.engine.cases.small import stall, stall_case
from tests.engine.procedures.sample import form, question

PLATE = {"plate": "N 1234 AB"}


@pytest.fixture
def scene(store: Store, tmp_path: Path) -> Scene:
    """A stall permit whose plate number must be the only one."""
    asked = form("application", question("plate", "text", unique="ever"), question("area", "number", required=False))
    return stall_case(store, tmp_path, stall(**{"forms/application.json": asked}))


def checked(scene: Scene, plate: str) -> Answers:
    """The answers as the page checks them, against the register."""
    with scene.store.reading() as session:
        page = cases.task_page(session, people.by_id(session, scene.cast["sari"]), scene.task("application"))
        at = scene.office.calendar.local(scene.now)
        taken = cases.taken_by_others(session, page.case, "application", at=at)
        return page.form.check({"plate": plate}, at=at, taken=taken)


def test_an_answer_of_a_running_case_is_taken_and_says_nothing_of_it(scene: Scene) -> None:
    scene.do("sari", "application", PLATE)
    scene.open("sari")
    with pytest.raises(Invalid) as refused:
        checked(scene, " n 1234  ab ")
    assert [(one.path, one.code, dict(one.facts)) for one in refused.value.errors] == [("plate", "unique", {})]
    assert checked(scene, "N 1234 AC")
    with scene.store.reading() as session:
        (kept,) = session.scalars(select(RegisterValue)).all()
    assert "1234" not in kept.mark


def test_of_two_who_were_checked_at_the_same_time_the_second_is_told(scene: Scene) -> None:
    first, before = scene.case, checked(scene, "N 1 A")
    task = scene.task("application")
    scene.open("sari")
    scene.do("sari", "application", {"plate": "N 1 A"})
    with pytest.raises(NotUnique):
        scene.complete("sari", task, before)
    assert [row.case_id for row in scene.rows(RegisterValue)] == [scene.case]
    assert first != scene.case


def test_a_refused_case_gives_its_answer_back(scene: Scene) -> None:
    scene.do("sari", "application", PLATE)
    scene.do("budi", "verify", {"result": "no"})
    assert scene.row().ended_at is not None
    assert not scene.rows(RegisterValue)
    scene.open("sari")
    assert checked(scene, "N 1234 AB")

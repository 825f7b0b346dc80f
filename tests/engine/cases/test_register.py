"""Answers that no two cases of a procedure may share."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from engine import cases, documents, people
from engine.cases import NotUnique
from engine.cases.register import register
from engine.cases.tables import RegisterValue
from engine.store import Store
from forms import Answers, Invalid
from tests.engine.cases.scene import Scene
from tests.engine.cases.small import YES_NO, stall, stall_case
from tests.engine.flow.drawing import Drawing
from tests.engine.procedures.sample import form, question

PLATE = {"plate": "N 1234 AB"}


@pytest.fixture
def scene(store: Store, tmp_path: Path) -> Scene:
    """A stall permit whose plate number must be the only one."""
    asked = form("application", question("plate", "text", unique="ever"), question("area", "number", required=False))
    return stall_case(store, tmp_path, stall(**{"forms/application.json": asked}))


def checked(scene: Scene, plate: str, step: str = "application", who: str = "sari") -> Answers:
    """The answers as the page checks them, against the register."""
    with scene.store.reading() as session:
        page = cases.task_page(session, people.by_id(session, scene.cast[who]), scene.task(step))
        at = scene.office.calendar.local(scene.now)
        taken = cases.taken_by_others(session, page.case, "application", at=at)
        return page.form.check({"plate": plate}, at=at, taken=taken, context=page.context, only=page.only, before=page.before)


def is_taken(scene: Scene, plate: str = "N 1234 AB") -> bool:
    """Whether somebody else, with a new application, hears that it is taken."""
    scene.open("joko")
    try:
        checked(scene, plate, who="joko")
    except Invalid as refused:
        return [one.code for one in refused.errors] == ["unique"]
    return False


def issued(scene: Scene) -> str:
    scene.do("budi", "verify", {"result": "yes"})
    assert scene.work() == []
    return scene.case


def renew(scene: Scene, case: str) -> None:
    with scene.store.unit() as session:
        sari = scene.person(session, "sari")
        scene.case = cases.open_case(session, scene.office, "stall", applicant=sari, by=sari, at=scene.now, renews=case).id


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


def test_a_permit_is_renewed_with_its_own_answer_and_again_and_nobody_else_may_have_it(scene: Scene) -> None:
    scene.do("sari", "application", PLATE)
    first = issued(scene)
    scene.now += timedelta(days=200)
    assert is_taken(scene)
    renew(scene, first)
    answers, second = checked(scene, "N 1234 AB"), scene.case
    scene.complete("sari", scene.task("application"), answers)
    assert is_taken(scene)
    scene.case = second
    issued(scene)
    assert is_taken(scene)
    renew(scene, second)
    scene.complete("sari", scene.task("application"), checked(scene, "N 1234 AB"))
    third = scene.case
    assert {row.case_id for row in scene.rows(RegisterValue)} == {first, second, third}
    renew(scene, second)
    with pytest.raises(Invalid):
        checked(scene, "N 1234 AB")  # the renewal that is on its way has it already


def test_a_permit_that_is_revoked_or_has_run_out_holds_its_answer_no_longer(scene: Scene) -> None:
    scene.do("sari", "application", PLATE)
    first = issued(scene)
    assert is_taken(scene)
    scene.now += timedelta(days=213)  # 1 January 2027, its last day
    assert is_taken(scene)
    scene.now += timedelta(days=1)
    assert not is_taken(scene)
    scene.now -= timedelta(days=100)
    with scene.store.unit() as session:
        (paper,) = [one for one in documents.of_case(session, first) if one.public.get("permit")]
        documents.revoke(session, paper.id, reason="salah", by=scene.cast["budi"], at=scene.now)
    assert not is_taken(scene)


def test_a_withdrawn_application_gives_its_answer_back(scene: Scene) -> None:
    scene.do("sari", "application", PLATE)
    sent = scene.case
    assert is_taken(scene)
    with scene.store.unit() as session:
        cases.withdraw(session, scene.office, sent, by=scene.person(session, "sari"), at=scene.now)
    assert not is_taken(scene)


def test_what_came_back_for_correction_may_be_sent_with_the_same_answer_or_another(store: Store, tmp_path: Path) -> None:
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive", notice="no")
    pen.user("verify", desk="verifikator", days="1", public="verify", not_same_as="applicant").choice("ok", "is_refused")
    pen.user("correct", "application", desk="applicant", revises="application", public="application")
    pen.service("issue", "issue", letter="permit").end("issued")
    pen.chain("begin", "application", "receive", "verify", "ok").chain("issue", "issued").chain("correct", "verify")
    pen.flow("ok", "issue", '= verify.result = "yes"', "is_ok").flow("ok", "correct", ident="is_refused")
    asked = form("application", question("plate", "text", unique="ever"), question("area", "number", required=False))
    marks = question("marks", "marks", of="application", required=False)
    verify = form("verify", question("result", "choice", choices=YES_NO), marks)
    scene = stall_case(store, tmp_path, stall(pen, **{"forms/application.json": asked, "forms/verify.json": verify}))
    scene.do("sari", "application", PLATE)
    mine = scene.case
    for plate in ("N 1234 AB", "N 9 Z"):
        scene.do("budi", "verify", {"result": "no", "marks": [{"field": "plate", "reason": "buram"}]})
        scene.complete("sari", scene.task("correct"), checked(scene, plate, "correct"))
        assert is_taken(scene, plate)
        scene.case = mine
    assert not is_taken(scene, "N 1234 AB"), "the answer that was corrected is free"


def test_a_case_that_is_opened_again_has_its_answer_again_unless_somebody_else_has_it_by_now(scene: Scene) -> None:
    def reopen(case: str) -> None:
        with scene.store.unit() as session:
            cases.reopen(session, scene.office, case, reason="keliru", by=scene.person(session, "budi"), at=scene.now, to="verify")

    scene.do("sari", "application", PLATE)
    mine = scene.case
    for again in (True, False):
        scene.case = mine
        scene.do("budi", "verify", {"result": "no"})
        assert scene.work() == []
        assert not is_taken(scene)
        if again:
            reopen(mine)
            assert is_taken(scene)
    scene.complete("joko", scene.task("application"), checked(scene, "N 1234 AB", who="joko"))
    with pytest.raises(NotUnique):
        reopen(mine)
    scene.case = mine
    assert scene.row().ended_at is not None, "nothing was changed"


def test_an_answer_that_is_taken_back_is_free(store: Store, tmp_path: Path) -> None:
    asked = form("application", question("plate", "text", unique="ever", required=False), question("area", "number", required=False))
    scene = stall_case(store, tmp_path, stall(**{"forms/application.json": asked}))
    scene.do("sari", "application", PLATE)
    with store.unit() as session:
        case = session.get_one(cases.Case, scene.case)
        page = cases.task_page(session, scene.person(session, "sari"), scene.task("application"))
        register(session, case, page.form.check({"area": "3"}, at=scene.now), at=scene.now)
    assert not is_taken(scene)

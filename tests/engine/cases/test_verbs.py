"""A verb that refuses says why with the right error, and leaves every table as it was."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from engine import cases, flow
from engine.cases import CaseEnded, NotAllowed, TaskGone, TaskTaken, WrongForm
from engine.store import Conflict, NotFound, Store
from tests.engine.cases.scene import Scene, race, small_ads
from tests.engine.cases.small import stall, stall_case, straight
from tests.engine.procedures.sample import form, question

YES = {"result": "yes"}


def refused(scene: Scene, error: type[Exception], deed: Callable[[], object]) -> Exception:
    before = scene.dump()
    with pytest.raises(error) as told:
        deed()
    assert scene.dump() == before
    return told.value


def claim(scene: Scene, who: str, step: str = "verify", task: str | None = None) -> None:
    with scene.store.unit() as session:
        cases.claim(session, task or scene.task(step), by=scene.person(session, who), at=scene.now)


def release(scene: Scene, who: str, step: str = "verify") -> None:
    with scene.store.unit() as session:
        cases.release(session, scene.task(step), by=scene.person(session, who), at=scene.now)


def withdraw(scene: Scene, who: str) -> None:
    with scene.store.unit() as session:
        cases.withdraw(session, scene.office, scene.case, by=scene.person(session, who), at=scene.now)


def submitted(store: Store, tmp_path: Path) -> Scene:
    scene = stall_case(store, tmp_path)
    scene.do("sari", "application", {"area": "1"})
    return scene


def test_a_task_of_another_desk_is_refused(store: Store, tmp_path: Path) -> None:
    scene = submitted(store, tmp_path)
    task, answers = scene.task("verify"), scene.check("budi", scene.task("verify"), YES)
    for who in ("rudi", "nina", "dewi", "admin", "joko", "sari"):
        why = refused(scene, NotAllowed, lambda who=who: scene.complete(who, task, answers))
        assert why.facts["why"] in ("has_the_desk", "not_own_application")
        refused(scene, NotAllowed, lambda who=who: claim(scene, who))


def test_another_persons_application_cannot_be_sent_saved_withdrawn_or_thrown_away(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path)
    task, answers = scene.task("application"), scene.check("sari", scene.task("application"), {"area": "1"})
    refused(scene, NotAllowed, lambda: scene.complete("joko", task, answers))
    refused(scene, NotAllowed, lambda: withdraw(scene, "joko"))
    with pytest.raises(NotAllowed), store.unit() as session:
        cases.save_page(session, scene.office, task, "one", answers, by=scene.person(session, "joko"), at=scene.now)
    with pytest.raises(NotAllowed), store.unit() as session:
        cases.keep_typed(session, scene.office, task, {"area": "9"}, page=None, by=scene.person(session, "joko"), at=scene.now)
    with pytest.raises(NotAllowed), store.unit() as session:
        cases.discard(session, scene.office, scene.case, by=scene.person(session, "budi"), at=scene.now)


def test_a_task_is_completed_once(store: Store, tmp_path: Path) -> None:
    scene = submitted(store, tmp_path)
    task, answers = scene.task("application"), scene.check("sari", scene.task("application"), {"area": "3"})
    why = refused(scene, TaskGone, lambda: scene.complete("sari", task, answers))
    assert why.facts == {"step": "application"}
    refused(scene, TaskGone, lambda: claim(scene, "sari", "application"))


def test_answers_of_another_form_are_refused(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path)
    answers = scene.check("sari", scene.task("application"), {"area": "1"})
    scene.complete("sari", scene.task("application"), answers)
    why = refused(scene, WrongForm, lambda: scene.complete("budi", scene.task("verify"), answers))
    assert why.facts == {"given": "application", "wanted": "verify"}


def test_a_task_that_somebody_has_taken_is_theirs(store: Store, tmp_path: Path) -> None:
    scene = submitted(store, tmp_path)
    claim(scene, "budi")
    claim(scene, "budi")  # asking twice is asking once
    answers = scene.check("beni", scene.task("verify"), YES)
    refused(scene, TaskTaken, lambda: scene.complete("beni", scene.task("verify"), answers))
    refused(scene, TaskTaken, lambda: claim(scene, "beni"))
    refused(scene, NotAllowed, lambda: release(scene, "beni"))
    release(scene, "budi")
    scene.complete("beni", scene.task("verify"), answers)


def test_a_finished_task_cannot_be_given_back(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"))
    claim(scene, "budi")
    scene.play(("budi", "verify"))
    refused(scene, TaskGone, lambda: release(scene, "budi"))
    with store.reading() as session:
        assert session.get_one(cases.Task, scene.task("verify")).assignee == scene.cast["budi"]


def test_nothing_moves_in_a_case_that_has_ended(store: Store, tmp_path: Path) -> None:
    scene = submitted(store, tmp_path)
    answers = scene.check("budi", scene.task("verify"), YES)
    withdraw(scene, "sari")
    assert (scene.row().outcome, scene.waiting(), scene.rows(cases.Seat)) == ("withdrawn", [], [])
    refused(scene, CaseEnded, lambda: scene.complete("budi", scene.task("verify"), answers))
    refused(scene, CaseEnded, lambda: claim(scene, "budi"))
    refused(scene, NotAllowed, lambda: withdraw(scene, "sari"))
    with store.unit() as session:
        cases.wake(session, scene.office, scene.case, at=scene.now)
    assert scene.work() == []


def test_what_is_not_there_is_not_found(store: Store, tmp_path: Path) -> None:
    scene = submitted(store, tmp_path)
    answers = scene.check("budi", scene.task("verify"), YES)
    refused(scene, NotFound, lambda: scene.complete("budi", "no-such-task", answers))
    refused(scene, NotFound, lambda: claim(scene, "budi", task="no-such-task"))
    with store.unit() as session:
        sari = scene.person(session, "sari")
        with pytest.raises(cases.NotOffered):
            cases.open_case(session, scene.office, "no_such_service", applicant=sari, by=sari, at=scene.now)


def test_a_thrown_away_draft_is_gone_from_the_list_and_its_files_are_erased(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path)
    with store.unit() as session:
        joko = scene.person(session, "joko")
        answers = scene.check("joko", scene.task("application"), scene.deeds["application"].answers, scene.deeds["application"].files)
        cases.save_page(session, scene.office, scene.task("application"), "one", answers, by=joko, at=scene.now)
    with store.unit() as session:
        cases.discard(session, scene.office, scene.case, by=scene.person(session, "joko"), at=scene.now)
    with store.reading() as session:
        assert cases.mine(session, scene.person(session, "joko")).rows == []
        assert session.get_one(cases.Task, scene.task("application")).draft is None
    assert scene.rows(cases.Submission) == []


def test_of_a_thrown_away_draft_of_several_forms_no_answer_is_left(store: Store, tmp_path: Path) -> None:
    pen = straight().user("owner", desk="applicant", public="application")
    way, other = 'sourceRef="application" targetRef="receive"', 'sourceRef="application" targetRef="owner"'
    pen.parts = [part.replace(way, other) for part in pen.parts]
    owner = {"forms/owner.json": form("owner", question("called", "text", max_length=40))}
    scene = stall_case(store, tmp_path, stall(pen.flow("owner", "receive"), **owner))
    scene.do("sari", "application", {"area": "1"})
    with store.unit() as session:
        cases.discard(session, scene.office, scene.case, by=scene.person(session, "sari"), at=scene.now)
    assert scene.rows(cases.Submission) == []
    with store.reading() as session:
        seen = cases.case_file(session, scene.person(session, "sari"), scene.case)
        assert (dict(flow.snapshot(seen.bundle.process, seen.case.state).facts), seen.status.word) == ({}, "ended")


def test_of_two_who_take_one_task_one_wins_every_time(store: Store, tmp_path: Path) -> None:
    scene = submitted(store, tmp_path)
    task = scene.task("verify")
    for _ in range(30):
        with store.unit() as session:
            session.get_one(cases.Task, task).assignee = None
        told = race(partial(claim, scene, "budi", task=task), partial(claim, scene, "beni", task=task))
        won = [who for who, each in zip(("budi", "beni"), told, strict=True) if each is None]
        assert len(won) == 1, told
        assert isinstance(next(each for each in told if each is not None), TaskTaken | TaskGone | Conflict)
        assert scene.rows(cases.Task, cases.Task.id == task)[0].assignee == scene.cast[won[0]]


def test_of_two_who_complete_one_task_one_wins_every_time(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path)
    for _ in range(30):
        scene.open("sari")
        scene.do("sari", "application", {"area": "1"})
        task = scene.task("verify")
        answers = scene.check("budi", task, YES)
        told = race(partial(scene.complete, "budi", task, answers), partial(scene.complete, "beni", task, answers))
        won = [who for who, each in zip(("budi", "beni"), told, strict=True) if each is None]
        assert len(won) == 1, told
        assert isinstance(next(each for each in told if each is not None), TaskGone | Conflict)
        done = scene.rows(cases.Task, cases.Task.id == task)[0]
        assert done.done_by == scene.cast[won[0]]
        given = scene.rows(cases.Submission, cases.Submission.case_id == scene.case, cases.Submission.form == "verify")
        assert [(list(each.given), each.by) for each in given] == [(["result"], scene.cast[won[0]])]


def test_who_took_a_task_first_is_not_overtaken_by_somebody_who_completes_it_in_the_same_moment(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path)
    for _ in range(30):
        scene.open("sari")
        scene.do("sari", "application", {"area": "1"})
        task = scene.task("verify")
        answers = scene.check("beni", task, YES)
        told = race(partial(claim, scene, "budi", task=task), partial(scene.complete, "beni", task, answers))
        assert sum(each is None for each in told) == 1, told
        row = scene.rows(cases.Task, cases.Task.id == task)[0]
        assert (row.assignee, row.done_by) in ((scene.cast["budi"], None), (None, scene.cast["beni"]))

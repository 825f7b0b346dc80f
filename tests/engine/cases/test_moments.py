"""Two things at one moment: an answer and its deadline, a move and a timer, a message and a timer, the same letter tried twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from engine import cases, jobs, timeline
from engine.cases import CaseEnded, TaskGone
from engine.notices import Notice
from engine.store import Conflict, Store
from forms import Answers
from tests.engine.cases.scene import Scene, race, small_ads
from tests.engine.cases.small import begun_with_timer, stall, stall_case
from tests.engine.cases.test_moving import move, publish, undo, verdicts
from tests.engine.procedures.sample import form, question

RACES = 5
MARKS = [{"field": "isi_naskah", "reason": "Kurang."}]


def wake(scene: Scene, case: str) -> None:
    with scene.store.unit() as session:
        cases.wake(session, scene.office, case, at=scene.now)


def rang(scene: Scene, case: str) -> int:
    with scene.store.reading() as session:
        return [each.what for each in timeline.of_case(session, case)].count("timer.rang")


def test_of_an_answer_and_its_deadline_at_one_moment_one_wins(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path)
    began = scene.now
    for number in range(RACES):
        scene.now = began
        if number:
            scene.open("joko")
        scene.play(("joko", "application"))
        scene.do("budi", "verify", {"result": "return", "marks": MARKS})
        (timer,) = scene.rows(cases.Timer, cases.Timer.case_id == scene.case)
        scene.now, task, case = timer.due_at, scene.task("revise"), scene.case
        checked = scene.check("joko", task, {"isi_naskah": "Baru"})

        def answer(task: str = task, checked: Answers = checked) -> None:
            with scene.store.unit() as session:
                cases.complete(session, scene.office, task, checked, by=scene.person(session, "joko"), at=scene.now)

        answered, woken = race(answer, lambda case=case: wake(scene, case))
        assert woken is None
        lapsed = [each.what for each in scene.rows(Notice, Notice.case_id == case)].count("lapsed")
        sent = len(scene.rows(cases.Submission, cases.Submission.case_id == case, cases.Submission.form == "application"))
        if answered is None:
            assert (scene.row().outcome, scene.waiting(), lapsed, rang(scene, case), sent) == (None, ["verify"], 0, 0, 2)
        else:
            assert isinstance(answered, CaseEnded | TaskGone | Conflict), "told in a sentence"
            assert (scene.row().outcome, lapsed, rang(scene, case), sent) == ("lapsed", 1, 1, 1)


def test_a_timer_that_is_due_while_its_case_moves_rings_once_and_the_move_is_undone_or_says_why_not(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path, stall(begun_with_timer()))
    for number in range(RACES):
        if number:
            scene.open("sari")
        scene.do("sari", "application", {"area": "1"})
    everybody = {row.id for row in scene.rows(cases.Case)}
    more = form("application", question("area", "number"), question("note", "text", required=False))
    changed = stall(begun_with_timer(), **{"forms/application.json": more})
    second = publish(scene, changed)
    scene.now += timedelta(days=10)
    going = move(scene, second)
    assert race(lambda: jobs.run_due(store, scene.office, scene.now), *(lambda case=case: wake(scene, case) for case in everybody))[0] == []
    assert scene.work() == []
    assert {case: rang(scene, case) for case in everybody} == dict.fromkeys(everybody, 1)
    assert verdicts(scene, going) == {"moved": RACES}
    assert {row.version_id for row in scene.rows(cases.Case)} == {second}
    for scene.case in everybody:
        assert scene.waiting() == ["verify"]
    undo(scene, going)
    assert scene.work() == []
    ends = verdicts(scene, going)
    assert ends.get("undone", 0) + ends.get("stays", 0) == RACES, "those that went on since stay, and say so"
    for scene.case in everybody:
        assert scene.waiting() == ["verify"]
    assert {case: rang(scene, case) for case in everybody} == dict.fromkeys(everybody, 1)

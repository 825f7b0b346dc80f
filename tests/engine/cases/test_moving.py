"""Open cases go on with a new version: the plan says who can and why not, one call moves them, and they can be put back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine import cases, jobs, procedures
from engine.cases import AnotherMove, Case, Move, MoveLine, NotAllowed, NothingToUndo, Plan, Task
from engine.cases.move import carry
from engine.procedures import Bundle
from engine.store import NotFound, Store
from engine.timeline import Event
from tests.engine.cases.scene import Scene
from tests.engine.cases.small import choice, stall, stall_case, straight
from tests.engine.flow.drawing import Drawing
from tests.engine.procedures.sample import form, question


def publish(scene: Scene, bundle: Bundle) -> str:
    scene.bundle = bundle
    with scene.store.unit() as session:
        return procedures.publish(session, bundle, by=scene.cast["admin"], at=scene.now).id


def plan(scene: Scene, version: str, **names: str) -> Plan:
    with scene.store.reading() as session:
        return cases.plan_move(session, scene.office, "stall", version, at=scene.now, names=names)


def move(scene: Scene, version: str, who: str = "admin", **names: str) -> str:
    with scene.store.unit() as session:
        return cases.move(session, "stall", version, names=names, by=scene.person(session, who), at=scene.now).id


def undo(scene: Scene, going: str) -> None:
    with scene.store.unit() as session:
        cases.undo_move(session, going, by=scene.person(session, "admin"), at=scene.now)


def codes(plan_: Plan) -> dict[str, list[str]]:
    return {line.case: [reason.code for reason in line.reasons] for line in plan_.lines}


def verdicts(scene: Scene, going: str) -> dict[str, int]:
    with scene.store.reading() as session:
        return dict(cases.progress_of(session, going).counts)


def with_check() -> Drawing:
    """As `straight`, with a second look by the kabid between verifying and the letter."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive", notice="no")
    pen.user("verify", desk="verifikator", days="1", public="verify", not_same_as="applicant").choice("ok", "is_refused")
    pen.user("second", desk="kabid", days="1", public="verify")
    pen.service("issue", "issue", letter="permit").service("tell", "notify", notice="no").end("issued").end("refused")
    pen.chain("begin", "application", "receive", "verify", "ok").chain("second", "issue", "issued").chain("tell", "refused")
    return pen.flow("ok", "second", '= verify.result = "yes"', "is_ok").flow("ok", "tell", ident="is_refused")


def renamed() -> Drawing:
    """As `straight`, where `verify` is called `look`."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive", notice="no")
    pen.user("look", form="verify", desk="kabid", days="1", public="verify", not_same_as="applicant").choice("ok", "is_refused")
    pen.service("issue", "issue", letter="permit").service("tell", "notify", notice="no").end("issued").end("refused")
    pen.chain("begin", "application", "receive", "look", "ok").chain("issue", "issued").chain("tell", "refused")
    return pen.flow("ok", "issue", '= verify.result = "yes"', "is_ok").flow("ok", "tell", ident="is_refused")


def checked() -> Bundle:
    """The next version: one more step, one more question in the application that nothing reads."""
    more = form("application", question("area", "number"), question("phone_of_the_neighbour", "text", max_length=20))
    return stall(with_check(), **{"forms/second.json": choice("second"), "forms/application.json": more})


def many(store: Store, folder: Path, count: int, *, sent: int) -> Scene:
    """So many open cases of Sari's; the first `sent` of them stand at verify."""
    scene = stall_case(store, folder)
    for number in range(count):
        if number:
            scene.open("sari")
        if number < sent:
            scene.do("sari", "application", {"area": str(number + 1)})
    return scene


def as_it_stands(scene: Scene) -> dict[str, Any]:
    """What a move must not change, by case."""
    return {
        "tasks": [(row.id, row.step, row.due_at, row.assignee, row.draft, row.done_at, row.dropped_at) for row in scene.rows(Task)],
        "desks": [(row.id, row.desk, row.turn_at) for row in scene.rows(Task, cases.tables.OPEN)],
        "seats": sorted((row.task_id, row.desk, row.turn_at) for row in scene.rows(cases.Seat)),
        "timers": [(row.task, row.step, row.due_at) for row in scene.rows(cases.Timer, cases.Timer.over_at.is_(None))],
        "due": [(row.id, row.due_at) for row in scene.rows(Case)],
    }


def test_a_hundred_open_cases_are_planned_moved_and_put_back_with_one_call_each(store: Store, tmp_path: Path) -> None:
    scene = many(store, tmp_path, 100, sent=60)
    first = scene.row().version_id
    with store.unit() as session:
        theirs = scene.rows(Task, Task.step == "verify", Task.case_id == scene.rows(Case)[0].id)[0]  # the ids of tasks have no order
        cases.claim(session, theirs.id, by=scene.person(session, "budi"), at=scene.now)
    second = publish(scene, checked())
    stands = as_it_stands(scene)
    told = plan(scene, second)
    assert (told.total, len(told.lines), told.can, told.reasons) == (100, 100, 100, ())
    ((note, times),) = told.notes
    assert (note.code, times, note.facts["question"]["en"]) == ("move.not_asked", 60, "phone_of_the_neighbour")
    assert as_it_stands(scene) == stands
    scene.now += timedelta(minutes=5)
    going = move(scene, second)
    with store.reading() as session:
        assert cases.progress_of(session, going).left == 100
    assert scene.work() == []
    assert verdicts(scene, going) == {"moved": 100}
    assert {row.version_id for row in scene.rows(Case)} == {second}
    assert as_it_stands(scene) == stands  # deadlines, who has what, what was typed
    moved = [row for row in scene.rows(Case) if row.submitted_at]
    worked, ended, typed = (row.id for row in moved[1:4])
    scene.case = worked
    scene.do("beni", "verify", {"result": "yes"})
    assert scene.waiting() == ["second"]  # the new step
    scene.case = ended
    scene.do("beni", "verify", {"result": "no"})
    scene.case = typed
    with store.unit() as session:
        beni, task = scene.person(session, "beni"), scene.task("verify")
        cases.keep_typed(session, scene.office, task, {"result": "yes"}, page="verify", by=beni, at=scene.now)
    undo(scene, going)
    assert scene.work() == []
    assert verdicts(scene, going) == {"undone": 97, "stays": 3}
    with store.reading() as session:
        stays = cases.lines_of(session, going, verdict="stays").rows
        assert {row.case_id: row.reasons[0]["code"] for row in stays} == {
            worked: "move.worked_since",
            ended: "move.ended",
            typed: "move.typed_since",
        }
        progress = cases.progress_of(session, going)
        assert (progress.is_over, progress.move.state, progress.left) == (True, "undone", 0)
    versions = {row.id: row.version_id for row in scene.rows(Case)}
    assert {case for case, version in versions.items() if version == second} == {worked, ended, typed}
    assert set(versions.values()) == {first, second}
    scene.case = moved[5].id
    scene.bundle = stall()
    scene.do("beni", "verify", {"result": "yes"})
    assert scene.work() == []
    assert scene.row().outcome == "issued"


def test_a_step_that_is_called_otherwise_is_named_and_its_tasks_go_to_their_new_desk_and_back(store: Store, tmp_path: Path) -> None:
    scene = many(store, tmp_path, 1, sent=1)
    with store.unit() as session:
        cases.keep_typed(
            session, scene.office, scene.task("verify"), {"result": "yes"}, page="verify", by=scene.person(session, "budi"), at=scene.now
        )
    stands = as_it_stands(scene)
    version = publish(scene, stall(renamed()))
    assert codes(plan(scene, version)) == {scene.case: ["move.no_step"]}
    assert codes(plan(scene, version, verify="look")) == {scene.case: []}
    going = move(scene, version, verify="look")
    assert scene.work() == []
    (task,) = scene.rows(Task, cases.tables.OPEN)
    assert (task.step, task.draft["raw"], scene.waiting()) == ("look", {"result": "yes"}, ["look"])
    assert task.desk == "kabid"
    undo(scene, going)
    assert scene.work() == []
    assert as_it_stands(scene) == stands


def asks(key: str, kind: str, **more: Any) -> bytes:
    return form("application", question("area", "number"), question(key, kind, **more))


ODD: Mapping[str, tuple[Any, list[str]]] = {
    "an answer that the new version reads was never asked": (
        lambda: stall(reads("application.height > 2"), **{"forms/application.json": asks("height", "number")}),
        ["move.answer_lacking"],
    ),
    "a decision is read that the case has passed by": (lambda: stall(reads("size > 2", rule=True)), ["move.result_lacking"]),
    "the step is gone": (lambda: stall(renamed()), ["move.no_step"]),
    "the step is another desk's than who has taken it": (lambda: stall(straight_at("bendahara")), ["move.other_desk"]),
}  # fmt: skip


def straight_at(desk: str) -> Drawing:
    pen = straight()
    pen.parts[:] = [part.replace('candidateGroups="verifikator"', f'candidateGroups="{desk}"') for part in pen.parts]
    return pen


def reads(condition: str, *, rule: bool = False) -> Drawing:
    """As `straight`, where whether it is refused hangs on something else that was there before."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive", notice="no")
    before = ("receive", "measure", "verify") if rule else ("receive", "verify")
    if rule:
        pen.script("measure", "application.area", "size")
    pen.user("verify", desk="verifikator", days="1", public="verify", not_same_as="applicant").choice("ok", "is_refused")
    pen.service("issue", "issue", letter="permit").service("tell", "notify", notice="no").end("issued").end("refused")
    pen.chain("begin", "application", *before, "ok").chain("issue", "issued").chain("tell", "refused")
    return pen.flow("ok", "issue", f"= {condition}", "is_ok").flow("ok", "tell", ident="is_refused")


@pytest.mark.parametrize("why", ODD)
def test_a_case_that_cannot_move_says_why_and_stays_as_it_is(store: Store, tmp_path: Path, why: str) -> None:
    scene = many(store, tmp_path, 2, sent=1)
    draft = scene.case
    (task,) = scene.rows(Task, Task.step == "verify")
    scene.case, bundle, expected = task.case_id, ODD[why][0](), ODD[why][1]
    with store.unit() as session:
        cases.claim(session, task.id, by=scene.person(session, "budi"), at=scene.now)
    first = scene.row().version_id
    version = publish(scene, bundle)
    assert codes(plan(scene, version)) == {scene.case: expected, draft: []}  # what is asked later is not lacking
    going = move(scene, version)
    assert scene.work() == []
    assert verdicts(scene, going) == {"moved": 1, "refused": 1}
    (line,) = scene.rows(MoveLine, MoveLine.verdict == "refused")
    assert ([each["code"] for each in line.reasons], line.case_id) == (expected, scene.case)
    assert scene.row().version_id == first
    scene.bundle = stall()
    scene.do("budi", "verify", {"result": "yes"})
    assert scene.work() == []
    assert scene.row().outcome == "issued"


def test_what_was_typed_is_kept_where_the_question_still_exists(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path, stall(**{"forms/application.json": asks("note", "text", max_length=9)}))
    with store.unit() as session:
        sari, task = scene.person(session, "sari"), scene.task("application")
        cases.keep_typed(session, scene.office, task, {"area": "7", "note": "hm"}, page=None, by=sari, at=scene.now)
    version = publish(scene, stall())
    (line,) = plan(scene, version).lines
    assert [(note.code, note.facts["question"]["en"]) for note in line.notes] == [("move.typed_lost", "note")]
    going = move(scene, version)
    assert scene.work() == []
    assert scene.rows(Task)[0].draft["raw"] == {"area": "7"}
    undo(scene, going)
    assert scene.work() == []
    assert scene.rows(Task)[0].draft["raw"] == {"area": "7", "note": "hm"}


def test_a_move_goes_on_after_a_crash_and_moves_nobody_twice(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = many(store, tmp_path, 7, sent=3)
    second = publish(scene, checked())
    going = move(scene, second)
    monkeypatch.setattr(carry, "BATCH", 2)
    with monkeypatch.context() as broken:
        seen: list[str] = []

        def dies(session: Any, office: Any, passages: Any, move_: Any, case: str, at: Any) -> None:
            seen.append(case)
            if len(seen) == 4:
                raise KeyboardInterrupt  # as when the process is killed between two commits
            done(session, office, passages, move_, case, at)

        done = carry._do
        broken.setattr(carry, "_do", dies)
        with pytest.raises(KeyboardInterrupt):
            jobs.run_due(store, scene.office, scene.now)
    assert verdicts(scene, going) == {"moved": 3}
    scene.now += timedelta(minutes=10)  # the dead worker's lease is over
    assert scene.work() == []
    assert verdicts(scene, going) == {"moved": 7}
    assert scene.rows(Move)[0].state == "done"
    assert sorted(event.case_id for event in scene.rows(Event, Event.what == "case.moved")) == [row.id for row in scene.rows(Case)]


def test_a_case_whose_state_cannot_be_read_does_not_keep_the_others(store: Store, tmp_path: Path) -> None:
    scene = many(store, tmp_path, 3, sent=3)
    with store.unit() as session:
        session.get_one(Case, scene.case).state = b"not a state"
    going = move(scene, publish(scene, checked()))
    assert scene.work() == []
    assert verdicts(scene, going) == {"moved": 2, "refused": 1}
    assert scene.rows(MoveLine, MoveLine.verdict == "refused")[0].reasons[0]["code"] == "move.failed"


def test_only_an_administrator_moves_one_procedure_once_at_a_time_and_undoes_what_is_finished(store: Store, tmp_path: Path) -> None:
    scene = many(store, tmp_path, 1, sent=1)
    second = publish(scene, checked())
    with pytest.raises(NotAllowed):
        move(scene, second, who="rudi")
    with pytest.raises(NotFound):
        move(scene, "0" * 26)
    going = move(scene, second)
    with pytest.raises(AnotherMove):
        move(scene, second)
    with pytest.raises(NothingToUndo):
        undo(scene, going)
    assert scene.work() == []
    undo(scene, going)
    assert scene.work() == []
    with pytest.raises(NothingToUndo):
        undo(scene, going)
    assert verdicts(scene, going) == {"undone": 1}

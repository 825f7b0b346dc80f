"""Steps that are done several times: their own facts, in turns or at once, early ends, and entered again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine import flow

from .drawing import FORMAL, Drawing, z
from .test_moves import do, env, names


def many(*, turns: bool = False, until: str = "", collection: str = "= points", **more: str) -> str:
    extra = z("loopCharacteristics", inputCollection=collection, inputElement="point", **more)
    stop = f"<bpmn:completionCondition {FORMAL}>{until}</bpmn:completionCondition>" if until else ""
    box = f"<bpmn:extensionElements>{extra}</bpmn:extensionElements>"
    return f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(turns).lower()}">{box}{stop}</bpmn:multiInstanceLoopCharacteristics>'


ALL = {"outputCollection": "surveys", "outputElement": "= {at: point.name, ok: survey.ok}"}
POINTS = [{"name": "north", "area": Decimal("1.5"), "on": date(2026, 1, 2)}, {"name": "south"}, {"name": "east"}]


def surveying(loop: str, *, again: bool = False) -> flow.Process:
    drawing = Drawing().start().add("userTask", "survey", loop).user("after").end().choice("back").choice("how", "on")
    drawing.chain("begin", "back", "survey", "how").flow("how", "back", "= again").flow("how", "after", ident="on").chain("after", "done")
    return flow.load(drawing.bytes())


def begin(process: flow.Process, points: Any = None, **facts: Any) -> flow.Moved:
    return flow.start(process, facts={"points": POINTS if points is None else points, **facts}, env=env())


def finish(process: flow.Process, moved: flow.Moved, place: str, **writes: Any) -> flow.Moved:
    opened = next(each for each in flow.snapshot(process, moved.state).open if each.local.get("point", {}).get("name") == place)
    return flow.complete(process, moved.state, opened.task, writes, env=env())


def test_each_instance_sees_its_member_and_its_answers_alone() -> None:
    process = surveying(many(**ALL))
    moved = begin(process)
    assert [each.local["point"] for each in moved.opened] == POINTS
    assert [each.local["loopCounter"] for each in moved.opened] == [1, 2, 3]
    moved = finish(process, moved, "south", survey={"ok": False})
    assert "survey" not in moved.facts
    shot = flow.snapshot(process, moved.state)
    assert [shot.seen_by(each.task)["point"]["name"] for each in shot.open] == ["north", "east"]
    assert shot.seen_by("another task") == dict(moved.facts)
    moved = finish(process, moved, "north", survey={"ok": True})
    moved = finish(process, moved, "east", survey={"ok": True})
    assert names(moved.opened) == ["after"]
    assert moved.facts["surveys"] == [{"at": "north", "ok": True}, {"at": "south", "ok": False}, {"at": "east", "ok": True}]
    assert not {"survey", "point", "loopCounter"} & set(moved.facts)


def test_without_a_collection_for_results_nothing_is_lost_either() -> None:
    process = surveying(many())
    moved = begin(process)
    for place in ("east", "north", "south"):
        moved = finish(process, moved, place, survey={"of": place})
    assert moved.facts["survey"] == [{"of": "north"}, {"of": "south"}, {"of": "east"}]


def test_in_turns_the_next_opens_when_the_one_before_is_done() -> None:
    process = surveying(many(turns=True, **ALL))
    moved = begin(process, [{"name": "north"}, None, {"name": "east"}])
    for number in range(3):
        (opened,) = flow.snapshot(process, moved.state).open
        assert opened.local["loopCounter"] == number + 1
        moved = flow.complete(process, moved.state, opened.task, {"survey": {"ok": number}}, env=env())
    assert moved.facts["surveys"] == [{"at": "north", "ok": 0}, {"at": None, "ok": 1}, {"at": "east", "ok": 2}]


@pytest.mark.parametrize("turns", [True, False])
def test_it_ends_early_when_the_condition_says_so(turns: bool) -> None:
    until = "= numberOfCompletedInstances >= 2 and not(survey.ok)"
    process = surveying(many(turns=turns, until=until, **ALL))
    moved = finish(process, begin(process), "north", survey={"ok": False})
    moved = finish(process, moved, "south", survey={"ok": False})
    assert names(moved.opened) == ["after"]
    assert len(moved.dropped) == (0 if turns else 1)
    assert moved.facts["surveys"] == [{"at": "north", "ok": False}, {"at": "south", "ok": False}, None]


@pytest.mark.parametrize("turns", [True, False])
def test_it_can_be_entered_again(turns: bool) -> None:
    process = surveying(many(turns=turns, **ALL))
    moved = begin(process, again=True)
    for round_ in range(3):
        for place in ("north", "south", "east"):
            moved = finish(process, moved, place, survey={"ok": round_})
        assert [each["ok"] for each in moved.facts["surveys"]] == [round_] * 3


def test_an_empty_list_is_passed_by_and_no_list_is_told() -> None:
    process = surveying(many(**ALL))
    moved = begin(process, [])
    assert (names(moved.opened), moved.facts["surveys"]) == (["after"], [])
    with pytest.raises(flow.NoList, match="survey"):
        begin(process, "north")


def test_a_number_is_enough() -> None:
    number = f"<bpmn:loopCardinality {FORMAL}>= 2 + 1</bpmn:loopCardinality>"
    loop = f"<bpmn:multiInstanceLoopCharacteristics>{number}</bpmn:multiInstanceLoopCharacteristics>"
    assert names(begin(surveying(loop)).opened) == ["survey"] * 3
    assert names(begin(surveying(loop.replace("2 + 1", "0"))).opened) == ["after"]
    assert names(begin(surveying(loop.replace("2 + 1", "2 - 2"))).opened) == ["after"]


def inner() -> Drawing:
    inside = Drawing("inner").start("i1").fork("out").user("road").add("userTask", "house").fork("in").choice("ok", "no").user("more")
    inside.choice("m")
    inside.end("i2").chain("i1", "out", "road", "in", "ok").chain("out", "house", "in").flow("ok", "m", "= road.ok")
    inside.flow("ok", "more", ident="no")
    return inside.chain("more", "m", "i2")


def test_a_sub_process_for_each_keeps_its_answers_and_ways_apart() -> None:
    drawing = Drawing().start().sub("check", inner(), many(outputCollection="all", outputElement="= point.name + road.by")).user("after")
    drawing.end()
    process = flow.load(drawing.chain("begin", "check", "after", "done").bytes())
    moved = begin(process, POINTS[:2])
    for place, step, ok in (("north", "road", True), ("south", "road", False), ("south", "house", None), ("north", "house", None)):
        task = next(
            each.task for each in flow.snapshot(process, moved.state).open if (each.step.id, each.local["point"]["name"]) == (step, place)
        )
        moved = flow.complete(process, moved.state, task, {step: {"ok": ok, "by": f"-{place}"}}, env=env())
    assert [(each.step.id, each.local["point"]["name"]) for each in flow.snapshot(process, moved.state).open] == [("more", "south")]
    moved = do(process, moved, "more")
    assert (names(moved.opened), moved.facts["all"]) == (["after"], ["north-north", "south-south"])


def test_a_timer_on_a_step_that_is_done_several_times_drops_all_of_it() -> None:
    drawing = Drawing().start().add("userTask", "survey", many(**ALL)).boundary("late", "survey", "P3D").user("close").end().end("gone")
    process = flow.load(drawing.chain("begin", "survey", "done").chain("late", "close", "gone").bytes())
    moved = finish(process, begin(process), "north", survey={"ok": True})
    moved = flow.wake(process, moved.state, env=env(4))
    assert (names(moved.opened), len(moved.dropped), moved.timers) == (["close"], 2, ())
    assert do(process, moved, "close").ended == "gone"


def test_automatic_steps_may_be_done_several_times() -> None:
    extra = z("script", expression="= point * 2", resultVariable="twice")
    loop = many(collection="= [1, 2, 3]", outputCollection="all", outputElement="= twice")
    drawing = Drawing().start().add("scriptTask", "sum", loop, extra).user("after").end().chain("begin", "sum", "after", "done")
    moved = flow.start(flow.load(drawing.bytes()), facts={}, env=env())
    assert (moved.facts["all"], "twice" in moved.facts) == ([2, 4, 6], False)


def test_a_long_list_is_not_taken_for_a_process_that_does_not_stop() -> None:
    loop = many(collection="= for i in 1..700 return i", turns=True)
    drawing = Drawing().start().add("scriptTask", "sum", loop, z("script", expression="= point", resultVariable="x")).end()
    moved = flow.start(flow.load(drawing.chain("begin", "sum", "done").bytes()), facts={}, env=env())
    assert (moved.ended, len(moved.facts["x"])) == ("done", 700)


@pytest.mark.parametrize(
    ("given", "condition", "times"),
    [
        ({"loopMaximum": "2"}, "", 2),
        ({}, "= survey.again", 3),
        ({"loopMaximum": "2"}, "= survey.again", 2),
        ({"testBefore": "true"}, "= false", 0),
    ],
)
def test_a_step_is_done_again_while_its_condition_holds(given: dict[str, str], condition: str, times: int) -> None:
    attributes = "".join(f' {key}="{value}"' for key, value in given.items())
    inside = f"<bpmn:loopCondition {FORMAL}>{condition}</bpmn:loopCondition>" if condition else ""
    process = surveying(f"<bpmn:standardLoopCharacteristics{attributes}>{inside}</bpmn:standardLoopCharacteristics>")
    moved = begin(process)
    for number in range(times):
        assert names(flow.snapshot(process, moved.state).open) == ["survey"]
        moved = do(process, moved, "survey", survey={"again": number < 2})
    assert names(moved.opened) == ["after"]


def test_the_state_holds_each_answer_once() -> None:
    process = surveying(many(**ALL))
    points = [{"name": f"p{number}"} for number in range(50)]
    moved = begin(process, points)
    for number in range(25):
        moved = finish(process, moved, f"p{number}", survey={"ok": "x" * 400})
    assert len(moved.state) < 25 * 450 + 50 * 200

"""A case is sent back to an earlier step, opened again, or stopped."""

from __future__ import annotations

import pytest

from engine import flow

from .drawing import Drawing
from .test_events import MESSAGE, begin, beside
from .test_moves import do, env, names


def still_open(process: flow.Process, moved: flow.Moved) -> list[str]:
    return names(flow.snapshot(process, moved.state).open)


def back(process: flow.Process, moved: flow.Moved, to: str, days: float = 0) -> flow.Moved:
    return flow.rewind(process, moved.state, to=to, env=env(days))


def why(process: flow.Process, moved: flow.Moved, to: str) -> str:
    with pytest.raises(flow.CannotGoBack) as refused:
        back(process, moved, to)
    assert "{" not in str(refused.value)
    return str(refused.value.facts["why"])


def branches() -> Drawing:
    """first; then a1, a2 beside b; then last, or all over again."""
    pen = Drawing().start().choice("again").user("first").fork("out").user("a1").user("a2").user("b").fork("in").user("last")
    pen.choice("how", "on").end().chain("begin", "again", "first", "out", "a1", "a2", "in", "last", "how").chain("out", "b", "in")
    pen.boundary("late", "a2", "P3D").chain("late", "done")
    return pen.flow("how", "again", "= back").flow("how", "done", ident="on")


def test_a_step_in_a_row_is_open_again_and_what_came_after_is_dropped() -> None:
    process, moved = begin(Drawing().start().user("a").user("b").user("c").end().chain("begin", "a", "b", "c", "done"))
    moved = do(process, do(process, moved, "a", x=1), "b", x=2)
    (third,) = moved.opened
    moved = back(process, moved, "a")
    assert (names(moved.opened), moved.dropped, moved.done, moved.facts["x"]) == (["a"], (third.task,), (), 2)
    for step in "abc":
        moved = do(process, moved, step)
    assert moved.ended == "done"


def test_a_branch_beside_goes_on() -> None:
    process, moved = begin(branches())
    moved = do(process, do(process, moved, "first"), "a1")
    assert len(moved.timers) == 1
    moved = back(process, moved, "a1")
    assert (still_open(process, moved), moved.timers) == (["a1", "b"], ())
    moved = do(process, do(process, moved, "a1"), "a2")
    assert names(do(process, moved, "b").opened) == ["last"]


def test_what_waits_at_a_join_is_taken_back_or_kept() -> None:
    process, moved = begin(branches())
    for step in ("first", "a1", "a2"):
        moved = do(process, moved, step)
    moved = back(process, moved, "a2", days=1)
    assert (still_open(process, moved), (moved.timers[0].at - env().now).days) == (["a2", "b"], 4)
    moved = do(process, do(process, moved, "b"), "a2")
    assert names(moved.opened) == ["last"]


@pytest.mark.parametrize(("to", "rest"), [("a1", ["a1", "a2"]), ("a2", ["a2"]), ("b", ["b"])])
def test_after_a_join_what_the_other_branch_did_stays_done(to: str, rest: list[str]) -> None:
    process, moved = begin(branches())
    for step in ("first", "b", "a1", "a2"):
        moved = do(process, moved, step)
    moved = back(process, moved, to)
    for step in rest:
        assert still_open(process, moved) == [step]
        moved = do(process, moved, step)
    assert names(moved.opened) == ["last"]
    assert do(process, moved, "last").ended == "done"


def test_before_a_fork_both_branches_are_dropped() -> None:
    process, moved = begin(branches())
    moved = do(process, do(process, moved, "first"), "b")
    moved = back(process, moved, "first")
    assert (still_open(process, moved), names(do(process, moved, "first").opened)) == (["first"], ["a1", "b"])


def test_a_step_that_was_passed_in_an_earlier_round_but_is_still_to_come_is_refused() -> None:
    process, moved = begin(branches())
    for step in ("first", "b", "a1", "a2"):
        moved = do(process, moved, step)
    moved = do(process, moved, "last", back=True)
    assert (still_open(process, moved), why(process, moved, "a1"), why(process, moved, "first")) == (["first"], "not_before", "open")


def test_the_other_side_of_a_choice_is_no_earlier_step() -> None:
    pen = Drawing().start().choice("again").choice("x", "e").user("a").user("b").choice("y").end().chain("begin", "again", "x")
    pen.flow("x", "a", "= one").flow("x", "b", ident="e").chain("a", "again").chain("b", "y", "done")
    process, moved = begin(pen, one=True)
    moved = do(process, moved, "a", one=False)
    assert why(process, moved, "a") == "not_before"


def test_unknown_steps_events_and_steps_never_reached_are_refused() -> None:
    process, moved = begin(branches())
    assert (why(process, moved, "nowhere"), why(process, moved, "last")) == ("unknown", "not_passed")
    assert {why(process, moved, to) for to in ("begin", "late", "out")} == {"not_a_task"}


def nested(loop: str = "") -> Drawing:
    inside = Drawing("inner").start("i1").user("x").user("y").end("i2").chain("i1", "x", "y", "i2")
    return Drawing().start().user("a").sub("part", inside, loop).user("b").end().chain("begin", "a", "part", "b", "done")


def test_inside_a_sub_process_that_runs_only_that_goes_back() -> None:
    process, moved = begin(nested())
    moved = do(process, do(process, moved, "a"), "x")
    assert still_open(process, back(process, moved, "x")) == ["x"]
    assert still_open(process, back(process, moved, "a")) == ["a"]
    over = do(process, moved, "y")
    assert why(process, over, "x") == "not_entered"
    again = back(process, over, "part")
    assert still_open(process, again) == ["x"]
    assert names(do(process, do(process, again, "x"), "y").opened) == ["b"]


def test_inside_one_of_several_instances_is_refused() -> None:
    loop = "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>= 2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>"
    process, moved = begin(nested(loop))
    moved = do(process, do(process, moved, "a"), "x")
    assert why(process, moved, "x") == "several"
    assert still_open(process, back(process, moved, "a")) == ["a"]


def test_what_took_the_place_of_everything_gives_it_back_and_may_come_again() -> None:
    process, moved = begin(beside(MESSAGE, interrupting=True))
    moved = do(process, moved, "a")
    process, moved = begin(beside(MESSAGE, interrupting=True, inside=False))
    moved = flow.send(process, moved.state, "stop", {}, env=env())
    assert why(process, moved, "a") == "not_passed"
    two = beside(MESSAGE, interrupting=True, inside=False)
    two.parts = [part.replace('targetRef="i2"', 'targetRef="b"') for part in two.parts]
    process, moved = begin(two.user("b").chain("b", "i2"))
    moved = flow.send(process, do(process, moved, "a").state, "stop", {}, env=env())
    moved = back(process, moved, "a")
    assert still_open(process, moved) == ["a"]
    assert names(flow.send(process, moved.state, "stop", {}, env=env()).opened) == ["answer"]


def test_a_case_that_has_ended_is_opened_again() -> None:
    process, moved = begin(branches())
    for step in ("first", "b", "a1", "a2", "last"):
        moved = do(process, moved, step)
    assert moved.ended
    with pytest.raises(flow.Ended):
        back(process, moved, "last")
    again = flow.reopen(process, moved.state, to="a2", env=env())
    assert (names(again.opened), again.ended) == (["a2"], None)
    assert do(process, do(process, again, "a2"), "last").ended == "done"
    with pytest.raises(flow.NotEnded):
        flow.reopen(process, again.state, to="a2", env=env())


def test_a_case_is_stopped_wherever_it_stands() -> None:
    process, moved = begin(nested())
    moved = do(process, moved, "a")
    stopped = flow.stop(process, moved.state, outcome="withdrawn", env=env())
    assert (stopped.ended, stopped.dropped, stopped.timers) == ("withdrawn", (moved.opened[0].task,), ())
    assert flow.snapshot(process, stopped.state).ended == "withdrawn"
    assert still_open(process, flow.reopen(process, stopped.state, to="a", env=env())) == ["a"]

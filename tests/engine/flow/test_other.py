"""A case goes on with another version of its procedure, or says why it cannot."""

from __future__ import annotations

import pytest

from engine import flow

from .drawing import Drawing
from .test_back import branches, nested, still_open
from .test_events import MESSAGE, begin, beside, racing
from .test_moves import do, env, names
from .test_several import many


def to(process: flow.Process, moved: flow.Moved, drawing: Drawing, days: float = 0, **called: str) -> tuple[flow.Process, flow.Moved]:
    new = flow.load(drawing.bytes())
    return new, flow.move(process, moved.state, new, names=called, env=env(days))


def refused(process: flow.Process, moved: flow.Moved, drawing: Drawing, **called: str) -> dict[str, str]:
    with pytest.raises(flow.CannotMove) as caught:
        to(process, moved, drawing, **called)
    assert all("{" not in flow.sentence(finding) for finding in caught.value.findings)
    return {str(finding.facts["id"]): finding.code for finding in caught.value.findings}


def row(*steps: str) -> Drawing:
    pen = Drawing().start().end()
    for step in steps:
        pen.user(step)
    return pen.chain("begin", *steps, "done")


def test_tasks_keep_their_ids_and_go_on_in_the_new_diagram() -> None:
    process, moved = begin(row("a", "b", "c"), x=1)
    moved = do(process, moved, "a")
    (task,) = moved.opened
    new, moved = to(process, moved, row("a", "b", "between", "c"))
    assert (moved.opened, moved.dropped, moved.done, moved.facts["x"]) == ((), (), (), 1)
    assert flow.snapshot(new, moved.state).open == (task,)
    assert flow.snapshot(new, moved.state).passed == ("begin", "a")
    assert names(do(new, moved, "b").opened) == ["between"]


def test_a_step_that_is_called_otherwise_is_named() -> None:
    process, moved = begin(row("a", "b"))
    assert refused(process, moved, row("first", "b")) == {"a": "move.no_step"}
    new, moved = to(process, moved, row("first", "b"), a="first")
    assert still_open(new, moved) == ["first"]
    assert flow.snapshot(new, do(new, moved, "first").state).passed == ("begin", "first")


def test_what_is_no_longer_of_the_same_kind_or_at_the_same_place_is_refused() -> None:
    process, moved = begin(nested())
    moved = do(process, moved, "a")
    assert refused(process, moved, row("a", "part", "b")) == {"part": "move.other_kind"}
    flat = Drawing().start().user("x").sub("part", Drawing("i").start("i1").user("z").end("i2").chain("i1", "z", "i2")).end()
    assert refused(process, moved, flat.chain("begin", "x", "part", "done")) == {"x": "move.elsewhere"}
    service = Drawing().start().service("a").end().chain("begin", "a", "done")
    assert refused(*begin(row("a")), service) == {"a": "move.other_kind"}


def test_a_sub_process_moves_with_what_runs_in_it() -> None:
    process, moved = begin(nested())
    moved = do(process, moved, "a")
    inside = Drawing("inner").start("i1").user("x2").user("y").end("i2").chain("i1", "x2", "y", "i2")
    other = Drawing().start().user("a").sub("whole", inside).user("c").end().chain("begin", "a", "whole", "c", "done")
    new, moved = to(process, moved, other, part="whole", x="x2")
    moved = do(new, do(new, moved, "x2"), "y")
    assert names(moved.opened) == ["c"]


def test_timers_keep_their_moment_even_when_the_new_version_gives_another_time() -> None:
    process, moved = begin(row("a").boundary("late", "a", "P3D").chain("late", "done"))
    new, moved = to(process, moved, row("a").boundary("later", "a", "P9D").chain("later", "done"), late="later", days=1)
    assert [(due.step.id, (due.at - env().now).days) for due in moved.timers] == [("later", 3)]
    assert flow.wake(new, moved.state, env=env(3)).ended == "done"


def test_events_that_watch_an_open_step_come_and_go() -> None:
    process, moved = begin(row("a"))
    watched = row("a").boundary("late", "a", "P3D").on_message("stop", "a", "stop").chain("late", "done").chain("stop", "done")
    new, gained = to(process, moved, watched, days=1)
    assert ([due.step.id for due in gained.timers], names(gained.opened)) == (["late"], ["stop"])
    assert (gained.timers[0].at - env().now).days == 4
    assert flow.send(new, gained.state, "stop", {}, env=env()).ended == "done"
    back, lost = to(new, gained, row("a"))
    assert (lost.timers, len(lost.dropped), still_open(back, lost)) == ((), 1, ["a"])
    assert do(back, lost, "a").ended == "done"


def test_an_event_that_has_rung_does_not_ring_again_because_of_the_move() -> None:
    pen = row("a").boundary("warn", "a", "P3D", interrupting=False).user("call").end("e2").chain("warn", "call", "e2")
    process, moved = begin(pen)
    moved = flow.wake(process, moved.state, env=env(4))
    new, moved = to(process, moved, pen)
    assert (moved.timers, still_open(new, moved)) == ((), ["a", "call"])


@pytest.mark.parametrize("interrupting", [True, False])
def test_a_sub_process_beside_is_listened_for_from_then_on(interrupting: bool) -> None:
    plain = Drawing().start("i1").user("a").end("i2").chain("i1", "a", "i2")
    new, moved = to(*begin(plain), beside(MESSAGE, interrupting=interrupting, inside=False))
    moved = flow.send(new, moved.state, "stop", {}, env=env())
    assert still_open(new, moved) == (["answer"] if interrupting else ["a", "answer"])
    same, again = to(new, moved, beside(MESSAGE, interrupting=interrupting, inside=False))
    assert still_open(same, again) == still_open(new, moved)
    if interrupting:
        with pytest.raises(flow.NotWaiting):
            flow.send(same, again.state, "stop", {}, env=env())


def test_what_waits_at_a_join_goes_to_the_way_in_that_its_step_leads_to() -> None:
    process, moved = begin(branches())
    moved = do(process, do(process, moved, "first"), "b")
    pen = branches()
    pen.parts = [part.replace('sourceRef="b" targetRef="in"', 'sourceRef="b" targetRef="check"') for part in pen.parts]
    pen.user("check").chain("check", "in")
    new, moved = to(process, moved, pen)
    assert still_open(new, moved) == ["a1"]
    assert names(do(new, do(new, moved, "a1"), "a2").opened) == ["last"]


def test_a_join_that_would_wait_for_ever_is_refused() -> None:
    process, moved = begin(branches())
    moved = do(process, moved, "first")
    pen = branches().user("c").chain("out", "c", "in")
    assert refused(process, moved, pen) == {"in": "move.join"}
    process, moved = begin(branches())
    new, moved = to(process, moved, pen)  # before the fork it is only one branch more
    assert names(do(new, moved, "first").opened) == ["a1", "b", "c"]


def test_events_that_race_stay_the_same_ones() -> None:
    process, moved = begin(racing())
    new, same = to(process, moved, racing())
    assert names(flow.wake(new, same.state, env=env(3)).opened) == ["b"]
    more = racing().timer("last", "P20D").chain("race", "last", "done")
    assert set(refused(process, moved, more).values()) == {"move.race"}


def test_members_of_a_list_keep_what_they_wrote() -> None:
    def each(*more: str) -> Drawing:
        loop = many(collection='= ["p", "q"]', outputCollection="got", outputElement="= [point, mark]")
        pen = Drawing().start().add("userTask", "a", loop).end()
        for step in more:
            pen.user(step)
        return pen.chain("begin", "a", *more, "done")

    process, moved = begin(each())
    moved = flow.complete(process, moved.state, moved.opened[0].task, {"mark": 1}, env=env())
    new, moved = to(process, moved, each("b"))
    (left,) = flow.snapshot(new, moved.state).open
    assert left.local["point"] == "q"
    moved = flow.complete(new, moved.state, left.task, {"mark": 2}, env=env())
    assert (moved.facts["got"], names(moved.opened)) == ([["p", 1], ["q", 2]], ["b"])
    assert refused(process, begin(each())[1], row("a")) == {"a": "move.other_kind"}


def test_an_ended_case_moves_as_it_is() -> None:
    process, moved = begin(row("a"))
    new, moved = to(process, do(process, moved, "a"), row("b"))
    assert (moved.ended, flow.snapshot(new, moved.state).ended) == ("done", "done")


def test_every_reason_is_told_at_once() -> None:
    pen = Drawing().start().fork("out").user("a").user("b").end()
    process, moved = begin(pen.chain("begin", "out", "a", "done").chain("out", "b", "done"))
    assert refused(process, moved, row("c")) == {"a": "move.no_step", "b": "move.no_step"}

"""Where a diagram can get stuck: small drawings, and random ones that cannot, held against what the engine really does."""

from __future__ import annotations

import itertools
import random
import re
from datetime import UTC, datetime

import pytest

from engine import flow
from engine.procedures.tokens import explore
from tests.engine.flow.blocks import blocks, draw, whole
from tests.engine.flow.drawing import Drawing


def of(pen: Drawing, **parts: bytes) -> tuple[set[str], set[str]]:
    found = explore(flow.load(pen.bytes(), parts=parts))
    assert found.complete
    return set(found.stuck), set(found.twice)


def branches(opening: str, closing: str) -> Drawing:
    pen = Drawing().start().user("a").user("b").user("after").end()
    pen = pen.fork("out") if opening == "and" else pen.choice("out", "otherwise")
    pen = pen.fork("in") if closing == "and" else pen.choice("in")
    pen.chain("begin", "out").flow("out", "a", "= x" if opening == "xor" else "").flow("out", "b", ident="otherwise")
    return pen.chain("a", "in", "after", "done").chain("b", "in")


def test_a_fork_closed_by_a_fork_and_a_choice_closed_by_a_choice_are_fine() -> None:
    assert of(branches("and", "and")) == (set(), set())
    assert of(branches("xor", "xor")) == (set(), set())


def test_a_choice_closed_by_a_parallel_gateway_gets_stuck() -> None:
    assert of(branches("xor", "and")) == ({"in"}, set())


def test_a_fork_closed_by_a_choice_opens_the_next_step_twice() -> None:
    stuck, twice = of(branches("and", "xor"))
    assert (stuck, bool(twice)) == (set(), True)


def test_the_engine_gets_stuck_where_the_check_says_so() -> None:
    process = flow.load(branches("xor", "and").bytes())
    env = flow.Env(now=datetime(2026, 1, 1, tzinfo=UTC))
    moved = flow.start(process, facts={}, env=env)
    moved = flow.complete(process, moved.state, moved.opened[0].task, {}, env=env)
    assert (flow.snapshot(process, moved.state).open, moved.ended) == ((), None)


def test_a_way_out_of_a_branch_gets_the_others_stuck() -> None:
    pen = Drawing().start().fork("out").user("a").choice("how", "on").user("b").fork("in").end().end("refused")
    pen.chain("begin", "out", "a", "how").flow("how", "in", ident="on").flow("how", "refused", "= no").chain("out", "b", "in", "done")
    assert of(pen) == ({"in"}, set())


def test_an_end_uses_up_whatever_comes_and_a_step_does_not() -> None:
    pen = Drawing().start().fork("out").user("a").user("b").end()
    assert of(pen.chain("begin", "out", "a", "done").chain("out", "b", "done")) == (set(), set())
    pen = Drawing().start().fork("out").user("a").user("b").user("c").end()
    assert of(pen.chain("begin", "out", "a", "c", "done").chain("out", "b", "c")) == (set(), {"c"})


def test_a_terminating_end_takes_the_other_branches_with_it() -> None:
    pen = Drawing().start().fork("out").user("a").choice("how", "on").user("b").fork("in").end()
    pen.end("refused", "<bpmn:terminateEventDefinition/>")
    pen.chain("begin", "out", "a", "how").flow("how", "in", ident="on").flow("how", "refused", "= no").chain("out", "b", "in", "done")
    assert of(pen) == (set(), set())


def test_an_interrupting_timer_in_a_branch_gets_the_join_stuck_unless_it_is_on_the_sub_process() -> None:
    pen = Drawing().start().fork("out").user("a").user("b").boundary("late", "a", "P1D").fork("in").end().end("lapsed")
    pen.chain("begin", "out", "a", "in", "done").chain("out", "b", "in").chain("late", "lapsed")
    assert of(pen) == ({"in"}, set())
    inside = Drawing("i").start("i1").fork("out").user("a").user("b").fork("in").end("i2")
    inside.chain("i1", "out", "a", "in", "i2").chain("out", "b", "in")
    whole = Drawing().start().sub("sub", inside).boundary("late", "sub", "P1D").end().end("lapsed")
    assert of(whole.chain("begin", "sub", "done").chain("late", "lapsed")) == (set(), set())


def test_a_timer_that_does_not_interrupt_may_ring_once_beside_its_step() -> None:
    pen = Drawing().start().user("a").boundary("warn", "a", "P1D", interrupting=False).service("remind").end().end("e2")
    assert of(pen.chain("begin", "a", "done").chain("warn", "remind", "e2")) == (set(), set())


def test_a_shared_part_may_run_twice_at_once() -> None:
    part = Drawing("part").start("p1").user("u").end("p2").chain("p1", "u", "p2")
    pen = Drawing().start().fork("out").call("one", "part").call("two", "part").fork("in").end()
    assert of(pen.chain("begin", "out", "one", "in", "done").chain("out", "two", "in"), part=part.bytes()) == (set(), set())


@pytest.mark.parametrize("seed", range(60))
def test_block_structured_processes_are_never_complained_about(seed: int) -> None:
    rnd = random.Random(seed)
    pen = Drawing().start().end()
    first, last = draw(blocks(rnd, 3, itertools.count()), pen)
    found = explore(flow.load(pen.chain("begin", first).chain(last, "done").bytes()), limit=3000)
    assert (found.stuck, found.twice, found.endless) == ({}, {}, None)


@pytest.mark.parametrize("seed", range(60))
def test_gateways_events_and_loops_that_are_drawn_well_are_never_complained_about(seed: int) -> None:
    kinds = ("sequence", "choice", "fork", "some", "race", "guarded", "failing", "timed", "each", "repeat")
    found = explore(flow.load(whole(blocks(random.Random(seed), 3, itertools.count(), kinds))), limit=2000)
    assert (found.stuck, found.twice, found.endless) == ({}, {}, None)


def test_a_branch_that_always_begins_anew_is_never_over_and_one_that_may_stop_is() -> None:
    for tag, endless in (("parallelGateway", True), ("exclusiveGateway", False)):
        pen = Drawing().start().choice("meet").user("remind").add(tag, "on", default="back").end()
        pen.chain("begin", "meet", "remind", "on").flow("on", "done", "= x").flow("on", "meet", ident="back")
        data = pen.bytes() if tag == "exclusiveGateway" else pen.bytes().replace(b' default="back"', b"")
        data = data if tag == "exclusiveGateway" else re.sub(rb"<bpmn:conditionExpression.*?</bpmn:conditionExpression>", b"", data)
        found = explore(flow.load(data))
        assert (found.stuck, found.twice, found.endless is not None) == ({}, {}, endless)


def test_an_inclusive_join_behind_a_choice_is_never_stuck_and_a_parallel_one_is() -> None:
    for tag, stuck in (("inclusiveGateway", set()), ("parallelGateway", {"in"})):
        pen = Drawing().start().choice("out", "o").user("a").user("b").add(tag, "in").end().flow("begin", "out")
        pen.flow("out", "a", "= x").flow("out", "b", ident="o").chain("a", "in", "done").flow("b", "in")
        assert set(explore(flow.load(pen.bytes())).stuck) == stuck


def wide(branches: int) -> Drawing:
    pen = Drawing().start().fork("out").fork("in").end().chain("begin", "out").chain("in", "done")
    for number in range(branches):
        pen.user(f"u{number}").chain("out", f"u{number}", "in")
    return pen


def test_sixteen_steps_side_by_side_are_walked_in_a_few_markings() -> None:
    found = explore(flow.load(wide(16).bytes()))
    assert (found.stuck, found.twice, found.complete) == ({}, {}, True)
    assert len(found.before) < 10


def test_a_drawing_with_too_many_ways_is_given_up_and_not_complained_about() -> None:
    pen = wide(16)
    for number in range(16):
        pen.boundary(f"late{number}", f"u{number}", "P1D", interrupting=False).end(f"e{number}").chain(f"late{number}", f"e{number}")
    found = explore(flow.load(pen.bytes()), limit=500)
    assert (found.stuck, found.twice, found.complete) == ({}, {}, False)


def test_a_shortest_way_to_what_is_wrong_is_told() -> None:
    found = explore(flow.load(branches("xor", "and").bytes()))
    assert found.stuck["in"][:3] == ("begin", "out", "otherwise") or found.stuck["in"][1] == "out"
    assert len([each for each in found.stuck["in"] if each in {"a", "b"}]) == 1


def test_a_choice_of_several_that_is_closed_by_a_parallel_gateway_gets_stuck() -> None:
    pen = Drawing().start().add("inclusiveGateway", "out", default="o").user("a").user("b").fork("in").end()
    pen.flow("begin", "out").flow("out", "a", "= x").flow("out", "b", ident="o").chain("a", "in", "done").flow("b", "in")
    assert of(pen) == ({"in"}, set())


def test_a_choice_of_several_that_is_closed_by_a_choice_opens_the_next_step_twice() -> None:
    pen = Drawing().start().add("inclusiveGateway", "out", default="o").user("a").user("b").user("c").choice("in").end()
    pen.flow("begin", "out").flow("out", "a", "= x").flow("out", "b", "= y").flow("out", "c", ident="o")
    assert of(pen.chain("a", "in", "done").flow("b", "in").flow("c", "in")) == (set(), {"in"})


def test_an_event_that_does_not_interrupt_and_comes_back_opens_a_step_twice() -> None:
    pen = Drawing().start().user("a").boundary("warn", "a", "P1D", interrupting=False).choice("meet").user("b").end()
    pen.chain("begin", "a", "meet", "b", "done").chain("warn", "meet")
    assert "meet" in of(pen)[1]


def test_an_event_gateway_closed_by_a_parallel_one_gets_stuck() -> None:
    pen = Drawing().start().add("eventBasedGateway", "race").timer("late", "P3D").receive("answer", "m").fork("in").end()
    assert of(pen.chain("begin", "race", "late", "in", "done").chain("race", "answer", "in")) == ({"in"}, set())


def test_what_is_wrong_inside_a_sub_process_that_is_done_several_times_is_found() -> None:
    loop = '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="= points"/>'
    loop += "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>"
    inside = Drawing("each").start("i1").choice("out", "o").user("a").user("b").fork("in").end("i2").flow("i1", "out")
    inside.flow("out", "a", "= x").flow("out", "b", ident="o").chain("a", "in", "i2").flow("b", "in")
    pen = Drawing().start().sub("each", inside, loop).end().chain("begin", "each", "done")
    assert of(pen) == ({"in"}, set())


def test_two_joins_of_which_one_waits_for_the_other_are_told_as_one() -> None:
    pen = Drawing().start().fork("all").choice("out", "o").user("a").user("b").user("c").fork("in").fork("last").end()
    pen.chain("begin", "all", "out").chain("all", "c", "last").flow("out", "a", "= x").flow("out", "b", ident="o")
    assert of(pen.chain("a", "in", "last", "done").flow("b", "in")) == ({"in"}, set())

"""What is certain before each step: through gateways, sub-processes, events, loops and steps that are done several times."""

from __future__ import annotations

from engine import flow
from engine.procedures.routes import Routes
from engine.procedures.tokens import explore
from tests.engine.flow.drawing import Drawing

EACH = '<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="= points"{}/>'
EACH += "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>"


def before(pen: Drawing, step: str, **parts: bytes) -> set[str]:
    """The forms and results that are certain before a step."""
    process = flow.load(pen.bytes(), parts=parts)
    return {name for name in Routes(process, explore(process)).before(step) if not name.startswith("#")}


def test_one_after_another_adds_up_and_a_choice_keeps_what_both_ways_have() -> None:
    pen = Drawing().start().user("a").choice("out", "o").user("b").user("c").choice("in").user("d").end()
    pen.chain("begin", "a", "out").flow("out", "b", ident="o").flow("out", "c", "= x").chain("b", "in", "d", "done").chain("c", "in")
    assert before(pen, "d") >= {"a"}
    assert not {"b", "c"} & before(pen, "d")


def test_branches_side_by_side_know_nothing_of_each_other_until_they_meet() -> None:
    pen = Drawing().start().fork("out").user("a").user("b").fork("in").user("after").end()
    pen.chain("begin", "out", "a", "in", "after", "done").chain("out", "b", "in")
    assert before(pen, "a") == before(pen, "b") == set()
    assert before(pen, "after") == {"a", "b"}


def test_a_round_knows_only_what_its_first_time_knows() -> None:
    pen = Drawing().start().choice("again").user("a").choice("how", "on").user("b").end()
    pen.chain("begin", "again", "a", "how").flow("how", "b", "= back").flow("b", "again").flow("how", "done", ident="on")
    assert before(pen, "a") == set()
    assert before(pen, "b") == {"a"}


def test_a_step_for_each_of_a_list_may_be_done_by_nobody_though_its_list_of_results_is_there() -> None:
    one = Drawing().start().add("userTask", "a", EACH.format(' outputCollection="all" outputElement="= vote"')).user("b").end()
    process = flow.load(one.chain("begin", "a", "b", "done").bytes())
    assert {"all", "#begin"} <= (found := Routes(process, explore(process)).before("b"))
    assert "#a" not in found


def test_an_event_on_the_boundary_comes_before_its_step_is_done() -> None:
    pen = Drawing().start().user("first").user("a").boundary("late", "a", "P1D").user("b").end().end("lapsed")
    pen.chain("begin", "first", "a", "done").chain("late", "b", "lapsed")
    assert before(pen, "b") == {"first"}


def test_a_sub_process_gives_what_its_end_has_and_two_ends_side_by_side_what_both_have() -> None:
    def around(inside: Drawing) -> Drawing:
        return Drawing().start().user("first").sub("sub", inside).user("after").end().chain("begin", "first", "sub", "after", "done")

    one = Drawing("i").start("i1").user("a").end("i2").chain("i1", "a", "i2")
    assert before(around(one), "after") == {"first", "a"}
    both = (
        Drawing("i").start("i1").fork("out").user("a").user("b").end("i2").end("i3").chain("i1", "out", "a", "i2").chain("out", "b", "i3")
    )
    assert before(around(both), "after") == {"first", "a", "b"}
    either = Drawing("i").start("i1").choice("out", "o").user("a").user("b").end("i2").end("i3").flow("i1", "out")
    either.flow("out", "a", "= x").flow("out", "b", ident="o").chain("a", "i2").chain("b", "i3")
    assert before(around(either), "after") == {"first"}


def test_a_part_that_is_called_twice_gives_each_caller_its_own() -> None:
    part = Drawing("part").start("p1").user("u").end("p2").chain("p1", "u", "p2")
    pen = Drawing().start().user("a").call("one", "part").user("b").call("two", "part").user("c").end()
    pen.chain("begin", "a", "one", "b", "two", "c", "done")
    assert before(pen, "b", part=part.bytes()) == {"a", "u"}
    assert before(pen, "c", part=part.bytes()) == {"a", "b", "u"}
    assert before(pen, "u", part=part.bytes()) == {"a"}


def test_an_error_that_is_caught_brings_what_was_done_before_it() -> None:
    error = '<bpmn:errorEventDefinition errorRef="e1"/>'
    inside = Drawing("i").start("i1").user("a").choice("how", "on").user("b").end("bad", error).end("i2")
    inside.chain("i1", "a", "how").flow("how", "b", "= x").chain("b", "bad").flow("how", "i2", ident="on")
    pen = Drawing().start().sub("sub", inside).add("boundaryEvent", "caught", error, attachedToRef="sub").user("c").end().end("e")
    pen.chain("begin", "sub", "done").chain("caught", "c", "e")
    process = flow.load(pen.bytes('<bpmn:error id="e1" errorCode="no"/>'))
    found = Routes(process, explore(process)).before("c")
    assert {"a", "b"} <= found


def test_what_is_done_for_each_of_several_gives_its_results_only() -> None:
    inside = Drawing("each").start("i1").user("a").end("i2").chain("i1", "a", "i2")
    pen = Drawing().start().sub("each", inside, EACH.format(' outputCollection="all" outputElement="= a"')).user("b").end()
    assert before(pen.chain("begin", "each", "b", "done"), "b") == {"all"}


def test_after_an_event_gateway_only_the_event_that_came_is_certain() -> None:
    pen = (
        Drawing()
        .start()
        .add("eventBasedGateway", "race")
        .timer("late", "P3D")
        .receive("answer", "m")
        .user("a")
        .choice("in")
        .user("b")
        .end()
    )
    pen.chain("begin", "race", "late", "in", "b", "done").chain("race", "answer", "a", "in")
    assert before(pen, "a") == {"answer"}
    assert before(pen, "b") == set()


def test_a_long_diagram_is_looked_through_without_recursion() -> None:
    pen = Drawing().start()
    names = [f"u{number}" for number in range(1500)]
    for name in names:
        pen.user(name, form="f")
    pen.end().chain("begin", *names, "done")
    process = flow.load(pen.bytes())
    found = explore(process)
    assert (found.stuck, found.twice, found.complete) == ({}, {}, True)
    assert "f" in Routes(process, found).before("u1499")

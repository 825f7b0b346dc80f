"""What other tools mean and write another way: times, links, gateways that wait for all, errors that nobody catches."""

from __future__ import annotations

import pytest
from lxml import etree

from engine import flow
from engine.flow import cures

from .drawing import Drawing, time
from .test_adopt import first, refused, row, taken
from .test_back import still_open
from .test_miwg import run
from .test_moves import do, env, names
from .test_refused import findings

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def waiting(text: str, kind: str) -> bytes:
    pen = Drawing().start().user("a").timer("t", text, kind).end()
    return pen.chain("begin", "a", "t", "done").bytes()


def written(data: bytes) -> tuple[str, str]:
    """The element and the text of the only time in a file."""
    (found,) = (each for each in etree.fromstring(data).iter() if each.tag.removeprefix(BPMN) in {"timeDuration", "timeDate", "timeCycle"})
    return found.tag.removeprefix(BPMN), found.text or ""


@pytest.mark.parametrize(
    ("kind", "text", "right"),
    [
        ("timeDuration", "P0Y0M0DT0H0M2S", ("timeDuration", "PT2S")),
        ("timeDuration", "P2W", ("timeDuration", "P14D")),
        ("timeDuration", "PT1.5H", ("timeDuration", "PT1H30M")),
        ("timeDuration", "PT0,5S", ("timeDuration", "PT0.5S")),
        ("timeDuration", "p1dt2h", ("timeDuration", "P1DT2H")),
        ("timeDuration", "P1Y6M0D", ("timeDuration", "P1Y6M")),
        ("timeDuration", "P1Y2M3DT4H", ("timeDuration", '= now() + duration("P1Y2M") + duration("P3DT4H")')),
        ("timeDuration", "2030-01-31", ("timeDate", "2030-01-31")),
        ("timeDate", "2030-01-31 10:00", ("timeDate", "2030-01-31T10:00:00")),
        ("timeDate", "2030-01-31T10:00:00.000+07:00", ("timeDate", "2030-01-31T10:00:00.000+07:00")),
        ("timeDate", "P3D", ("timeDuration", "P3D")),
        ("timeCycle", "R-1/P1W", ("timeDuration", "P7D")),
        ("timeCycle", "PT36H", ("timeDuration", "P1DT12H")),
    ],
)
def test_times_that_mean_one_thing_are_read_however_they_are_written(kind: str, text: str, right: tuple[str, str]) -> None:
    adopted = flow.adopt(waiting(text, kind))
    assert adopted.notes == ()
    assert written(adopted.bpmn) == right
    assert run(flow.load(adopted.bpmn)) == "ended"


def test_a_time_of_months_and_days_comes_when_both_have_passed() -> None:
    process, _ = taken(waiting("P1M2DT3H", "timeDuration"))
    moved = do(process, first(process), "a")
    assert [each.at.isoformat() for each in moved.timers] == ["2026-04-04T06:00:00+00:00"]


@pytest.mark.parametrize("text", ["2 days", "0 0 9 * * ?", "wait", "P", "PT", "P1.5Y2", "P0.3M"])
def test_a_time_that_cannot_be_read_is_told_and_the_diagram_taken(text: str) -> None:
    process, notes = taken(waiting(text, "timeDuration"))
    assert notes == {"import.told": "t"}
    assert process.steps["t"].kind == "receive"


def test_a_cycle_without_end_rings_again_where_it_does_not_interrupt() -> None:
    pen = row("a").add("boundaryEvent", "b", time("R-1/P1W", "timeCycle"), attachedToRef="a", cancelActivity="false").end("e2")
    process, notes = taken(pen.chain("b", "e2").bytes())
    assert (notes, process.steps["b"].when) == ({}, ("timeCycle", "R/P7D"))


def link(ident: str, name: str, other: str = "") -> str:
    return f'<bpmn:linkEventDefinition id="{ident}"{f" name={name!r}" if name else ""}>{other}</bpmn:linkEventDefinition>'


@pytest.mark.parametrize(
    ("thrown", "caught"),
    [
        (("intermediateThrowEvent", link("l1", "to B", "<bpmn:target>l2</bpmn:target>")), ("intermediateCatchEvent", link("l2", "from A"))),
        (("intermediateThrowEvent", link("l1", "x")), ("intermediateCatchEvent", link("l2", "", "<bpmn:source>tns:l1</bpmn:source>"))),
        (("endEvent", link("l1", "page 2")), ("startEvent", link("l2", "page 2"))),
    ],
)
def test_links_join_whatever_tools_call_their_two_ends(thrown: tuple[str, str], caught: tuple[str, str]) -> None:
    pen = Drawing().start().add("task", "a").add(thrown[0], "out", thrown[1]).add(caught[0], "in", caught[1]).add("task", "b").end()
    process, _ = taken(pen.chain("begin", "a", "out").chain("in", "b", "done").bytes())
    assert names(do(process, first(process), "a").opened) == ["b"]


def test_a_link_without_its_other_end_is_told_once_and_the_others_are_not() -> None:
    pen = Drawing().start().choice("x", "o").user("b").end()
    for ident, name in (("out", "A"), ("lost", "Z")):
        pen.add("intermediateThrowEvent", ident, link(f"l_{ident}", name))
    pen.add("intermediateCatchEvent", "in", link("l_in", "A")).flow("begin", "x").flow("x", "out", "= y").flow("x", "lost", ident="o")
    assert findings(pen.chain("in", "b", "done").bytes()) == {"process.link_target": "process.bpmn#lost"}


def test_an_event_gateway_that_waits_for_all_is_a_parallel_one() -> None:
    pen = Drawing().start().add("eventBasedGateway", "all", eventGatewayType="Parallel").receive("m", "one", "intermediateCatchEvent")
    pen.receive("n", "two", "intermediateCatchEvent").fork("in").user("a").end()
    data = pen.chain("begin", "all", "m", "in", "a", "done").chain("all", "n", "in").bytes()
    assert findings(data)["process.unsupported"] == "process.bpmn#all"
    process, _ = taken(data)
    moved = flow.send(process, first(process).state, "one", {}, env=env())
    assert moved.opened == ()
    assert names(flow.send(process, moved.state, "two", {}, env=env()).opened) == ["a"]


@pytest.mark.parametrize("attribute", ["startQuantity", "completionQuantity"])
def test_a_step_that_takes_or_gives_several_tokens_is_refused_by_name(attribute: str) -> None:
    for number, wrong in (("1", False), ("2", True)):
        data = Drawing().start().add("task", "x", **{attribute: number}).end().chain("begin", "x", "done").bytes()
        if wrong:
            assert findings(data) == refused(data) | {"process.unsupported": "process.bpmn#x"}
        else:
            assert run(flow.load(data)) == "ended"


def test_members_of_which_each_would_throw_an_event_are_refused() -> None:
    loop = '<bpmn:multiInstanceLoopCharacteristics behavior="One"><bpmn:loopCardinality>3</bpmn:loopCardinality>'
    pen = Drawing().start().add("task", "x", loop + "</bpmn:multiInstanceLoopCharacteristics>").end().chain("begin", "x", "done")
    assert findings(pen.bytes()) == {"process.unsupported": "process.bpmn#x"}


@pytest.mark.parametrize("ends", [("x", ""), ("", "x"), ("", "")])
def test_a_flow_that_hangs_loose_is_told_alone_and_by_its_own_name(ends: tuple[str, str]) -> None:
    source, target = ends
    data = Drawing().start().add("task", "x").end().chain("begin", "x", "done").flow(source, target, ident="loose").bytes()
    assert findings(data) == {"process.flow_loose": "process.bpmn#loose"}
    assert refused(data) == {"process.flow_loose": "loose"}


def failing(inner: str = "") -> Drawing:
    """A sub-process that ends with an error nobody catches, beside a task."""
    inside = Drawing("sub").start("s1").add("task", "try").end("s2", '<bpmn:errorEventDefinition errorRef="fault"/>')
    return Drawing().start().fork("out").add("task", "b").sub("sub", inside.chain("s1", "try", "s2"), inner).end()


def test_an_error_in_a_sub_process_that_nothing_catches_stops_the_case() -> None:
    data = failing().chain("begin", "out", "b", "done").chain("out", "sub", "done").bytes('<bpmn:error id="fault" errorCode="F"/>')
    process, notes = taken(data)
    assert notes == {"import.stops": "s2"}
    moved = do(process, first(process), "try")
    assert (moved.ended is not None, still_open(process, moved)) == (True, [])


def test_an_error_out_of_a_sub_process_beside_stops_the_case_too() -> None:
    beside = '<bpmn:startEvent id="e1" isInterrupting="false"><bpmn:messageEventDefinition messageRef="m"/></bpmn:startEvent>'
    beside += '<bpmn:task id="fraud"/><bpmn:endEvent id="e2"><bpmn:errorEventDefinition errorRef="fault"/></bpmn:endEvent>'
    beside += '<bpmn:sequenceFlow id="x1" sourceRef="e1" targetRef="fraud"/><bpmn:sequenceFlow id="x2" sourceRef="fraud" targetRef="e2"/>'
    pen = row("a").add("subProcess", "beside", beside, triggeredByEvent="true")
    process, notes = taken(pen.bytes('<bpmn:error id="fault" errorCode="F"/><bpmn:message id="m" name="suspicion"/>'))
    assert notes == {"import.stops": "e2"}
    moved = flow.send(process, first(process).state, "suspicion", {}, env=env())
    assert sorted(still_open(process, moved)) == ["a", "fraud"]
    moved = do(process, moved, "fraud")
    assert (moved.ended is not None, still_open(process, moved)) == (True, [])


def test_a_name_that_another_engine_works_out_is_the_events_own() -> None:
    messages = ('="order"', "order"), ('="order-" + id', "c")
    for name, right in messages:
        pen = Drawing().start().add("intermediateCatchEvent", "c", '<bpmn:messageEventDefinition messageRef="m"/>').add("serviceTask", "s")
        more = f"<bpmn:message id=\"m\" name='{name}'/>"
        process, _ = taken(pen.end().chain("begin", "c", "s", "done").bytes(more))
        assert process.steps["c"].message == right


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("${approved}", "= approved"),
        ("#{!vars.ok}", "= not(vars.ok)"),
        ("${amount > 1000 && kind == 'big'}", '= amount > 1000 and kind = "big"'),
        ("approved == True", "= approved = true"),
        ("return approved;", "= approved"),
        ("x !== 1 || y", "= x != 1 or y"),
        ("Premium", cures.PLAIN),
        ("more than 1000 Euro", cures.PLAIN),
        ("${execution.getVariable('x') instanceof Y}", cures.PLAIN),
    ],
)
def test_a_condition_of_another_language_is_shown_in_feel_and_not_run(text: str, like: str) -> None:
    assert cures.like(text) == like
    pen = (
        Drawing().start().choice("x", "o").user("a").user("b").end().flow("begin", "x").flow("x", "a", text, "f").flow("x", "b", ident="o")
    )
    with pytest.raises(flow.BadProcess) as caught:
        flow.adopt(pen.chain("a", "done").chain("b", "done").bytes())
    (said,) = (flow.sentence(each) for each in caught.value.findings)
    assert said.startswith("Its condition is no formula") and said.endswith(f"in a file it must begin with '=', like {like}.")


def test_an_event_that_hangs_on_a_step_of_another_sub_process_says_so() -> None:
    inside = Drawing("sub").start("s1").add("task", "in").end("s2").chain("s1", "in", "s2")
    pen = Drawing().start().sub("sub", inside).boundary("late", "in", "P1D").end().chain("begin", "sub", "done").chain("late", "done")
    assert findings(pen.bytes()) == {"process.no_host": "process.bpmn#late"}

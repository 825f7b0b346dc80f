"""Diagrams of other tools: what has one clear meaning is written out and told, everything else is refused by element."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from lxml import etree

from engine import flow

from .drawing import HEAD, Drawing, time
from .test_back import still_open
from .test_miwg import outcome, run
from .test_moves import do, env
from .test_mutants import mutilate, strange, whole
from .test_undo import undoable

EMPTY = "<bpmn:conditionExpression/>"


def plain(drawing: Drawing, more: str = "") -> bytes:
    """As a tool writes it that runs nothing."""
    return drawing.bytes(more).replace(b'isExecutable="true"', b'isExecutable="false"')


def taken(data: bytes) -> tuple[flow.Process, dict[str, str]]:
    """The process, and the notes: code -> element."""
    adopted = flow.adopt(data, file="x.bpmn", functions=("working days",))
    assert all(note.place.startswith("x.bpmn#") and "{" not in flow.sentence(note) for note in adopted.notes)
    return flow.load(adopted.bpmn), {note.code: str(note.facts["id"]) for note in adopted.notes}


def first(process: flow.Process, **facts: object) -> flow.Moved:
    return flow.start(process, facts=facts, env=env())


def refused(data: bytes) -> dict[str, str]:
    with pytest.raises(flow.BadProcess) as caught:
        flow.adopt(data, file="x.bpmn", functions=("working days",))
    return {each.code: str(each.facts.get("id")) for each in caught.value.findings}


def row(*steps: str) -> Drawing:
    pen = Drawing().start().end()
    for step in steps:
        pen.add("task", step)
    return pen.chain("begin", *steps, "done")


def test_a_diagram_that_runs_here_is_not_touched() -> None:
    for data in (whole(), strange()):
        assert flow.adopt(data) == flow.Adopted(data)


def test_a_plain_drawing_is_marked_as_executable_and_keeps_its_picture() -> None:
    process, notes = taken(plain(row("a", "b")))
    assert (notes, still_open(process, first(process))) == ({}, ["a"])


def test_several_flows_out_of_a_step_are_all_taken() -> None:
    pen = row("a").add("task", "b").add("task", "c").chain("a", "b", "done").chain("a", "c", "done")
    with pytest.raises(flow.BadProcess):
        flow.load(pen.bytes())
    process, notes = taken(plain(pen))
    moved = do(process, first(process), "a")
    assert (notes, still_open(process, moved)) == ({"import.fork": "a"}, ["b", "c"])
    assert do(process, do(process, moved, "b"), "c").ended


@pytest.mark.parametrize(("n", "opened"), [(1, ["c"]), (3, ["b"]), (7, ["b", "d"])])
def test_flows_out_of_a_step_with_conditions_are_taken_when_these_hold(n: int, opened: list[str]) -> None:
    pen = Drawing().start().add("task", "a", default="f").end().chain("begin", "a")
    for step, condition in (("b", "= n > 2"), ("c", ""), ("d", "= n > 5")):
        pen.add("task", step).flow("a", step, condition, ident="" if condition else "f").chain(step, "done")
    process, _ = taken(plain(pen))
    assert still_open(process, do(process, first(process), "a", n=n)) == opened


def test_a_choice_without_conditions_is_asked_for_by_name() -> None:
    pen = Drawing().start().choice("Ask-1").add("task", "a").add("task", "b").end().chain("begin", "Ask-1").chain("a", "done")
    pen.flow("Ask-1", "b").flow("Ask-1", "a").chain("b", "Ask-1")
    process, notes = taken(plain(pen))
    assert notes == {"import.choice": "Ask-1"}
    assert still_open(process, first(process)) == ["a"]  # what leads to an end, not what leads back
    assert still_open(process, first(process, Ask_1="b")) == ["b"]


def test_the_only_way_without_a_condition_is_the_otherwise() -> None:
    pen = Drawing().start().choice("q").add("task", "a").add("task", "b").end().chain("begin", "q").chain("a", "done").chain("b", "done")
    pen.flow("q", "a", "= x").flow("q", "b")
    pen.parts = [part.replace("></bpmn:sequenceFlow>", f">{EMPTY}</bpmn:sequenceFlow>") for part in pen.parts]
    process, notes = taken(plain(pen))
    assert (notes, still_open(process, first(process)), still_open(process, first(process, x=True))) == ({}, ["b"], ["a"])


@pytest.mark.parametrize("text", ["${approved}", "approved == true", "#{x}", "= 1 +", "bpmn:getDataObject('x')"])
def test_a_condition_in_another_language_is_refused_by_its_flow(text: str) -> None:
    pen = Drawing().start().choice("q", "other").add("task", "a").end().chain("begin", "q").chain("a", "done")
    told = refused(plain(pen.flow("q", "a", text, "which").flow("q", "done", ident="other")))
    assert told in ({"process.condition_not_feel": "which"}, {"process.bad_expression": "which"})


def test_what_begins_and_ends_without_an_event_does_so() -> None:
    pen = Drawing().add("task", "a").add("task", "b").chain("a", "b")
    process, notes = taken(plain(pen))
    moved = do(process, first(process), "a")
    assert (notes, still_open(process, moved), do(process, moved, "b").ended is not None) == ({"import.begin": "p"}, ["b"], True)
    process, _ = taken(plain(Drawing().add("task", "a").add("task", "b")))
    assert still_open(process, first(process)) == ["a", "b"]


@pytest.mark.parametrize("kind", ["message", "timer", "signal", "conditional"])
def test_a_case_begins_by_hand(kind: str) -> None:
    pen = Drawing().add("startEvent", "s", f"<bpmn:{kind}EventDefinition/>").add("task", "a").end().chain("s", "a", "done")
    with pytest.raises(flow.BadProcess):
        flow.load(pen.bytes())
    process, notes = taken(plain(pen))
    assert (notes, still_open(process, first(process))) == ({"import.start": "s"}, ["a"])


def test_of_several_starts_somebody_says_which() -> None:
    pen = Drawing().start("one").add("startEvent", "two", "<bpmn:messageEventDefinition/>", name="Post").add("task", "a").add("task", "b")
    process, notes = taken(plain(pen.end().chain("one", "a", "done").chain("two", "b", "done")))
    assert "import.starts" in notes
    assert still_open(process, first(process)) == ["b"]
    answer = notes["import.choice"]
    assert still_open(process, first(process, **{answer: "one"})) == ["a"]


def test_what_does_not_say_how_it_is_done_is_done_by_hand() -> None:
    pen = Drawing().start().add("serviceTask", "a", operationRef="x").add("sendTask", "b").add("businessRuleTask", "c")
    pen.add("scriptTask", "d").add("callActivity", "e", calledElement="nowhere").add("subProcess", "f").end()
    pen.chain("begin", "a", "b", "c", "d", "e", "f", "done")
    process, notes = taken(plain(pen))
    assert set(notes) == {"import.by_hand"}
    assert {step.kind for step in process.steps.values()} == {"start", "user", "end"}
    assert run(process) == "ended"


def test_a_script_is_still_refused() -> None:
    pen = Drawing().start().add("scriptTask", "a", "<bpmn:script>x = 1</bpmn:script>", scriptFormat="javascript").end()
    assert "process.code" in refused(plain(pen.chain("begin", "a", "done")))


@pytest.mark.parametrize(
    "inner",
    ["<bpmn:timerEventDefinition/>", time("two weeks"), time("Monday", "timeDate"), "<bpmn:conditionalEventDefinition/>",
     "<bpmn:messageEventDefinition/><bpmn:signalEventDefinition/>"],
)  # fmt: skip
def test_an_event_that_does_not_say_when_waits_until_somebody_says_so(inner: str) -> None:
    pen = row("a").add("boundaryEvent", "late", inner, attachedToRef="a", name="Too late").end("e2").chain("late", "e2")
    process, notes = taken(plain(pen))
    assert (notes, process.steps["late"].message) == ({"import.told": "late"}, "Too late")
    assert flow.send(process, first(process).state, "Too late", {}, env=env()).ended == "e2"


def test_messages_signals_and_links_without_a_name_are_called_like_their_event() -> None:
    pen = Drawing().start().add("receiveTask", "r", name="Hear").add("intermediateCatchEvent", "w", "<bpmn:signalEventDefinition/>")
    pen.add("endEvent", "e", '<bpmn:messageEventDefinition messageRef="m"/>', name="Tell").chain("begin", "r", "w", "e")
    process, notes = taken(plain(pen, '<bpmn:message id="m"/>'))
    assert notes == {"import.told": "w"}  # nothing in the diagram sends that signal
    assert (process.steps["r"].message, process.steps["w"].message, process.steps["e"].message) == ("Hear", "w", "Tell")
    assert flow.send(process, do(process, first(process), "r").state, "w", {}, env=env()).ended == "e"


def test_errors_that_nothing_throws_are_told_and_those_that_nothing_catches_stop_everything() -> None:
    pen = row("a").add("boundaryEvent", "bad", '<bpmn:errorEventDefinition errorRef="err"/>', attachedToRef="a").end("e2")
    pen.add("endEvent", "stop", '<bpmn:errorEventDefinition errorRef="err"/>').chain("bad", "stop").chain("a", "e2")
    process, notes = taken(plain(pen, '<bpmn:error id="err"/>'))
    assert notes == {"import.told": "bad", "import.stops": "stop", "import.fork": "a"}
    assert flow.send(process, first(process).state, "bad", {}, env=env()).ended == "stop"


def test_the_executable_pool_runs_and_the_others_are_left_out() -> None:
    one, other = row("a", "b"), Drawing("q").start("s").add("task", "x").end("e").chain("s", "x", "e")
    members = '<bpmn:participant id="p1" processRef="p"/><bpmn:participant id="p2" processRef="q"/>'
    pools = f'<bpmn:collaboration id="c">{members}</bpmn:collaboration>'
    black_box = '<bpmn:process id="empty" isExecutable="true"/>'
    for data, key in ((one.bytes(pools + other.process()), "p"), (plain(one, pools + other.process() + black_box), "p")):
        process, notes = taken(data.replace(b'id="p" isExecutable="true"', b'id="p"'))
        assert (process.key, notes) == ("q" if b'"q" isExecutable="true"' in data else key, {"import.pool": process.key})


def test_a_called_process_of_the_same_file_is_a_part() -> None:
    pen = Drawing().start().add("callActivity", "c", calledElement="q").end().chain("begin", "c", "done")
    other = Drawing("q").start("s").add("task", "x").end("e").chain("s", "x", "e")
    process, notes = taken(plain(pen, other.process()))
    assert (notes, still_open(process, first(process))) == ({}, ["x"])


def test_what_other_engines_would_do_is_left_out_and_told() -> None:
    pen = Drawing().start().end().chain("begin", "a", "done")
    pen.parts.append(
        '<bpmn:userTask id="a" camunda:assignee="demo" xmlns:v="http://vendor" v:x="1"><bpmn:extensionElements><camunda:formData/>'
        '<v:shape/><zeebe:formDefinition formKey="k"/></bpmn:extensionElements></bpmn:userTask>'
    )
    process, notes = taken(plain(pen))
    assert (notes, still_open(process, first(process))) == ({"import.left_out": "a"}, ["a"])


@pytest.mark.parametrize(
    ("drawing", "code"),
    [
        (Drawing().start().add("adHocSubProcess", "x", '<bpmn:task id="t"/>').end().chain("begin", "x", "done"), "process.unsupported"),
        (Drawing().start().add("complexGateway", "x").end().chain("begin", "x", "done").chain("begin", "x"), "process.unsupported"),
        (row("a").chain("a", "begin"), "process.into_start"),
        (row("a").add("boundaryEvent", "x", attachedToRef="a").end("e2").chain("x", "e2"), "process.no_event"),
        (row("a").add("task", "x").chain("a", "nowhere"), "process.flow_ends"),
        (row("a", "a"), "process.duplicate_id"),
    ],
)
def test_what_has_no_clear_meaning_is_refused_by_element(drawing: Drawing, code: str) -> None:
    assert code in refused(plain(drawing))


@pytest.mark.parametrize("ident", ["é", "a b", "1a", "x:y", "Start"])
def test_ids_that_cannot_be_used_are_replaced_everywhere(ident: str) -> None:
    data = plain(row("a").boundary("late", "a", "P1D").chain("late", "done")).replace(b'"a"', f'"{ident}"'.encode())
    process, _ = taken(data)
    assert (run(process), len(process.steps)) == ("ended", 4)


def test_a_diagram_without_any_ids_of_flows_and_with_two_flows_between_the_same_steps() -> None:
    pen = Drawing().start().choice("q").add("task", "a").end().chain("begin", "q").flow("q", "a", "= x").flow("q", "a").chain("a", "done")
    root = etree.fromstring(plain(pen))
    for each in root.iter("{*}sequenceFlow"):
        del each.attrib["id"]
    process, _ = taken(bytes(etree.tostring(root)))
    assert (still_open(process, first(process)), run(process)) == (["a"], "ended")


def test_compensation_of_other_tools_runs() -> None:
    process, notes = taken(plain(undoable(row("a"), "a", "undo")))
    assert (notes, run(process)) == ({}, "ended")


def test_four_hundred_steps_in_a_row_are_read() -> None:
    process, _ = taken(plain(row(*(f"s{number}" for number in range(400)))))
    assert len(process.steps) == 402


@pytest.mark.parametrize("data", [b"", b"   ", b"<a/>", b"not xml", HEAD.encode() + b"</bpmn:definitions>", b"\xff\xfe\x00"])
def test_what_is_no_diagram_is_refused(data: bytes) -> None:
    assert refused(data)


def test_a_mutilated_plain_drawing_is_refused_or_runs() -> None:
    told = set()
    for seed in range(30):
        rnd = random.Random(seed)
        data = mutilate(rnd.choice([whole, strange])().replace(b'isExecutable="true"', b""), rnd)
        with suppress(flow.NoWayOut, flow.NoTime, flow.NoList, flow.Endless, flow.BadExpression, flow.NoKey):
            told.add(outcome(data, "x.bpmn"))
    assert told == {"refused", "ended"}

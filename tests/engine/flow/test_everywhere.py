"""What docs/engine.md says may stand in several places works in each: events on every host, sub-processes started by every event."""

from __future__ import annotations

import pytest

from engine import flow

from .drawing import Drawing, time, z
from .test_moves import do, env, names

MORE = '<bpmn:signal id="sig" name="closed"/><bpmn:escalation id="esc" escalationCode="E7"/><bpmn:error id="err" errorCode="E1"/>'
EVENTS = {
    "timer": time("P3D"),
    "message": '<bpmn:messageEventDefinition messageRef="m_stop"/>',
    "signal": '<bpmn:signalEventDefinition signalRef="sig"/>',
    "condition": "<bpmn:conditionalEventDefinition><bpmn:condition>= n &gt; 2</bpmn:condition></bpmn:conditionalEventDefinition>",
    "escalation": '<bpmn:escalationEventDefinition escalationRef="esc"/>',
    "error": '<bpmn:errorEventDefinition errorRef="err"/>',
}
HOSTS = ("userTask", "serviceTask", "receiveTask", "subProcess", "callActivity")


def loaded(pen: Drawing, more: str = "") -> tuple[flow.Process, flow.Moved]:
    process = flow.load(pen.bytes(MORE + more))
    return process, flow.start(process, facts={}, env=env())


def happening(process: flow.Process, moved: flow.Moved, event: str, beside: str = "other") -> flow.Moved:
    """Let the event happen; `beside`: a task whose answer makes the condition true, or which throws."""
    if event == "timer":
        return flow.wake(process, moved.state, env=env(days=4))
    if event in {"message", "signal"}:
        return flow.send(process, moved.state, {"message": "stop", "signal": "closed"}[event], {}, env=env())
    return do(process, moved, beside, n=3)


def hosting(kind: str) -> tuple[Drawing, str, str]:
    """The main process with a host, more processes, and the step that is open in the host."""
    pen, more, opened = Drawing().start(), "", "host"
    pen.messages["m_stop"] = "stop"
    inner = Drawing("inner").start("i1").user("a").end("i2").chain("i1", "a", "i2")
    if kind == "subProcess":
        pen.sub("host", inner)
        opened = "a"
    elif kind == "callActivity":
        pen.call("host", "inner")
        more, opened = inner.process(), "a"
    else:
        {"userTask": pen.user, "serviceTask": pen.service, "receiveTask": lambda one: pen.receive(one, "paid")}[kind]("host")
    return pen, more, opened


@pytest.mark.parametrize("interrupting", [True, False])
@pytest.mark.parametrize("event", ["timer", "message", "signal", "condition"])
@pytest.mark.parametrize("host", HOSTS)
def test_an_event_on_the_boundary_of_any_host_interrupts_it_or_leaves_it(host: str, event: str, interrupting: bool) -> None:
    pen, more, opened = hosting(host)
    pen.fork("out").user("other").user("late").end().end("e2").end("e3")
    pen.add("boundaryEvent", "edge", EVENTS[event], attachedToRef="host", cancelActivity=str(interrupting).lower())
    process, moved = loaded(pen.chain("begin", "out", "host", "done").chain("out", "other", "e2").chain("edge", "late", "e3"), more)
    moved = happening(process, moved, event)
    around = [] if event == "condition" else ["other"]
    known = [each.step.id for each in flow.snapshot(process, moved.state).open if each.step.id != "edge"]  # a message may come again
    assert sorted(known) == sorted([*around, "late", *([] if interrupting else [opened])])
    for step in known:
        moved = do(process, moved, step)
    assert moved.ended


@pytest.mark.parametrize("interrupting", [True, False])
@pytest.mark.parametrize("event", ["timer", "message", "signal", "condition", "escalation"])
def test_any_event_starts_a_sub_process_beside_that_interrupts_or_not(event: str, interrupting: bool) -> None:
    handler = (
        Drawing("on").add("startEvent", "heard", EVENTS[event], isInterrupting=str(interrupting).lower()).user("answer").end("answered")
    )
    around = Drawing("inner").start("i1").fork("out").user("a").user("other").end("i2").end("i3", EVENTS["escalation"])
    around.chain("i1", "out", "a", "i2").chain("out", "other", "i3")
    around.add("subProcess", "on", "".join(handler.chain("heard", "answer", "answered").parts), triggeredByEvent="true")
    around.messages["m_stop"] = "stop"
    if event != "escalation":  # what is thrown must be caught somewhere
        around.parts = [part.replace(EVENTS["escalation"], "") for part in around.parts]
    process, moved = loaded(Drawing().start().sub("part", around).user("after").end().chain("begin", "part", "after", "done"))
    moved = happening(process, moved, event)
    left = [each.step.id for each in flow.snapshot(process, moved.state).open]
    beside = [] if event in {"condition", "escalation"} else ["other"]
    assert sorted(left) == sorted(["answer", *([] if interrupting else ["a", *beside])])
    for step in left:
        moved = do(process, moved, step)
    assert names(moved.opened) == ["after"]


def test_an_error_is_caught_on_the_boundary_of_a_part_and_by_a_sub_process_beside_in_it() -> None:
    inner = Drawing("inner").start("i1").user("a").end("i2", EVENTS["error"]).chain("i1", "a", "i2")
    pen = Drawing().start().call("host", "inner").user("mend").end().end("e2").chain("begin", "host", "done").chain("edge", "mend", "e2")
    process, moved = loaded(pen.add("boundaryEvent", "edge", EVENTS["error"], attachedToRef="host"), inner.process())
    assert names(do(process, moved, "a").opened) == ["mend"]
    handler = Drawing("on").add("startEvent", "heard", EVENTS["error"]).user("mend").end("h2").chain("heard", "mend", "h2")
    inner.add("subProcess", "on", "".join(handler.parts), triggeredByEvent="true")
    pen = Drawing().start().call("host", "inner").user("after").end().chain("begin", "host", "after", "done")
    process, moved = loaded(pen, inner.process())
    moved = do(process, moved, "a")
    assert names(moved.opened) == ["mend"]
    assert names(do(process, moved, "mend").opened) == ["after"]


@pytest.mark.parametrize("called", [False, True])
def test_a_terminate_end_ends_the_sub_process_that_it_is_in_and_nothing_else(called: bool) -> None:
    inner = Drawing("inner").start("i1").fork("in").user("a").user("b").end("i2", "<bpmn:terminateEventDefinition/>").end("i3")
    inner.chain("i1", "in", "a", "i2").chain("in", "b", "i3")
    pen = Drawing().start().fork("out").user("other").user("after").end().end("e2")
    pen = pen.call("host", "inner") if called else pen.sub("host", inner)
    process, moved = loaded(
        pen.chain("begin", "out", "host", "after", "done").chain("out", "other", "e2"), inner.process() if called else ""
    )
    moved = do(process, moved, "a")
    assert (names(moved.opened), len(moved.dropped), moved.ended) == (["after"], 1, None)
    assert sorted(each.step.id for each in flow.snapshot(process, moved.state).open) == ["after", "other"]


def test_a_terminate_end_in_one_of_several_instances_ends_that_one() -> None:
    several = z("loopCharacteristics", inputCollection="= [1, 2]", inputElement="one")
    loop = f"<bpmn:extensionElements>{several}</bpmn:extensionElements>"
    inner = Drawing("inner").start("i1").fork("in").user("a").user("b").end("i2", "<bpmn:terminateEventDefinition/>").end("i3")
    inner.chain("i1", "in", "a", "i2").chain("in", "b", "i3")
    mark = f"<bpmn:multiInstanceLoopCharacteristics>{loop}</bpmn:multiInstanceLoopCharacteristics>"
    pen = Drawing().start().sub("host", inner, mark).user("after").end().chain("begin", "host", "after", "done")
    process, moved = loaded(pen)
    moved = do(process, moved, "a")
    assert sorted(each.step.id for each in flow.snapshot(process, moved.state).open) == ["a", "b"]
    assert names(do(process, moved, "a").opened) == ["after"]


def test_several_at_once_in_a_round_end_early_each_time_and_start_afresh() -> None:
    several = z("loopCharacteristics", inputCollection="= [1, 2, 3]", inputElement="one", outputCollection="all", outputElement="= vote")
    until = "<bpmn:completionCondition>= numberOfCompletedInstances = 2</bpmn:completionCondition>"
    mark = f"<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>{several}</bpmn:extensionElements>{until}"
    inner = Drawing("inner").start("i1").user("a").boundary("edge", "a", "P3D").end("i2").end("i3")
    inner.chain("i1", "a", "i2").chain("edge", "i3")
    pen = Drawing().start().choice("again").sub("host", inner, f"{mark}</bpmn:multiInstanceLoopCharacteristics>")
    pen.user("fine").choice("ok", "no").end().chain("begin", "again", "host", "fine", "ok").flow("ok", "done", "= fine.y").flow(
        "ok", "again", ident="no"
    )
    process, moved = loaded(pen)
    for number in range(3):
        assert (len(moved.opened), len(moved.timers)) == (3, 3)
        moved = do(process, do(process, moved, "a", vote=number), "a", vote="x")
        assert (names(moved.opened), len(moved.dropped), moved.timers) == (["fine"], 1, ())
        assert moved.facts["all"][0] == number
        moved = do(process, moved, "fine", fine={"y": number == 2})
    assert moved.ended == "done"


def test_a_sub_process_is_done_again_while_a_condition_holds_with_branches_inside_it() -> None:
    inner = Drawing("inner").start("i1").fork("in").user("a").user("b").fork("join").end("i2")
    inner.chain("i1", "in", "a", "join", "i2").chain("in", "b", "join")
    while_ = "<bpmn:loopCondition>= more = true</bpmn:loopCondition>"
    again = f'<bpmn:standardLoopCharacteristics loopMaximum="5">{while_}</bpmn:standardLoopCharacteristics>'
    process, moved = loaded(Drawing().start().sub("host", inner, again).user("after").end().chain("begin", "host", "after", "done"))
    for more in (True, True, False):
        assert names(moved.opened) == ["a", "b"]
        moved = do(process, do(process, moved, "b"), "a", more=more)
    assert names(moved.opened) == ["after"]

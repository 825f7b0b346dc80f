"""Events that are thrown, that race, that start a sub-process beside, and how far they reach."""

from __future__ import annotations

from typing import Any

import pytest

from engine import flow

from .drawing import Drawing, time
from .test_moves import do, env, names

ERROR = '<bpmn:error id="err" errorCode="E1"/><bpmn:error id="err2" errorCode="E2"/>'
ESCALATION = '<bpmn:escalation id="esc" escalationCode="X"/>'
SIGNAL = '<bpmn:signal id="sig" name="closed"/>'


def begin(drawing: Drawing, more: str = "", **facts: Any) -> tuple[flow.Process, flow.Moved]:
    process = flow.load(drawing.bytes(more))
    return process, flow.start(process, facts=facts, env=env())


def on(pen: Drawing, ident: str, host: str, kind: str, ref: str = "", *, interrupting: bool = True) -> Drawing:
    reference = f' {kind}Ref="{ref}"' if ref else ""
    inner = f"<bpmn:{kind}EventDefinition{reference}/>"
    return pen.add("boundaryEvent", ident, inner, attachedToRef=host, cancelActivity=str(interrupting).lower())


def racing() -> Drawing:
    pen = Drawing().start().add("eventBasedGateway", "race").receive("paid", "payment", "intermediateCatchEvent")
    pen.timer("soon", "P3D").timer("late", "P9D").user("a").user("b").user("c").end()
    return pen.chain("begin", "race", "paid", "a", "done").chain("race", "soon", "b", "done").chain("race", "late", "c", "done")


def test_each_timer_behind_an_event_gateway_has_its_own_time() -> None:
    process, moved = begin(racing())
    assert [(due.step.id, (due.at - env().now).days) for due in moved.timers] == [("soon", 3), ("late", 9)]
    moved = flow.wake(process, moved.state, env=env(3))
    assert (names(moved.opened), moved.timers, len(moved.dropped)) == (["b"], (), 1)


def test_the_first_event_drops_the_others_even_when_all_are_due() -> None:
    process, moved = begin(racing())
    assert names(flow.wake(process, moved.state, env=env(30)).opened) == ["b"]
    sent = flow.send(process, moved.state, "payment", {"payment": 1}, env=env())
    assert (names(sent.opened), sent.timers) == (["a"], ())
    assert do(process, sent, "a").ended == "done"


def failing(code: str = "err", catch: str = "err", *, deep: bool = False) -> Drawing:
    inside = Drawing("inner").start("i1").fork("out").user("a").user("b").end("i2")
    inside.end("bad", f'<bpmn:errorEventDefinition errorRef="{code}"/>')
    inside.chain("i1", "out", "a", "bad").chain("out", "b", "i2")
    if deep:
        inside = Drawing("outer").start("o1").sub("core", inside).end("o2").chain("o1", "core", "o2")
    pen = on(Drawing().start().sub("part", inside), "failed", "part", "error", catch).user("mend").end().end("gone")
    return pen.chain("begin", "part", "done").chain("failed", "mend", "gone")


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize("catch", ["err", ""])
def test_an_error_end_stops_its_sub_process_and_goes_to_what_catches_it(catch: str, deep: bool) -> None:
    process, moved = begin(failing(catch=catch, deep=deep), ERROR)
    moved = do(process, moved, "a")
    assert (names(moved.opened), len(moved.dropped)) == (["mend"], 1)
    assert do(process, moved, "mend").ended == "gone"


def test_an_event_that_names_the_error_goes_before_one_that_takes_any() -> None:
    pen = on(failing(catch=""), "exact", "part", "error", "err").user("exactly").end("e3").chain("exact", "exactly", "e3")
    process, moved = begin(pen, ERROR)
    assert names(do(process, moved, "a").opened) == ["exactly"]


@pytest.mark.parametrize("interrupting", [True, False])
def test_an_escalation_reaches_the_boundary_and_the_sub_process_goes_on_or_not(interrupting: bool) -> None:
    inside = Drawing("inner").start("i1").user("a")
    inside.add("intermediateThrowEvent", "up", '<bpmn:escalationEventDefinition escalationRef="esc"/>')
    inside.user("b").end("i2").chain("i1", "a", "up", "b", "i2")
    pen = on(Drawing().start().sub("part", inside), "raised", "part", "escalation", "esc", interrupting=interrupting)
    process, moved = begin(pen.user("look").end().end("e2").chain("begin", "part", "done").chain("raised", "look", "e2"), ESCALATION)
    moved = do(process, moved, "a")
    assert names(moved.opened) == (["look"] if interrupting else ["b", "look"])
    if not interrupting:
        assert do(process, moved, "b").ended is None


def test_a_signal_reaches_everyone_in_the_case_and_is_reported() -> None:
    inside = Drawing("inner").start("i1").add("intermediateCatchEvent", "hear", '<bpmn:signalEventDefinition signalRef="sig"/>')
    inside.user("x").end("i2")
    inside.chain("i1", "hear", "x", "i2")
    pen = Drawing().start().fork("out").sub("part", inside).user("a").user("b")
    pen.end("shout", '<bpmn:signalEventDefinition signalRef="sig"/>').end()
    on(pen, "stop", "b", "signal", "sig").end("e3")
    pen.chain("begin", "out", "part", "done").chain("out", "a", "shout").chain("out", "b", "done").chain("stop", "e3")
    process, moved = begin(pen, SIGNAL)
    told = do(process, moved, "a")
    assert (names(told.opened), len(told.dropped)) == (["x"], 1)
    assert [(each.step.id, each.kind, each.name) for each in told.sent] == [("shout", "signal", "closed")]
    assert names(flow.send(process, moved.state, "closed", {}, env=env()).opened) == ["x"]


def test_a_message_that_is_thrown_is_reported_as_sent() -> None:
    pen = Drawing().start().user("a").add("intermediateThrowEvent", "tell", '<bpmn:messageEventDefinition messageRef="m_go"/>').user("b")
    pen.end("last", '<bpmn:messageEventDefinition messageRef="m_go"/>').chain("begin", "a", "tell", "b", "last")
    pen.messages["m_go"] = "go"
    process, moved = begin(pen)
    assert moved.sent == ()
    moved = do(process, moved, "a")
    assert [(each.step.id, each.kind, each.name) for each in moved.sent] == [("tell", "message", "go")]
    moved = do(process, moved, "b")
    assert ([each.step.id for each in moved.sent], moved.ended) == (["last"], "last")


def test_a_link_goes_on_at_its_other_end() -> None:
    pen = Drawing().start().user("a").add("intermediateThrowEvent", "out", '<bpmn:linkEventDefinition name="A"/>')
    pen.add("intermediateCatchEvent", "in", '<bpmn:linkEventDefinition name="A"/>').user("b").end()
    process, moved = begin(pen.chain("begin", "a", "out").chain("in", "b", "done"))
    assert [(link.source, link.target) for link in process.links if link.id == "out.link"] == [("out", "in")]
    assert names(do(process, moved, "a").opened) == ["b"]


def test_a_condition_is_looked_at_after_every_move() -> None:
    pen = Drawing().start().fork("out").user("a").user("b").end().end("e2").user("c")
    inner = "<bpmn:condition>= n &gt; 2</bpmn:condition>"
    pen.add("intermediateCatchEvent", "wait", f"<bpmn:conditionalEventDefinition>{inner}</bpmn:conditionalEventDefinition>")
    process, moved = begin(pen.chain("begin", "out", "a", "b", "done").chain("out", "wait", "c", "e2"))
    assert names(moved.opened) == ["a"]
    assert names(do(process, moved, "a", n=2).opened) == ["b"]
    assert names(do(process, moved, "a", n=3).opened) == ["b", "c"]


def beside(start: str, *, interrupting: bool, inside: bool = True) -> Drawing:
    handler = Drawing("on").add("startEvent", "heard", start, isInterrupting=str(interrupting).lower()).user("answer").end("answered")
    handler.chain("heard", "answer", "answered")
    around = Drawing("inner") if inside else Drawing()
    around.start("i1").user("a").end("i2").chain("i1", "a", "i2")
    around.add("subProcess", "on", "".join(handler.parts), triggeredByEvent="true").messages["m_stop"] = "stop"
    return Drawing().start().sub("part", around).user("after").end().chain("begin", "part", "after", "done") if inside else around


MESSAGE = '<bpmn:messageEventDefinition messageRef="m_stop"/>'


@pytest.mark.parametrize("inside", [True, False])
def test_an_interrupting_sub_process_beside_takes_the_place_of_everything_around_it(inside: bool) -> None:
    process, first = begin(beside(MESSAGE, interrupting=True, inside=inside))
    assert names(first.opened) == ["a"]
    moved = flow.send(process, first.state, "stop", {"stop": {"why": "x"}}, env=env())
    assert (names(moved.opened), moved.dropped, moved.facts["stop"]) == (["answer"], (first.opened[0].task,), {"why": "x"})
    with pytest.raises(flow.NotWaiting):
        flow.send(process, moved.state, "stop", {}, env=env())
    moved = do(process, moved, "answer")
    assert (names(moved.opened), moved.ended) == ((["after"], None) if inside else ([], "answered"))


@pytest.mark.parametrize("inside", [True, False])
def test_one_that_does_not_interrupt_runs_as_often_as_it_is_called(inside: bool) -> None:
    process, moved = begin(beside(MESSAGE, interrupting=False, inside=inside))
    for count in (1, 2):
        moved = flow.send(process, moved.state, "stop", {}, env=env())
        assert names(flow.snapshot(process, moved.state).open) == ["a"] + ["answer"] * count
    moved = do(process, do(process, moved, "answer"), "a")
    assert (moved.opened, moved.ended) == ((), None)
    moved = do(process, moved, "answer")
    assert (names(moved.opened), moved.ended) == ((["after"], None) if inside else ([], "answered"))


def test_what_is_not_called_ends_with_its_scope() -> None:
    process, moved = begin(beside(MESSAGE, interrupting=True))
    moved = do(process, moved, "a")
    assert names(moved.opened) == ["after"]
    with pytest.raises(flow.NotWaiting):
        flow.send(process, moved.state, "stop", {}, env=env())


def test_a_timer_may_start_one_and_ring_again() -> None:
    process, moved = begin(beside(time("R2/P7D", "timeCycle"), interrupting=False))
    assert [due.step.id for due in moved.timers] == ["heard"]
    told = []
    for week in (1, 2, 3):
        moved = flow.wake(process, moved.state, env=env(7 * week))
        told.append(len(moved.opened))
    assert (told, moved.timers) == ([1, 1, 0], ())


def test_an_error_may_start_one_in_the_sub_process_it_is_thrown_in() -> None:
    handler = Drawing("on").add("startEvent", "heard", '<bpmn:errorEventDefinition errorRef="err"/>').user("answer").end("answered")
    handler.chain("heard", "answer", "answered")
    inside = Drawing("inner").start("i1").fork("out").user("a").user("b").end("i2")
    inside.end("bad", '<bpmn:errorEventDefinition errorRef="err"/>')
    inside.chain("i1", "out", "a", "bad").chain("out", "b", "i2").add("subProcess", "on", "".join(handler.parts), triggeredByEvent="true")
    process, moved = begin(Drawing().start().sub("part", inside).user("after").end().chain("begin", "part", "after", "done"), ERROR)
    assert names(moved.opened) == ["a", "b"]
    moved = do(process, moved, "a")
    assert (names(moved.opened), len(moved.dropped)) == (["answer"], 1)
    assert names(do(process, moved, "answer").opened) == ["after"]

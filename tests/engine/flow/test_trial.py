"""A case in which every task is done and nothing answered: a diagram that would stop it, whatever is answered, is told by its step."""

from __future__ import annotations

from engine import flow
from rules import Decided

from .drawing import Drawing, time, z
from .test_moves import env


def tried(drawing: Drawing, more: str = "") -> list[tuple[str, object]]:
    process = flow.load(drawing.bytes(more))
    world = flow.Env(now=env().now, decide=lambda *_: Decided(None, ()))
    found = flow.trial(process, env=world, file="x.bpmn")
    assert all(each.place.startswith("x.bpmn") and "{" not in flow.sentence(each) for each in found)
    return [(each.code, each.facts.get("id")) for each in found]


def several(collection: str) -> str:
    box = f"<bpmn:extensionElements>{z('loopCharacteristics', inputCollection=collection)}</bpmn:extensionElements>"
    return f"<bpmn:multiInstanceLoopCharacteristics>{box}</bpmn:multiInstanceLoopCharacteristics>"


def test_what_ends_is_not_told_and_what_only_an_answer_could_end_is_let_go_round() -> None:
    pen = Drawing().start().user("a").choice("ok", "again").choice("back").end().chain("begin", "back", "a", "ok")
    assert tried(pen.flow("ok", "done", "= a.fine").flow("ok", "back", ident="again")) == []


def test_a_choice_that_nobody_can_make_is_told_when_the_case_goes_round_by_it() -> None:
    pen = Drawing().start().user("a").choice("ok", "again").choice("back").end().chain("begin", "back", "a", "ok")
    assert tried(pen.flow("ok", "done", "= approved").flow("ok", "back", ident="again")) == [("process.stops_unsaid", "ok")]
    pen = Drawing().start().user("a").choice("ok", "on").choice("back").end().chain("begin", "back", "a", "ok")
    assert tried(pen.flow("ok", "back", "= not(approved)").flow("ok", "done", ident="on")) == []


def test_a_time_a_list_and_a_key_that_always_come_to_nothing_are_told_by_their_step() -> None:
    row = Drawing().start().add("intermediateCatchEvent", "w", time('= duration("soon")')).end().chain("begin", "w", "done")
    assert tried(row) == [("process.stops_time", "w")]
    row = Drawing().start().add("userTask", "w", several("= 5")).end().chain("begin", "w", "done")
    assert tried(row) == [("process.stops_list", "w")]
    row = Drawing().start().add("userTask", "w", several("= apply.points")).end().chain("begin", "w", "done")
    assert tried(row) == []  # an answer could be a list


def test_a_round_of_steps_that_run_by_themselves_is_told() -> None:
    pen = Drawing().start().choice("to").script("s", "= 1", "x").choice("out", "again").end().chain("begin", "to", "s", "out")
    told = tried(pen.flow("out", "done", "= x = 2").flow("out", "to", ident="again"))
    assert [code for code, _ in told] == ["process.stops_round"]


def test_a_signal_that_has_been_sent_before_it_is_waited_for_is_told() -> None:
    signal = '<bpmn:signalEventDefinition signalRef="sig"/>'
    pen = Drawing().start().add("intermediateThrowEvent", "t", signal).user("a").add("intermediateCatchEvent", "w", signal).end()
    assert tried(pen.chain("begin", "t", "a", "w", "done"), '<bpmn:signal id="sig" name="go"/>') == [("process.stops_waiting", "w")]

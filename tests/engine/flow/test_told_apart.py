"""Messages of one name are told apart by their key; a step may have inputs that only it sees; timers ring in working time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from engine import flow

from .drawing import Drawing, z
from .test_back import still_open
from .test_events import begin, beside
from .test_moves import NOW, do, env, names
from .test_refused import findings
from .test_several import many


def keyed(drawing: Drawing, key: str, message: str = "payment") -> bytes:
    box = f"<bpmn:extensionElements>{z('subscription', correlationKey=key)}</bpmn:extensionElements>"
    return drawing.bytes().replace(
        f'<bpmn:message id="m_{message}" name="{message}"/>'.encode(),
        f'<bpmn:message id="m_{message}" name="{message}">{box}</bpmn:message>'.encode(),
    )


def bills() -> tuple[flow.Process, flow.Moved]:
    """For each bill, wait for its payment, then book it."""
    inside = Drawing("bill").start("b1").receive("paid", "payment", "intermediateCatchEvent").user("book").end("b2")
    pen = Drawing().start().sub("bill", inside.chain("b1", "paid", "book", "b2"), many(collection="= [7, 8]")).end()
    process = flow.load(keyed(pen.chain("begin", "bill", "done"), "= point"))
    return process, flow.start(process, facts={}, env=env())


def test_a_message_reaches_the_one_whose_key_it_brings() -> None:
    process, moved = bills()
    assert [each.key for each in moved.opened] == ["7", "8"]
    for key in (8, "8"):
        told = flow.send(process, moved.state, "payment", {"got": 1}, env=env(), key=key)
        assert [(each.step.id, each.local["point"]) for each in told.opened] == [("book", 8)]
    (left,) = [each for each in flow.snapshot(process, told.state).open if each.step.id == "paid"]
    assert left.key == "7"
    with pytest.raises(flow.NotWaiting):
        flow.send(process, told.state, "payment", {}, env=env(), key="8")
    last = flow.send(process, told.state, "payment", {}, env=env())  # only one is left: no key is needed
    assert [(each.step.id, each.local["point"]) for each in last.opened] == [("book", 7)]


def test_a_message_without_a_key_that_several_wait_for_is_refused() -> None:
    process, moved = bills()
    with pytest.raises(flow.WhichMessage) as caught:
        flow.send(process, moved.state, "payment", {}, env=env())
    assert caught.value.facts == {"message": "payment", "keys": "7, 8"}


def test_a_key_is_worked_out_on_entering_and_must_not_be_null() -> None:
    pen = Drawing().start().user("a").receive("paid", "payment").end().chain("begin", "a", "paid", "done")
    process = flow.load(keyed(pen, "= bill.day"))
    moved = flow.start(process, facts={}, env=env())
    with pytest.raises(flow.NoKey):
        do(process, moved, "a")
    moved = do(process, moved, "a", bill={"day": date(2026, 3, 4)})
    assert moved.opened[0].key == "2026-03-04"
    assert flow.send(process, moved.state, "payment", {}, env=env(), key=date(2026, 3, 4)).ended == "done"
    assert findings(keyed(pen, "bill")) == {"process.event_not_feel": "process.bpmn#paid"}


def test_an_event_that_can_happen_again_keeps_its_key() -> None:
    process = flow.load(keyed(beside('<bpmn:messageEventDefinition messageRef="m_stop"/>', interrupting=False), '= "x"', "stop"))
    moved = flow.start(process, facts={}, env=env())
    for count in (1, 2):
        moved = flow.send(process, moved.state, "stop", {}, env=env(), key="x")
        assert still_open(process, moved) == ["a"] + ["answer"] * count


def inputs(**given: str) -> str:
    return z("ioMapping", "".join(z("input", source=text, target=name) for name, text in given.items()))


def test_inputs_are_worked_out_on_entering_and_only_their_step_sees_them() -> None:
    pen = Drawing().start().add("userTask", "a", extra=inputs(double="= n * 2", more="= double + 1", note="as it is")).user("b").end()
    process, moved = begin(pen.chain("begin", "a", "b", "done"), n=4)
    assert dict(moved.opened[0].local) == {"double": 8, "more": 9, "note": "as it is"}
    assert flow.snapshot(process, moved.state).seen_by(moved.opened[0].task)["more"] == 9
    moved = do(process, moved, "a", n=5)
    assert (dict(moved.facts), moved.opened[0].local) == ({"n": 5}, {})


def test_a_result_is_worked_out_with_the_inputs_and_handed_on() -> None:
    out = z("ioMapping", z("input", source="= price * many", target="cost") + z("output", source="= cost + fee", target="total"))
    pen = Drawing().start().add("userTask", "a", extra=out)
    pen.add("scriptTask", "s", extra=z("script", expression="= half", resultVariable="r") + inputs(half="= total / 2")).end()
    process, moved = begin(pen.chain("begin", "a", "s", "done"), price=3, many=4)
    moved = do(process, moved, "a", fee=2)
    assert (moved.facts["total"], moved.facts["r"], "cost" in moved.facts, moved.ended) == (14, 7, False, "done")


def test_everything_in_a_sub_process_sees_its_inputs_and_writes_to_the_case() -> None:
    inside = Drawing("part").start("p1").user("x").script("y", "= given + seen", "sum").end("p2").chain("p1", "x", "y", "p2")
    pen = Drawing().start().add("subProcess", "part", "".join(inside.parts), extra=inputs(given="= n + 1")).end()
    process, moved = begin(pen.chain("begin", "part", "done"), n=1)
    moved = do(process, moved, "x", seen=5)
    assert (dict(moved.facts), moved.ended) == ({"n": 1, "seen": 5, "sum": 7}, "done")


def test_each_instance_has_inputs_of_its_own_and_hands_on_only_what_was_written() -> None:
    pen = Drawing().start().add("userTask", "a", many(collection="= [1, 2]"), extra=inputs(ten="= point * 10")).end()
    process, moved = begin(pen.chain("begin", "a", "done"))
    assert [each.local["ten"] for each in moved.opened] == [10, 20]
    for each in moved.opened:
        moved = flow.complete(process, moved.state, each.task, {"got": each.local["ten"] + 1}, env=env())
    assert dict(moved.facts) == {"got": [11, 21]}


def test_a_timer_rings_again_in_working_time() -> None:
    """Working days here: Monday is followed by Tuesday, and Friday by Monday."""

    def world(days: float) -> flow.Env:
        now = NOW + timedelta(days=days)
        return flow.Env(now=now, functions={"working days": lambda n: now + timedelta(days=int(n) + (2 if now.weekday() == 4 else 0))})

    pen = Drawing().start().user("a").boundary("warn", "a", "R3/= working days(1)", "timeCycle", interrupting=False).user("call").end()
    process = flow.load(pen.end("e2").chain("begin", "a", "done").chain("warn", "call", "e2").bytes())
    moved = flow.start(process, facts={}, env=world(3))
    rung: list[Any] = []
    while moved.timers:
        rung.append((moved.timers[0].at - NOW).days)
        moved = flow.wake(process, moved.state, env=world(rung[-1]))
        assert names(moved.opened) == ["call"]
    assert rung == [4, 7, 8]


@pytest.mark.parametrize("text", ["R3/7 days", "R1000/P1D", "R/", "= working days(1)"])
def test_what_is_no_cycle_is_refused(text: str) -> None:
    pen = Drawing().start().user("a").boundary("warn", "a", text, "timeCycle", interrupting=False).end().end("e2")
    assert findings(pen.chain("begin", "a", "done").chain("warn", "e2").bytes()) == {"process.unsupported": "process.bpmn#warn"}

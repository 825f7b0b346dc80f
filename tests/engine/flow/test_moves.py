"""A case moves through a process: what opens, what is done, what is dropped, and what is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine import flow

from .drawing import Drawing

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Answer:
    value: Any
    fired: tuple[Any, ...] = ()


def env(days: float = 0, **more: Any) -> flow.Env:
    return flow.Env(now=NOW + timedelta(days=days), **more)


def names(opened: tuple[flow.Opened, ...]) -> list[str]:
    return sorted(each.step.id for each in opened)


def task(state: bytes, process: flow.Process, step: str) -> str:
    return next(each.task for each in flow.snapshot(process, state).open if each.step.id == step)


def do(process: flow.Process, moved: flow.Moved, step: str, days: float = 0, **writes: Any) -> flow.Moved:
    return flow.complete(process, moved.state, task(moved.state, process, step), writes, env=env(days))


def straight() -> flow.Process:
    return flow.load(Drawing().start().user("apply").user("verify").end().chain("begin", "apply", "verify", "done").bytes())


def test_a_case_starts_at_the_first_task_and_ends_at_the_end_event() -> None:
    process = straight()
    first = flow.start(process, facts={"x": 1}, env=env())
    assert names(first.opened) == ["apply"]
    second = do(process, first, "apply", apply={"area": Decimal("12.5")})
    assert names(second.opened) == ["verify"]
    assert second.done == (first.opened[0].task,)
    assert second.ended is None
    last = do(process, second, "verify", verify={"result": "complete"})
    assert (last.ended, last.opened, last.timers) == ("done", (), ())
    shot = flow.snapshot(process, last.state)
    assert shot.passed == ("begin", "apply", "verify", "done")
    assert (shot.open, shot.ended) == ((), "done")


def test_facts_come_back_as_the_values_they_were() -> None:
    process = straight()
    moved = flow.start(process, facts={"case": {"received": date(2026, 3, 2), "area": Decimal("0.10"), "at": NOW}}, env=env())
    assert dict(moved.facts) == {"case": {"received": date(2026, 3, 2), "area": Decimal("0.10"), "at": NOW}}
    assert dict(flow.snapshot(process, moved.state).facts) == dict(moved.facts)


def test_a_task_cannot_be_completed_twice() -> None:
    process = straight()
    first = flow.start(process, facts={}, env=env())
    second = do(process, first, "apply")
    with pytest.raises(flow.NotOpen):
        flow.complete(process, second.state, first.opened[0].task, {}, env=env())


@pytest.mark.parametrize("wrong", ["", "not an id", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_task_is_not_open(wrong: str) -> None:
    process = straight()
    with pytest.raises(flow.NotOpen) as caught:
        flow.complete(process, flow.start(process, facts={}, env=env()).state, wrong, {}, env=env())
    assert caught.value.code == "flow.not_open"


def test_nothing_can_be_done_in_a_case_that_has_ended() -> None:
    process = straight()
    first = flow.start(process, facts={}, env=env())
    last = do(process, do(process, first, "apply"), "verify")
    with pytest.raises(flow.Ended):
        flow.complete(process, last.state, first.opened[0].task, {}, env=env())
    with pytest.raises(flow.Ended):
        flow.wake(process, last.state, env=env())


def choosing(**second: str) -> flow.Process:
    drawing = Drawing().start().user("verify").choice("how", otherwise="else").user("a").user("b").user("c").end()
    drawing.chain("begin", "verify", "how").flow("how", "a", '= verify.result = "a"').flow("how", "b", "= verify.area > 10")
    return flow.load(drawing.flow("how", "c", ident="else").chain("a", "done").chain("b", "done").chain("c", "done").bytes())


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"result": "a", "area": 50}, "a"),  # both hold: the first in the file is taken
        ({"result": "x", "area": 50}, "b"),
        ({"result": "x", "area": 5}, "c"),
        ({"area": None}, "c"),  # null is not taken
        ({}, "c"),
        ({"result": "x", "area": "many"}, "c"),
    ],
)
def test_an_exclusive_gateway_takes_the_first_way_in_the_file_whose_condition_is_true(answers: dict[str, Any], expected: str) -> None:
    process = choosing()
    moved = do(process, flow.start(process, facts={}, env=env()), "verify", verify=answers)
    assert names(moved.opened) == [expected]


def test_the_height_of_the_shapes_does_not_change_the_way_taken() -> None:
    drawing = Drawing().start().choice("how", otherwise="else").user("a").user("b").end()
    drawing.flow("begin", "how").flow("how", "a", "= true").flow("how", "b", ident="else").chain("a", "done").chain("b", "done")
    shapes = "".join(
        f'<bpmndi:BPMNShape id="s{i}" bpmnElement="{i}"><dc:Bounds x="0" y="{y}" width="1" height="1"/></bpmndi:BPMNShape>'
        for i, y in (("a", 900), ("b", 1))
    )
    plane = f'<bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="pl" bpmnElement="p">{shapes}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
    process = flow.load(drawing.bytes(plane))
    assert names(flow.start(process, facts={}, env=env()).opened) == ["a"]


def test_a_condition_that_is_no_boolean_is_not_taken() -> None:
    drawing = Drawing().start().choice("how", otherwise="else").user("a").user("b").end()
    drawing.flow("begin", "how").flow("how", "a", '= "yes"').flow("how", "b", ident="else").chain("a", "done").chain("b", "done")
    assert names(flow.start(flow.load(drawing.bytes()), facts={}, env=env()).opened) == ["b"]


@pytest.mark.parametrize("text", ["= 1 +", "= (", "= for i in 1..1000000000 return i"])
def test_an_expression_that_cannot_be_worked_out_is_told(text: str) -> None:
    process = flow.load(Drawing().start().script("sum", text, "x").end().chain("begin", "sum", "done").bytes())
    with pytest.raises(flow.BadExpression, match="cannot be worked out"):
        flow.start(process, facts={}, env=env())


def test_a_choice_without_otherwise_and_without_a_true_condition_is_told_by_name() -> None:
    drawing = Drawing().start().choice("how").user("a").user("b").end()
    drawing.flow("begin", "how").flow("how", "a", "= 1 > 2").flow("how", "b", "= null").chain("a", "done").chain("b", "done")
    with pytest.raises(flow.NoWayOut, match="how"):
        flow.start(flow.load(drawing.bytes()), facts={}, env=env())


def test_expressions_read_the_context_and_facts_win() -> None:
    drawing = Drawing().start().script("sum", "= case.fee + extra", "total").user("see").end().chain("begin", "sum", "see", "done")
    process = flow.load(drawing.bytes())
    moved = flow.start(process, facts={"extra": 2}, env=env(context={"case": {"fee": 40}, "extra": 100}))
    assert moved.facts["total"] == 42


def test_a_service_task_waits_until_its_action_has_written() -> None:
    drawing = Drawing().start().service("pay", "charge", amount="= tax.amount").user("see").end().chain("begin", "pay", "see", "done")
    process = flow.load(drawing.bytes())
    moved = flow.start(process, facts={}, env=env())
    (opened,) = moved.opened
    assert (opened.step.kind, opened.step.action, dict(opened.step.headers)) == ("service", "charge", {"amount": "= tax.amount"})
    moved = do(process, moved, "pay", charge={"id": "B-1"})
    assert (names(moved.opened), moved.facts["charge"]) == (["see"], {"id": "B-1"})


def test_a_rule_task_asks_the_decision_and_keeps_which_rows_fired() -> None:
    process = flow.load(Drawing().start().rule("price", "tax", "fee").user("see").end().chain("begin", "price", "see", "done").bytes())
    asked: list[tuple[str, dict[str, Any]]] = []

    def decide(name: str, context: Any) -> Answer:
        asked.append((name, dict(context)))
        return Answer({"amount": 1000}, ("row 3",))

    moved = flow.start(process, facts={"application": {"area": 3}}, env=env(context={"case": {"number": "1"}}, decide=decide))
    assert asked == [("tax", {"case": {"number": "1"}, "application": {"area": 3}})]
    assert moved.facts["fee"] == {"amount": 1000}
    (decided,) = moved.decided
    assert (decided.step.id, decided.name, decided.value, decided.fired) == ("price", "tax", {"amount": 1000}, ("row 3",))


def test_the_result_of_a_decision_without_a_name_stands_under_the_decision() -> None:
    process = flow.load(Drawing().start().rule("price", "tax").user("see").end().chain("begin", "price", "see", "done").bytes())
    assert flow.start(process, facts={}, env=env(decide=lambda *_: Answer(7))).facts["tax"] == 7


def test_parallel_branches_do_not_lose_each_others_answers() -> None:
    process = flow.load(parallel().bytes())
    moved = flow.start(process, facts={}, env=env())
    assert names(moved.opened) == ["a", "b"]
    moved = do(process, moved, "a", a={"ok": True}, shared=1)
    assert moved.opened == ()
    moved = do(process, moved, "b", b={"ok": False})
    assert names(moved.opened) == ["after"]
    assert dict(moved.facts) == {"a": {"ok": True}, "shared": 1, "b": {"ok": False}}


def parallel() -> Drawing:
    drawing = Drawing().start().fork("out").user("a").user("b").fork("in").user("after").end()
    return drawing.chain("begin", "out", "a", "in", "after", "done").chain("out", "b", "in")


def test_the_case_ends_only_when_every_branch_has_ended() -> None:
    drawing = Drawing().start().fork("out").user("a").user("b").end("one").end("two")
    process = flow.load(drawing.chain("begin", "out", "a", "one").chain("out", "b", "two").bytes())
    moved = do(process, flow.start(process, facts={}, env=env()), "a")
    assert moved.ended is None
    assert do(process, moved, "b").ended == "two"


def test_a_terminate_end_drops_what_is_still_open() -> None:
    drawing = Drawing().start().fork("out").user("a").user("b").end("stop", "<bpmn:terminateEventDefinition/>").end("two")
    process = flow.load(drawing.chain("begin", "out", "a", "stop").chain("out", "b", "two").bytes())
    first = flow.start(process, facts={}, env=env())
    other = task(first.state, process, "b")
    moved = do(process, first, "a")
    assert (moved.ended, moved.dropped, moved.opened) == ("stop", (other,), ())


def test_outputs_are_written_when_the_step_is_done() -> None:
    extra = '<zeebe:taskDefinition type="x"/><zeebe:ioMapping><zeebe:output source="= got.n * 2" target="twice"/></zeebe:ioMapping>'
    drawing = Drawing().start().add("serviceTask", "act", extra=extra).user("see").end().chain("begin", "act", "see", "done")
    process = flow.load(drawing.bytes())
    moved = flow.start(process, facts={}, env=env())
    assert "twice" not in moved.facts
    assert do(process, moved, "act", got={"n": 4}).facts["twice"] == 8


def test_an_automatic_loop_that_never_stops_is_stopped() -> None:
    drawing = Drawing().start().script("again", "= 1", "x").choice("how", otherwise="back").user("a").end()
    drawing.chain("begin", "again", "how").flow("how", "a", "= false").flow("how", "again", ident="back").chain("a", "done")
    with pytest.raises(flow.Endless, match=r"50\d"):
        flow.start(flow.load(drawing.bytes()), facts={}, env=env())


@pytest.mark.parametrize("state", [b"", b"{}", b"[]", b'{"v":2,"facts":{},"run":{}}', b"\xff"])
def test_a_state_that_is_none_is_refused_with_a_sentence(state: bytes) -> None:
    with pytest.raises(flow.BadState, match="cannot be read"):
        flow.snapshot(straight(), state)


def test_a_state_of_another_process_is_refused() -> None:
    moved = flow.start(straight(), facts={}, env=env())
    with pytest.raises(flow.BadState):
        flow.snapshot(choosing(), moved.state)


def test_a_world_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        flow.Env(now=datetime(2026, 1, 1))  # noqa: DTZ001

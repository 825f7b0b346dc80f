"""Diagrams of other tools that wait for what nothing in the file gives: facts, signals, keys; and times and events as they write them."""

from __future__ import annotations

import pytest

from engine import flow

from .drawing import Drawing, time, z
from .test_adopt import first, plain, row, taken
from .test_miwg import run
from .test_moves import do


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        (time("= someday", "timeDate"), "= someday"),
        (time("= deadline"), "= deadline"),
        (time('R/= duration("P" + string(n) + "D")', "timeCycle"), 'R/= duration("P" + string(n) + "D")'),
        (
            "<bpmn:conditionalEventDefinition><bpmn:condition>= stock &gt; 3</bpmn:condition></bpmn:conditionalEventDefinition>",
            "= stock > 3",
        ),
    ],
)
def test_a_time_or_a_condition_on_facts_that_nothing_writes_waits_until_somebody_says_so(inner: str, said: str) -> None:
    pen = row("a").add("boundaryEvent", "late", inner, attachedToRef="a", cancelActivity="false").end("e2").chain("late", "e2")
    adopted = flow.adopt(pen.bytes())
    assert [(note.code, note.facts["id"], note.facts["said"]) for note in adopted.notes] == [("import.told", "late", said)]
    process = flow.load(adopted.bpmn)
    assert (process.steps["late"].kind, run(process)) == ("receive", "ended")


def test_facts_that_something_in_the_diagram_writes_are_left_alone() -> None:
    pen = Drawing().start().user("apply").script("sum", "= working days(3)", "deadline").user("a").end().end("e2")
    pen.add("boundaryEvent", "late", time("= deadline"), attachedToRef="a").add(
        "boundaryEvent", "till", time("= apply.on", "timeDate"), attachedToRef="a"
    )
    data = pen.chain("begin", "apply", "sum", "a", "done").chain("late", "e2").chain("till", "e2").bytes()
    assert flow.adopt(data, functions=("working days",)) == flow.Adopted(data)


def test_a_list_that_nothing_writes_has_one_member_until_somebody_does() -> None:
    box = z("loopCharacteristics", inputCollection="= order.items", inputElement="item")
    several, number = f"<bpmn:extensionElements>{box}</bpmn:extensionElements>", "<bpmn:loopCardinality>= n</bpmn:loopCardinality>"
    for inner, facts in ((several, {"order": {"items": [1, 2, 3]}}), (number, {"n": 3})):
        mark = f"<bpmn:multiInstanceLoopCharacteristics>{inner}</bpmn:multiInstanceLoopCharacteristics>"
        pen = Drawing().start().add("task", "a", mark).end().chain("begin", "a", "done")
        process, notes = taken(pen.bytes())
        assert (notes, run(process)) == ({"import.each": "a"}, "ended")
        assert [len(flow.snapshot(process, first(process, **given).state).open) for given in ({}, facts)] == [1, 3]


def test_a_signal_on_the_way_that_nothing_sends_waits_until_somebody_says_so_and_one_that_is_sent_is_heard() -> None:
    catch = '<bpmn:signalEventDefinition signalRef="sig"/>'
    more = '<bpmn:signal id="sig" name="go"/>'
    alone = Drawing().start().add("intermediateCatchEvent", "w", catch).end().chain("begin", "w", "done")
    process, notes = taken(alone.bytes(more))
    assert (notes, process.steps["w"].message, run(process)) == ({"import.told": "w"}, "go", "ended")
    pen = Drawing().start().fork("out").add("intermediateCatchEvent", "w", catch).add("task", "a").end().end("sent", catch)
    data = pen.chain("begin", "out", "w", "done").chain("out", "a", "sent").bytes(more)
    assert flow.adopt(data) == flow.Adopted(data)


def test_a_key_of_facts_that_nothing_writes_is_left_out() -> None:
    pen = Drawing().start().receive("w", "paid").end().chain("begin", "w", "done")
    key = f"<bpmn:extensionElements>{z('subscription', correlationKey='= order.id')}</bpmn:extensionElements></bpmn:message>"
    data = pen.bytes().replace(b'name="paid"/>', f'name="paid">{key}'.encode())
    assert b"correlationKey" in data
    process, notes = taken(data)
    assert (notes, run(process)) == ({"import.left_out": "w"}, "ended")


@pytest.mark.parametrize(
    ("text", "interrupting", "when"),
    [
        ('= cycle(3, duration("PT1H"))', "false", ("timeCycle", "R3/PT1H")),
        ('= cycle(duration("P7D"))', "false", ("timeCycle", "R/P7D")),
        ('= "R2/P1D"', "false", ("timeCycle", "R2/P1D")),
        ("R3/PT1H", "true", ("timeDuration", "PT1H")),
        ('= cycle(duration("P7D"))', "true", ("timeDuration", "P7D")),
        ("0 0 9 * * MON-FRI", "false", None),
    ],
)
def test_times_that_come_again_and_again_are_read_as_other_tools_write_them(
    text: str, interrupting: str, when: tuple[str, str] | None
) -> None:
    pen = row("a").add("boundaryEvent", "late", time(text, "timeCycle"), attachedToRef="a", cancelActivity=interrupting).end("e2")
    process, _ = taken(pen.chain("late", "e2").bytes())
    assert (process.steps["late"].when, run(process)) == (when, "ended")


def test_an_event_that_throws_several_things_throws_one_after_another() -> None:
    both = '<bpmn:terminateEventDefinition/><bpmn:messageEventDefinition messageRef="m"/><bpmn:signalEventDefinition/>'
    pen = Drawing().start().add("task", "a").add("endEvent", "e", both, name="All").chain("begin", "a", "e")
    process, notes = taken(plain(pen, '<bpmn:message id="m" name="over"/>'))
    moved = do(process, first(process), "a")
    assert (notes, [each.name for each in moved.sent], moved.ended, process.steps["e"].terminates) == ({}, ["over", "All"], "e", True)

"""What was done is undone: compensation."""

from __future__ import annotations

from typing import Any

import pytest

from engine import flow

from .drawing import Drawing
from .test_back import still_open
from .test_events import begin
from .test_moves import do, env
from .test_refused import findings


def undoable(pen: Drawing, step: str, handler: str, tag: str = "userTask", **more: str) -> Drawing:
    pen.add("boundaryEvent", f"{step}_mark", "<bpmn:compensateEventDefinition/>", attachedToRef=step, **more)
    pen.add(tag, handler, isForCompensation="true")
    pen.parts.append(f'<bpmn:association id="as_{step}" sourceRef="{step}_mark" targetRef="{handler}"/>')
    return pen


def throw(pen: Drawing, ident: str, what: str = "", tag: str = "intermediateThrowEvent") -> Drawing:
    ref = f' activityRef="{what}"' if what else ""
    return pen.add(tag, ident, f"<bpmn:compensateEventDefinition{ref}/>")


def trip(what: str = "") -> Drawing:
    """Book, pay; or undo it all, and look."""
    pen = Drawing().start().user("book").user("pay").choice("how", "on").user("look").end().end("undone")
    undoable(undoable(pen, "book", "unbook"), "pay", "unpay")
    throw(pen, "back", what).chain("begin", "book", "pay", "how").chain("back", "look", "undone")
    return pen.flow("how", "back", "= regret").flow("how", "done", ident="on")


def walk(process: flow.Process, moved: flow.Moved, *steps: str, **facts: Any) -> flow.Moved:
    for step in steps:
        moved = do(process, moved, step, **facts)
    return moved


def test_what_was_done_is_undone_the_last_first() -> None:
    process, moved = begin(trip())
    moved = walk(process, moved, "book", "pay", regret=True)
    assert still_open(process, moved) == ["unpay"]
    moved = do(process, moved, "unpay", refunded=7)
    assert (still_open(process, moved), moved.facts["refunded"]) == (["unbook"], 7)
    moved = do(process, moved, "unbook")
    assert (still_open(process, moved), do(process, moved, "look").ended) == (["look"], "undone")


def test_only_what_is_named_is_undone_and_nothing_when_nothing_is_to_be_undone() -> None:
    process, moved = begin(trip("book"))
    moved = walk(process, moved, "book", "pay", regret=True)
    assert still_open(process, moved) == ["unbook"]
    assert still_open(process, do(process, moved, "unbook")) == ["look"]
    empty = undoable(throw(Drawing().start(), "back").user("a").end().user("x"), "x", "unx").chain("begin", "back", "a", "done")
    assert still_open(*begin(empty.chain("x", "done"))) == ["a"]


def test_what_was_not_done_is_not_undone_and_what_was_done_twice_is_undone_twice() -> None:
    pen = Drawing().start().choice("again").user("book").choice("how", "on").end().end("undone")
    undoable(pen, "book", "unbook").chain("begin", "again", "book", "how").flow("how", "again", "= more").flow("how", "done", ident="on")
    throw(pen, "back", tag="intermediateThrowEvent").flow("how", "back", "= regret").chain("back", "undone")
    process, moved = begin(pen)
    moved = walk(process, walk(process, moved, "book", more=True), "book", more=False, regret=True)
    moved = do(process, moved, "unbook")
    assert still_open(process, moved) == ["unbook"]
    assert do(process, moved, "unbook").ended == "undone"


def nested(own: bool = False) -> Drawing:
    inside = undoable(Drawing("trip").start("t1").user("book").user("pay").end("t2").chain("t1", "book", "pay", "t2"), "book", "unbook")
    undoable(inside, "pay", "refund", "scriptTask")
    inside.parts = [
        part.replace('isForCompensation="true">', 'isForCompensation="true"><bpmn:extensionElements>'
                     '<zeebe:script expression="= 1" resultVariable="refunded"/></bpmn:extensionElements>', 1)
        if "scriptTask" in part else part
        for part in inside.parts
    ]  # fmt: skip
    pen = throw(Drawing().start().sub("trip", inside).user("look"), "back", "trip", "endEvent").chain("begin", "trip", "look", "back")
    return undoable(pen, "trip", "apologise") if own else pen


def test_what_was_done_in_a_sub_process_is_undone_when_that_is_over() -> None:
    process, moved = begin(nested())
    moved = walk(process, moved, "book", "pay", "look")
    assert (still_open(process, moved), moved.facts["refunded"]) == (["unbook"], 1)
    assert do(process, moved, "unbook").ended == "back"


def test_a_sub_process_with_an_undoing_of_its_own_is_undone_by_that() -> None:
    process, moved = begin(nested(own=True))
    moved = walk(process, moved, "book", "pay", "look")
    assert (still_open(process, moved), "refunded" in moved.facts) == (["apologise"], False)


def test_a_sub_process_beside_undoes_what_was_done_around_it() -> None:
    pen = undoable(Drawing().start().user("book").user("stay").end().chain("begin", "book", "stay", "done"), "book", "unbook")
    handler = Drawing("on").receive("heard", "stop", "startEvent")
    throw(handler, "back").end("stopped").chain("heard", "back", "stopped")
    pen.messages.update(handler.messages)
    process, moved = begin(pen.add("subProcess", "on", "".join(handler.parts), triggeredByEvent="true"))
    moved = flow.send(process, do(process, moved, "book").state, "stop", {}, env=env())
    assert still_open(process, moved) == ["unbook"]
    assert do(process, moved, "unbook").ended == "stopped"


def test_the_undoing_is_dropped_with_what_asked_for_it() -> None:
    inside = throw(Drawing("inner").start("i1"), "back").end("i2").chain("i1", "back", "i2")
    inside = undoable(inside.user("a"), "a", "una")
    inside.parts = [part.replace('targetRef="back"', 'targetRef="a"') for part in inside.parts]
    inside.chain("a", "back")
    pen = Drawing().start().sub("part", inside).boundary("late", "part", "P1D").end().end("e2").chain("begin", "part", "done")
    process, moved = begin(pen.chain("late", "e2"))
    moved = do(process, moved, "a")
    assert still_open(process, moved) == ["una"]
    assert flow.wake(process, moved.state, env=env(2)).ended == "e2"


def test_a_case_is_moved_with_what_can_be_undone() -> None:
    process, moved = begin(trip())
    moved = walk(process, moved, "book")
    new = flow.load(trip().bytes())
    moved = flow.move(process, moved.state, new, env=env())
    assert still_open(new, walk(new, walk(new, moved, "pay", regret=True), "unpay")) == ["unbook"]
    other = Drawing().start().user("book").user("pay").end().chain("begin", "book", "pay", "done")
    with pytest.raises(flow.CannotMove):
        flow.move(process, moved.state, flow.load(other.bytes()), env=env())


def test_undoing_that_cannot_work_is_refused() -> None:
    pen = Drawing().start().user("a").end().chain("begin", "a", "done")
    alone = pen.add("userTask", "x", isForCompensation="true")
    assert findings(alone.bytes()) == {"process.undo_alone": "process.bpmn#x"}
    pen = throw(Drawing().start().user("a"), "e", "a", "endEvent").chain("begin", "a", "e")
    assert findings(pen.bytes()) == {"process.undo_unknown": "process.bpmn#e"}
    pen = Drawing().start().user("a").end().chain("begin", "a", "done")
    pen.add("boundaryEvent", "mark", "<bpmn:compensateEventDefinition/>", attachedToRef="a")
    assert findings(pen.bytes()) == {"process.undo_nothing": "process.bpmn#mark"}
    pen = undoable(Drawing().start().choice("a").end().chain("begin", "a", "done"), "a", "x")
    assert "process.undo_host" in findings(pen.bytes())
    pen = undoable(Drawing().start().user("a").end().chain("begin", "a", "done"), "a", "x").chain("x", "done")
    assert findings(pen.bytes()) == {"process.undo_handler": "process.bpmn#x"}
    loop = "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>= 2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>"
    inside = undoable(Drawing("i").start("i1").user("a").end("i2").chain("i1", "a", "i2"), "a", "x")
    pen = Drawing().start().sub("part", inside, loop).end().chain("begin", "part", "done")
    assert findings(pen.bytes()) == {"process.undo_several": "process.bpmn#x"}

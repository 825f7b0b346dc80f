"""What the running of difficult shapes costs: processor time of the flow alone (restore, step, dump), beside SpiffWorkflow as it comes.

The same diagrams for both, but that the loop's condition is FEEL in one and Python in the other. Of 200 tasks in a row stock SpiffWorkflow
does the first twenty, of the blocks one step: more would take minutes.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from statistics import median
from time import process_time
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine import flow
from tests.engine.flow.drawing import Drawing

ENV = flow.Env(datetime(2026, 6, 2, 2, 0, tzinfo=UTC))
Step = Callable[[], float]


@dataclass(frozen=True)
class Figure:
    """Milliseconds to start, of a step at the beginning and at the end (a tenth of all each), and the bytes of the largest state."""

    start: float
    first: float
    last: float
    state: int


def row(many: int) -> Drawing:
    """So many tasks one after another."""
    pen = Drawing().start()
    for place in range(many):
        pen.user(f"t{place}")
    return pen.end().chain("begin", *(f"t{place}" for place in range(many)), "done")


def blocks(many: int) -> Drawing:
    """So many parallel blocks of two tasks one after another."""
    pen, names = Drawing().start(), []
    for place in range(many):
        fork, join = f"fork{place}", f"join{place}"
        pen.fork(fork).user(f"a{place}").user(f"b{place}").fork(join)
        pen.chain(fork, f"a{place}", join).chain(fork, f"b{place}", join)
        names.append((fork, join))
    pen.end().flow("begin", names[0][0]).flow(names[-1][1], "done")
    for (_, join), (fork, _) in pairwise(names):
        pen.flow(join, fork)
    return pen


def loop(*, python: bool) -> Drawing:
    """A task that comes again until it says stop."""
    pen = Drawing().start().choice("back").user("again").choice("enough", "more").end()
    pen.chain("begin", "back", "again", "enough").flow("enough", "back", ident="more")
    return pen.flow("enough", "done", 'again["stop"] == True' if python else "= again.stop = true", "stop")


def many_at_once(many: int) -> Drawing:
    """One task for each of so many members, all open at once."""
    pen = Drawing().start()
    inner = (
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
        '<zeebe:loopCharacteristics inputCollection="= members" inputElement="member"/>'
        "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>"
    )
    pen.user("each")
    pen.parts[-1] = pen.parts[-1].replace("</bpmn:userTask>", f"{inner}</bpmn:userTask>")
    return pen.end().chain("begin", "each", "done")


def ours(pen: Drawing, steps: int, facts: dict[str, Any] | None = None) -> Figure:
    """Through `engine.flow`: the state is bytes between any two steps."""
    process = flow.load(pen.bytes())
    began = process_time()
    moved = flow.start(process, facts=facts or {}, env=ENV)
    start, took, size, state = process_time() - began, [], len(moved.state), moved.state
    for _ in range(steps):
        task = flow.snapshot(process, state).open[0]
        began = process_time()
        state = flow.complete(process, state, task.task, {task.step.id: {"stop": False}}, env=ENV).state
        took.append(process_time() - began)
        size = max(size, len(state))
    return _figure(start, took, size)


def stock(pen: Drawing, steps: int) -> Figure:
    """Through SpiffWorkflow as it comes: JSON text between any two steps."""
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(BytesIO(pen.bytes())))
    spec = parser.get_spec("p")
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
    began = process_time()
    workflow = BpmnWorkflow(spec)
    workflow.do_engine_steps()
    text = serializer.serialize_json(workflow)
    start, took, size = process_time() - began, [], len(text)
    for _ in range(steps):
        began = process_time()
        workflow = serializer.deserialize_json(text)
        task = next(each for each in workflow.get_tasks(state=TaskState.READY) if each.task_spec.manual)
        task.data[task.task_spec.name] = {"stop": False}
        task.run()
        workflow.do_engine_steps()
        text = serializer.serialize_json(workflow)
        took.append(process_time() - began)
        size = max(size, len(text))
    return _figure(start, took, size)


def _figure(start: float, took: Sequence[float], size: int) -> Figure:
    tenth = max(1, len(took) // 10)
    return Figure(start * 1000, median(took[:tenth]) * 1000, median(took[-tenth:]) * 1000, size)


def main() -> bool:
    """Print the figures; whether the goals are met (loop: last tenth at most 1.2 x the first; 8 blocks: 3 ms and 5 kB)."""
    gc.disable()
    print(f"\n{'shapes, flow alone':26} {'start':>9} {'first':>9} {'last':>9} {'state':>8}      stock: start, first, last, state")
    loops = ours(loop(python=False), 200)
    eight = min((ours(blocks(8), 16) for _ in range(5)), key=lambda each: each.start)
    _line("200 tasks in a row", ours(row(200), 200), stock(row(200), 20))
    _line("loop of 200 passes", loops, stock(loop(python=True), 200))
    _line("8 parallel blocks", eight, stock(blocks(8), 1))
    _line("50 at once", ours(many_at_once(50), 50, {"members": list(range(50))}), None)
    gc.enable()
    met = loops.last <= 1.2 * loops.first and eight.start <= 3 and eight.state <= 5_000
    print(f"loop, last tenth / first: {loops.last / loops.first:.2f} (goal 1.2)")
    print(f"8 blocks: {eight.start:.2f} ms to start, {eight.state} bytes (goal 3 ms, 5,000 bytes)")
    return met


def _line(name: str, own: Figure, other: Figure | None) -> None:
    beside = f"{other.start:9.2f} {other.first:9.3f} {other.last:9.3f} {other.state:8}" if other else "it does not know Zeebe's element"
    print(f"{name:26} {own.start:6.2f} ms {own.first:6.3f} ms {own.last:6.3f} ms {own.state:6} B   {beside}")


if __name__ == "__main__":
    main()

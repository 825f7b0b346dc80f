"""Events: what waits for one, what throws one, and how far it reaches.

A message or signal from outside, and a signal thrown inside, reach everything that waits for it by name. An error or an escalation goes
from the (sub-)process it was thrown in outwards, until a sub-process beside or a boundary event catches it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from .errors import WhichMessage
from .lean import Lean
from .loops import instance_of
from .model import Sent
from .scene import LISTENER

Task = Any
_REPEATS = frozenset({"message", "signal", "escalation"})
_THROWN = frozenset({"message", "signal", "error", "escalation"})


class Awaited(EventDefinition):
    """Happens when the case is told so. Its key, when it has one, is worked out on entering."""

    def has_fired(self, my_task: Task) -> bool:
        notes, scene = my_task.internal_data, my_task.workflow.top_workflow.scene
        step = my_task.task_spec.step
        if step is not None and step.key and "key" not in notes:
            notes["key"] = scene.key(step, my_task.facts)
        return bool(notes.get("event_fired", False))


class Timer(TimerEventDefinition):
    """A timer whose moment is computed once, on entering, from the clock that the caller handed in."""

    def has_fired(self, my_task: Task) -> bool:
        scene = my_task.workflow.top_workflow.scene
        if "due" not in my_task.internal_data:
            my_task.internal_data["due"] = scene.due(my_task.task_spec.step, my_task.facts).isoformat()
        return bool(scene.is_due(my_task.internal_data["due"]))


class Condition(EventDefinition):
    """Happens when an expression is true: on entering, or after a later move."""

    def has_fired(self, my_task: Task) -> bool:
        scene = my_task.workflow.top_workflow.scene
        return bool(scene.holds(my_task.task_spec.step.expression, my_task.facts))


def definition(event: str | None, name: str) -> EventDefinition:
    """What the library shall ask whether the event has happened."""
    if event == "timer":
        return Timer(name, "")
    return Condition(name) if event == "condition" else Awaited(name)


class PassEvent(Lean, BpmnSpecMixin):
    """An event without a meaning (a milestone in the drawing), or one that is thrown."""

    def _run_hook(self, my_task: Task) -> bool:
        throw(my_task)
        return True


class EndEvent(Lean, defaults.EndEvent):
    """The end of a branch, which may throw, or stop all other branches."""

    def _run_hook(self, my_task: Task) -> bool:
        throw(my_task)
        return True

    def _on_complete_hook(self, my_task: Task) -> None:
        if self.step is not None and self.step.terminates:
            for task in my_task.workflow.alive():
                task.cancel()
            my_task.workflow.over()


class Waiting(Lean):
    """Waits until its event has happened."""

    event_definition: Any

    def _update_hook(self, my_task: Task) -> bool:
        if self.event_definition.has_fired(my_task):
            return True
        if my_task._state != TaskState.WAITING:
            my_task._set_state(TaskState.WAITING)
        return False

    def _run_hook(self, my_task: Task) -> bool:
        my_task.internal_data.pop("event_fired", None)
        return True


class CatchEvent(Waiting, defaults.IntermediateCatchEvent):
    """Waits for its event. Behind an event-based gateway, the first one that happens drops the others."""

    def _run_hook(self, my_task: Task) -> bool:
        settle(my_task)
        return super()._run_hook(my_task)


class ReceiveTask(Waiting, defaults.ReceiveTask):
    """Waits for a message."""

    def _update_hook(self, my_task: Task) -> bool:
        my_task.enter()
        return super()._update_hook(my_task)

    def _run_hook(self, my_task: Task) -> bool:
        settle(my_task)
        return super()._run_hook(my_task)


class EventGateway(Lean, BpmnSpecMixin):
    """Enters every event behind it; each has its own time. They race: see `settle`."""

    def _predict_hook(self, my_task: Task) -> None:
        """What is behind it is entered when it runs."""

    def _run_hook(self, my_task: Task) -> bool:
        for spec in self.outputs:
            my_task._add_child(spec, TaskState.FUTURE).internal_data["race"] = my_task.id
        return True


def settle(my_task: Task) -> None:
    """An event behind an event-based gateway has happened: the others no longer can."""
    race = my_task.internal_data.pop("race", None)
    if race is None:
        return
    for task in my_task.workflow.alive():
        if task is not my_task and task.internal_data.get("race") == race:
            task.cancel()


class BoundaryEvent(Waiting, defaults.BoundaryEvent):
    """An event on the boundary of a step. One that does not interrupt can happen again and leaves its successor waiting there."""

    def _run_hook(self, my_task: Task) -> bool:
        notes = dict(my_task.internal_data)
        super()._run_hook(my_task)
        more = None if self.cancel_activity else again(my_task, notes)
        if more is not None:
            following = my_task.parent._add_child(self, TaskState.MAYBE)
            following.internal_data.update(more)
            following._set_state(TaskState.WAITING)
        return True


class Listener(Waiting, defaults.IntermediateCatchEvent):
    """Waits, as long as its process or sub-process runs, for the start of a sub-process beside; an interrupting one drops all the rest."""

    def _run_hook(self, my_task: Task) -> bool:
        notes = dict(my_task.internal_data)
        if self.step is not None and self.step.interrupting:
            for task in my_task.workflow.alive():
                if task is not my_task and task.id in my_task.workflow.living:
                    task.cancel()
        elif (more := again(my_task, notes)) is not None:
            listen(my_task.workflow, self, more)
        my_task.internal_data.pop("event_fired", None)
        return True


def listen(scope: Any, spec: Listener, notes: dict[str, Any] | None = None) -> None:
    """Begin to wait for the start of a sub-process beside."""
    task = scope.task_tree.beside(spec)
    if notes is None:
        task._set_state(TaskState.FUTURE)
        spec._update(task)
    else:
        task.internal_data.update(notes)
        task._set_state(TaskState.WAITING)


def again(my_task: Task, notes: dict[str, Any]) -> dict[str, Any] | None:
    """The notes of an event that can happen once more; None when it cannot."""
    scene = my_task.workflow.top_workflow.scene
    step = my_task.task_spec.step
    if step.event in _REPEATS:
        return {"key": notes["key"]} if "key" in notes else {}
    more: dict[str, Any] | None = scene.again(step, notes, my_task.facts) if step.event == "timer" else None
    return more


def happen(task: Task) -> None:
    """The event that a task waits for has happened."""
    task.internal_data["event_fired"] = True
    task.task_spec._update(task)


def waiting_for(run: Any, events: frozenset[str], name: str) -> list[Task]:
    """Everything in the case that waits for a message or signal of this name."""
    found = []
    for task in run.everything_alive():
        step = task.task_spec.step
        if task._state == TaskState.WAITING and step and step.event in events and step.message == name and listens(task):
            found.append(task)
    return found


def told_apart(tasks: list[Task], message: str, key: str | None) -> list[Task]:
    """Those that a message with this key is for; who asks for no key takes any. Raises WhichMessage when a key is needed, not given."""
    keys = sorted({task.internal_data["key"] for task in tasks if "key" in task.internal_data})
    if key is None and len(keys) > 1:
        raise WhichMessage(message=message, keys=", ".join(keys))
    return [task for task in tasks if key is None or task.internal_data.get("key", key) == key]


def listens(task: Task) -> bool:
    """Whether the task stands for an event that is caught (a start event is caught by its listener)."""
    return isinstance(task.task_spec, CatchEvent | ReceiveTask | BoundaryEvent | Listener)


def throw(my_task: Task) -> None:
    """What an event throws when it is passed."""
    step = my_task.task_spec.step
    if step is None or step.event not in _THROWN:
        return
    run = my_task.workflow.top_workflow
    if step.event in {"message", "signal"}:
        run.scene.sent.append(Sent(step, step.event, step.message or ""))
        for task in waiting_for(run, frozenset({"signal"}), step.message or "") if step.event == "signal" else ():
            happen(task)
        return
    run.scene.passed(step, my_task.id, my_task.facts)
    caught = _catcher(my_task, step.event, step.message)
    if caught is not None:
        caught.internal_data["event_fired"] = True
        caught._ready()
        caught.run()
    elif step.event == "error":
        run.scene.ended = step.id
        run.cancel()


def _catcher(my_task: Task, event: str, code: str | None) -> Task | None:
    """What catches an error or an escalation: the nearest, from the inside outwards; one that names the code before one that takes any."""
    for group in _outwards(my_task.workflow):
        steps = [(task, task.task_spec.step) for task in group if task._state == TaskState.WAITING]
        found = [(step.message is None, number, task) for number, (task, step) in enumerate(steps) if _catches(step, event, code)]
        if found:
            return min(found)[2]
    return None


def _outwards(scope: Any) -> Iterator[list[Task]]:
    """What could catch, in a scope, on the boundary of its step, in the scope of that, and so on."""
    run = scope.top_workflow
    while True:
        yield [task for task in scope.alive() if isinstance(task.task_spec, Listener)]
        if scope is run:
            return
        host = scope.host
        scope, guard = host.workflow, (instance_of(host) or host).parent
        yield [task for task in guard.children if isinstance(task.task_spec, BoundaryEvent)]


def _catches(step: Any, event: str, code: str | None) -> bool:
    return step is not None and step.event == event and step.message in {None, code}


def listener_of(start: str) -> str:
    """What the listener for a start event is called."""
    return f"{start}{LISTENER}"

"""SpiffWorkflow's task specifications, each corrected where it would be wrong for permits. One instance serves all cases; it keeps nothing.

What a case is doing stands in its `Run` (run.py), reached through `task.workflow.top_workflow`.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit, _EndJoin
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from .errors import NoWayOut
from .events import BoundaryEvent, CatchEvent, Condition, EndEvent, EventGateway, Listener, PassEvent, ReceiveTask, definition
from .joins import InclusiveGateway
from .lean import Lean
from .loops import MultiInstance, StandardLoop
from .undo import UndoEvent

Task = Any

__all__ = [
    "BoundaryEvent",
    "CallActivity",
    "CatchEvent",
    "Condition",
    "EndEvent",
    "EndJoin",
    "EventGateway",
    "ExclusiveGateway",
    "Guard",
    "InclusiveGateway",
    "LaterRuleTask",
    "Listener",
    "MultiInstance",
    "ParallelGateway",
    "PassEvent",
    "ProcessSpec",
    "ReceiveTask",
    "RuleTask",
    "ScriptTask",
    "ServiceTask",
    "StandardLoop",
    "StartEvent",
    "SubProcess",
    "UndoEvent",
    "UserTask",
    "definition",
]


class UserTask(Lean, defaults.UserTask):
    """Waits, ready, until someone completes it."""

    def _on_ready_hook(self, my_task: Task) -> None:
        my_task.enter()


class StartEvent(Lean, defaults.StartEvent):
    """The start. What starts a sub-process beside is its listener."""


class ServiceTask(UserTask):
    """Waits like a user task, for an automatic step."""


class RuleTask(Lean, BpmnSpecMixin):
    """Asks the caller's decision and writes its value."""

    def _run_hook(self, my_task: Task) -> bool:
        scene = my_task.workflow.top_workflow.scene
        scene.decide(self.step, my_task.facts)
        return True


class LaterRuleTask(RuleTask):
    """Waits until the case, which was kept before it, is let go on."""

    def __init__(self, wf_spec: Any, name: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, name, manual=True, **kwargs)

    def _on_ready_hook(self, my_task: Task) -> None:
        my_task.enter()


class ScriptTask(Lean, BpmnSpecMixin):
    """Writes the value of one FEEL expression. Statements do not exist."""

    def _run_hook(self, my_task: Task) -> bool:
        scene = my_task.workflow.top_workflow.scene
        scene.assign(self.step, my_task.facts)
        return True


class ExclusiveGateway(Lean, defaults.ExclusiveGateway):
    """Takes the first flow, in the order of the file, whose condition is true; null is not true.

    The library orders flows by the height of the target's drawing, and takes every value but "falsy" ones for true.
    """

    def _predict_hook(self, my_task: Task) -> None:
        """The way out is not known before the gateway runs."""

    def _run_hook(self, my_task: Task) -> bool:
        scene = my_task.workflow.top_workflow.scene
        chosen = self.default_task_spec
        for condition, name in self.cond_task_specs:
            if condition is not None and scene.holds(condition.args[0], my_task.facts):
                chosen = name
                break
        if chosen is None:
            raise NoWayOut(step=self.name, name=scene.name(self.name))
        my_task._add_child(self._wf_spec.task_specs[chosen], TaskState.FUTURE)
        return True


class ParallelGateway(Lean, defaults.ParallelGateway):
    """Waits for one token from every way in, and uses up exactly one of each when it fires.

    Tokens that wait are counted in the waiting task, so that a second round of a loop finds none of the first (the library
    counts finished tasks, old ones too, and fires early).
    """

    def _update_hook(self, my_task: Task) -> bool:
        if my_task._state == TaskState.WAITING:
            return False
        arrived = my_task.parent.task_spec.name
        keeper = next((task for task in my_task.workflow.waiting() if task.task_spec is self), None)
        tokens = [*(keeper.internal_data["tokens"] if keeper else ()), arrived]
        if set(tokens) >= set(self._inputs):
            return self._fire(keeper, tokens)
        if keeper is None:
            my_task.internal_data["tokens"] = tokens
            my_task._set_state(TaskState.WAITING)
        else:
            keeper.internal_data["tokens"] = tokens
            my_task._set_state(TaskState.CANCELLED)
        return False

    def _fire(self, keeper: Task | None, tokens: list[str]) -> bool:
        for name in self._inputs:
            tokens.remove(name)
        if keeper is not None and tokens:
            keeper.internal_data["tokens"] = tokens
        elif keeper is not None:
            keeper._set_state(TaskState.CANCELLED)
        return True


class Guard(Lean, BoundaryEventSplit):
    """A step together with the events on its boundary: its children are the step and the events that wait beside it."""


class EndJoin(Lean, _EndJoin):
    """Closes the (sub-)process when nothing else in it is alive."""

    def _predict_hook(self, my_task: Task) -> None:
        """Nothing comes after it."""

    def _update_hook(self, my_task: Task) -> bool:
        others = [task for task in my_task.workflow.alive() if task is not my_task and not isinstance(task.task_spec, Listener)]
        for task in others:
            if task.task_spec is self:
                task.cancel()
        if all(task.task_spec is self for task in others):
            return True
        my_task._set_state(TaskState.WAITING)
        return False

    def _run_hook(self, my_task: Task) -> bool:
        for task in my_task.workflow.alive():
            if task is not my_task:
                task.cancel()
        return True


class _Whole(Lean):
    """What runs a (sub-)process: open until that is over. There is nothing to copy in or out: the facts of a case are in one place."""

    spec: str

    def _update_hook(self, my_task: Task) -> bool:
        my_task.enter()
        my_task._set_state(TaskState.STARTED)
        my_task.workflow.top_workflow.create_subprocess(my_task, self.spec)
        return False

    def _on_cancel(self, my_task: Task) -> None:
        part = my_task.workflow.top_workflow.subprocesses.get(my_task.id)
        if part is not None:
            part.cancel()


class SubProcess(_Whole, defaults.SubWorkflowTask):
    """A sub-process."""


class CallActivity(_Whole, defaults.CallActivity):
    """A shared part. It reads and writes the facts of the case like every other step."""


class ProcessSpec(BpmnProcessSpec):
    """A process whose last join is ours, and that knows which sub-processes an event can start beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = self.task_specs["End"]
        last.inputs = []
        del self.task_specs[self.end.name]
        self.end: EndJoin = EndJoin(self, f"{self.name}.EndJoin")
        self.end.connect(last)
        self.listeners: list[Listener] = []
        self.handlers: dict[str, Any] = {}

"""Inclusive gateways: which ways are taken, and when everything has come that still can come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.util.task import TaskState

from .errors import NoWayOut
from .lean import Lean

Task = Any


class InclusiveGateway(Lean, defaults.InclusiveGateway):
    """Takes every way out whose condition is true; waits for every token that can still come to a way in where none is yet.

    A token can still come when there is a path of flows from it to an empty way in that does not lead through the gateway, and none to
    a way in that has its token (BPMN 2.0.2, 13.4.3). `Run.go` asks `may_fire` when nothing else can move by itself. The library counts
    finished tasks, and does not see those that wait in sub-processes.
    """

    # Way in -> the specifications from which it can be reached; filled in by `look_ahead` when the diagram has been read.
    reached: dict[str, frozenset[str]]

    def _predict_hook(self, my_task: Task) -> None:
        """The ways out are not known before the gateway runs."""

    def _update_hook(self, my_task: Task) -> bool:
        if len(self._inputs) < 2:
            return True
        if my_task._state == TaskState.WAITING:
            return False
        arrived = my_task.parent.task_spec.name
        keeper = next((task for task in my_task.workflow.waiting() if task.task_spec is self), None)
        if keeper is None:
            my_task.internal_data["tokens"] = [arrived]
            my_task._set_state(TaskState.WAITING)
        else:
            keeper.internal_data["tokens"] = [*keeper.internal_data["tokens"], arrived]
            my_task._set_state(TaskState.CANCELLED)
        return False

    def may_fire(self, keeper: Task) -> bool:
        """Whether nothing that is alive beside the waiting tokens can still come."""
        filled = set(keeper.internal_data["tokens"])
        empty = set(self._inputs) - filled
        alive = {task.task_spec.name for task in keeper.workflow.alive() if task is not keeper}
        return not any(self._reaches(name, empty) and not self._reaches(name, filled) for name in alive)

    def _reaches(self, name: str, ways: Iterable[str]) -> bool:
        return any(name in self.reached[way] for way in ways)

    def fire(self, keeper: Task) -> None:
        """Use up one token of every way in; what is left waits for the next round."""
        left = list(keeper.internal_data.pop("tokens"))
        for name in set(left):
            left.remove(name)
        if left:
            rest = keeper.workflow.task_tree.beside(self)
            rest.internal_data["tokens"] = left
            rest._set_state(TaskState.WAITING)
        keeper._ready()

    def _run_hook(self, my_task: Task) -> bool:
        scene = my_task.workflow.top_workflow.scene
        ways = [(condition, name) for condition, name in self.cond_task_specs if condition is not None]
        chosen = [name for condition, name in ways if scene.holds(condition.args[0], my_task.facts)]
        if not chosen and self.default_task_spec is not None:
            chosen = [self.default_task_spec]
        if not chosen:
            raise NoWayOut(step=self.name, name=scene.name(self.name))
        for name in chosen:
            my_task._add_child(self._wf_spec.task_specs[name], TaskState.FUTURE)
        return True

    @property
    def default_task_spec(self) -> str | None:
        return next((name for condition, name in self.cond_task_specs if condition is None), None)


def look_ahead(spec: Any) -> None:
    """Find out once, for every inclusive gateway of a process, from where its ways in can be reached."""
    for gateway in spec.task_specs.values():
        if isinstance(gateway, InclusiveGateway):
            gateway.reached = {way: _behind(spec, way, gateway.name) for way in gateway._inputs}


def _behind(spec: Any, way: str, gateway: str) -> frozenset[str]:
    seen, todo = {way} - {gateway}, [way]
    while todo:
        for name in spec.task_specs[todo.pop()]._inputs:
            if name not in seen and name != gateway:
                seen.add(name)
                todo.append(name)
    return frozenset(seen)

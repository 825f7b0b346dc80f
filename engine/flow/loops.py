"""Steps that are done several times: once for each member of a list, or again and again while a condition holds.

The step itself stays open (STARTED) until it is over; each time it is done is an instance, a living token of its own that notes which
step it is `of` and its number `n`. What an instance of a list writes stays in its own facts: instances cannot mix.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from .errors import NoList
from .lean import Lean
from .scene import EACH

Task = Any
_COUNTER = "loopCounter"


class Repeated(Lean, BpmnSpecMixin):
    """What both kinds share. Its notes stand under `loop` in the task's internal data."""

    def _run_hook(self, my_task: Task) -> bool | None:
        loop = my_task.internal_data.get("loop")
        if loop is None:
            loop = my_task.internal_data["loop"] = self.begin(my_task)
        return True if loop.get("over") else None

    def _on_cancel(self, my_task: Task) -> None:
        self.stop(my_task)
        super()._on_cancel(my_task)

    def stop(self, my_task: Task) -> int:
        """Drop the instances that are still open; how many there were."""
        mine = [task for task in my_task.workflow.alive() if task.internal_data.get("of") == my_task.id]
        for task in mine:
            task.cancel()
        return len(mine)

    def add(self, my_task: Task, number: int, facts: dict[str, Any] | None = None) -> None:
        """Open the instance with this number, counted from 1."""
        instance = my_task.workflow.task_tree.beside(self._wf_spec.task_specs[f"{self.name}{EACH}"])
        instance.internal_data.update({"of": my_task.id, "n": number})
        if facts is not None:
            instance.keep_apart(facts)
        instance.begin()

    def over(self, my_task: Task) -> None:
        my_task.internal_data["loop"] = {"over": True}
        my_task._set_state(TaskState.READY)

    def begin(self, my_task: Task) -> dict[str, Any]:
        raise NotImplementedError

    def done(self, my_task: Task, instance: Task) -> None:
        raise NotImplementedError


class MultiInstance(Repeated):
    """Once for each member of a list, all at once or one after another."""

    def begin(self, my_task: Task) -> dict[str, Any]:
        scene, facts = my_task.workflow.top_workflow.scene, my_task.facts
        step = scene.step(self.name)
        members = scene.evaluate(step.loop.collection, facts)
        if not isinstance(members, list):
            raise NoList(step=step.id, name=step.name, value=members)
        plain = scene.plain(members)
        loop = {"total": len(plain), "done": 0, "out": [None] * len(plain), "left": []}
        if not plain:
            self._hand_on(my_task, step, loop)
            return {"over": True}
        now = 1 if step.loop.sequential else len(plain)
        loop["left"] = plain[now:]
        for number, member in enumerate(plain[:now], 1):
            self.add(my_task, number, self._facts(step, number, member))
        return loop

    def _facts(self, step: Any, number: int, member: Any) -> dict[str, Any]:
        named = {step.loop.element: member} if step.loop.element else {}
        return {**named, _COUNTER: number}

    def done(self, my_task: Task, instance: Task) -> None:
        scene = my_task.workflow.top_workflow.scene
        step, loop, number = scene.step(self.name), my_task.internal_data["loop"], instance.internal_data["n"]
        given = {_COUNTER, step.loop.element}
        loop["done"] += 1
        loop["out"][number - 1] = (
            scene.plain(scene.evaluate(step.loop.result, instance.facts))
            if step.loop.result
            else {name: value for name, value in instance.apart.items() if name not in given}
        )
        if loop["done"] == loop["total"] or self._is_enough(my_task, step, loop, instance):
            self.stop(my_task)
            self._hand_on(my_task, step, loop)
            self.over(my_task)
        elif loop["left"]:
            member, *loop["left"] = loop["left"]
            self.add(my_task, number + 1, self._facts(step, number + 1, member))

    def _is_enough(self, my_task: Task, step: Any, loop: dict[str, Any], instance: Task) -> bool:
        if not step.loop.until:
            return False
        active = loop["total"] - loop["done"] - len(loop["left"])
        counts = {
            "numberOfInstances": loop["total"],
            "numberOfActiveInstances": active,
            "numberOfCompletedInstances": loop["done"],
            "numberOfTerminatedInstances": 0,
            **({step.loop.results: loop["out"]} if step.loop.results else {}),
        }
        scene = my_task.workflow.top_workflow.scene
        return bool(scene.holds(step.loop.until, instance.facts.over(counts)))

    def _hand_on(self, my_task: Task, step: Any, loop: dict[str, Any]) -> None:
        """Under the name of the results, or, without one, everything the instances wrote as a list under its own name."""
        if step.loop.results:
            my_task.facts.write_plain(step.loop.results, loop["out"])
            return
        every = [each or {} for each in loop["out"]]
        for name in dict.fromkeys(name for each in every for name in each):
            my_task.facts.write_plain(name, [each.get(name) for each in every])


class StandardLoop(Repeated):
    """Again and again while a condition holds; what it writes are facts like those of any step."""

    def begin(self, my_task: Task) -> dict[str, Any]:
        step = my_task.workflow.top_workflow.scene.step(self.name)
        if step.loop.test_first and not self._goes_on(my_task, step, 0):
            return {"over": True}
        self.add(my_task, 1)
        return {"done": 0}

    def done(self, my_task: Task, instance: Task) -> None:
        step = my_task.workflow.top_workflow.scene.step(self.name)
        number = instance.internal_data["n"]
        if self._goes_on(my_task, step, number):
            self.add(my_task, number + 1)
        else:
            self.over(my_task)

    def _goes_on(self, my_task: Task, step: Any, times: int) -> bool:
        if step.loop.limit is not None and times >= step.loop.limit:
            return False
        condition = step.loop.while_
        return condition is None or bool(my_task.workflow.top_workflow.scene.holds(condition, my_task.facts))


def instance_of(task: Task) -> Task | None:
    """The step that a task is one instance of, while that is open."""
    of = task.internal_data.get("of")
    found: Task | None = task.workflow.living.get(of) if of else None
    return found

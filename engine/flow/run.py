"""SpiffWorkflow's workflows, made to know what is alive: the library scans its whole task tree at every step instead."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.script_engine import BasePythonScriptEngineEnvironment, PythonScriptEngine
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.util.task import TaskState

from .errors import Endless
from .events import listen
from .joins import InclusiveGateway
from .loops import MultiInstance, instance_of
from .scene import Facts, Scene
from .tokens import Token

_READY, _WAITING, _COMPLETED = TaskState.READY, TaskState.WAITING, TaskState.COMPLETED
# Far beyond any permit; below the depth at which the library stops looking.
_AUTOMATIC_STEPS = 500


class _Refusal(BasePythonScriptEngineEnvironment):
    def evaluate(self, *args: Any, **kwargs: Any) -> Any:
        raise PermissionError("the library may not evaluate anything: expressions are FEEL")

    execute = call_service = evaluate


class NoPython(PythonScriptEngine):
    """Stands where the library would run Python, and refuses."""

    def __init__(self) -> None:
        super().__init__(_Refusal())

    def evaluate(self, *args: Any, **kwargs: Any) -> Any:
        raise PermissionError("the library may not evaluate anything: expressions are FEEL")

    execute = call_service = validate = evaluate


_NO_PYTHON = NoPython()


class _Living:
    """What the case and its sub-processes share: the index of living tasks, used instead of scanning the tree."""

    living: dict[str, Token]
    ready: dict[str, Token]
    undo: list[list[Any]]
    tasks: dict[str, Token]
    task_tree: Token
    top_workflow: Run
    facts: Facts
    spec: Any
    completed: bool

    def _empty(self, spec: Any) -> None:
        """What the library's workflow consists of, without its listeners and its event manager."""
        self.spec, self.completed, self.success, self.last_task = spec, False, True, None
        self.tasks, self.living, self.undo = {}, {}, []
        self.data: dict[str, Any] = {}
        self.correlations: dict[str, Any] = {}

    def _grow(self, fresh: bool) -> None:
        self.task_tree = Token(self, self.spec.start, None, _READY if fresh else _COMPLETED)
        if fresh:
            for listener in self.spec.listeners:
                listen(self, listener)

    def alive(self) -> list[Token]:
        return list(self.living.values())

    def waiting(self) -> list[Token]:
        return [task for task in self.living.values() if task._state == _WAITING]

    def settle(self, task: Token) -> None:
        """After a task is done: is all over? The last join depends on what else has been completed."""
        end = self.spec.end
        if task.task_spec is end:
            self.over()
            return
        for other in list(self.living.values()):
            if other.task_spec is end and other._state == _WAITING and other.id in self.living:
                end._update(other)

    def over(self) -> None:
        """Nothing in it is alive any more."""
        self.completed = True

    def is_completed(self) -> bool:
        return self.completed

    def collect_log_extras(self, dct: dict[str, Any] | None = None) -> dict[str, Any]:
        return dct or {}

    def cancel(self, success: bool = False) -> list[Token]:
        self.completed = True
        stopped = self.alive()
        for task in stopped:
            task.cancel()
        return stopped


class Part(_Living, BpmnSubWorkflow):
    """A running sub-process or shared part. `host` is the step that runs it."""

    def __init__(self, spec: Any, host: Token, top_workflow: Run, fresh: bool = True) -> None:
        self._empty(spec)
        self.host, self.parent_task_id, self.top_workflow, self.depth = host, host.id, top_workflow, 0
        self.ready, self.facts = top_workflow.ready, host.facts
        self._grow(fresh)

    def over(self) -> None:
        self.completed = True
        self.host._set_state(_READY)


class Run(_Living, BpmnWorkflow):
    """A running case."""

    script_engine = _NO_PYTHON

    def __init__(self, spec: Any, parts: Any, scene: Scene, fresh: bool = True) -> None:
        self._empty(spec)
        self.scene, self.facts, self.ready, self.turn = scene, scene.facts, {}, 0
        self.subprocess_specs = parts
        self.subprocesses: dict[str, Part] = {}
        self._grow(fresh)

    @property
    def top_workflow(self) -> Run:  # type: ignore[override]
        return self

    @property
    def handlers(self) -> dict[str, Any]:
        """The specifications of the steps that undo others, wherever they are drawn."""
        return {name: spec for each in (self.spec, *self.subprocess_specs.values()) for name, spec in each.handlers.items()}

    def create_subprocess(self, my_task: Token, spec_name: str, fresh: bool = True) -> Part:
        part = self.subprocesses[my_task.id] = Part(self.subprocess_specs[spec_name], my_task, self, fresh)
        return part

    def scopes(self) -> list[Run | Part]:
        """The case itself and its sub-processes that are still running."""
        return [self, *[part for part in self.subprocesses.values() if not part.completed]] if self.subprocesses else [self]

    def everything_alive(self) -> list[Token]:
        living = list(self.living.values())
        for part in self.subprocesses.values():
            if not part.completed:
                living += part.living.values()
        return living

    def go(self) -> None:
        """Run everything that waits for nobody. Raises Endless when that does not stop."""
        steps, last, limit = 0, "", _AUTOMATIC_STEPS + len(self.scene.process.steps)
        while steps < limit:
            task = next(iter(self.ready.values()), None)
            if task is not None:
                last = task.task_spec.name
                steps += "of" not in task.internal_data or not _is_counted(task)
                task.run()
            elif self._settle():
                steps += 1
            else:
                return
        raise Endless(limit=limit, step=last, name=self.scene.name(last))

    def _settle(self) -> bool:
        """When nothing moves by itself: let an inclusive gateway fire, or a condition that waits come true. Whether there was one."""
        for task in self.everything_alive():
            if not task.task_spec.settles or task._state != _WAITING:
                continue
            if isinstance(task.task_spec, InclusiveGateway):
                if task.task_spec.may_fire(task):
                    task.task_spec.fire(task)
                    return True
            else:
                task.task_spec._update(task)
                if task._state != _WAITING:
                    return True
        return False


def _is_counted(task: Token) -> bool:
    """Whether it is done for a member of a list: such a step stops by itself, however long the list."""
    whole = instance_of(task)
    return whole is not None and isinstance(whole.task_spec, MultiInstance)

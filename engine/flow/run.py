"""SpiffWorkflow's running things - tasks and workflows - made to know what is alive, to predict nothing, and to keep no data.

The library scans its whole task tree at every step and grows the tree into every possible future; here a task gets its children
when it runs, and each workflow keeps an index of its living tasks.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.script_engine import BasePythonScriptEngineEnvironment, PythonScriptEngine
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from .errors import Endless
from .events import Condition, Listener, listen
from .joins import InclusiveGateway
from .loops import MultiInstance, StandardLoop, instance_of
from .scene import Facts, Scene
from .specs import EndJoin

ALIVE = TaskState.WAITING | TaskState.READY | TaskState.STARTED
_RUNNING = TaskState.READY | TaskState.STARTED
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


class Token(Task):
    """A task without data that tells its workflow when it comes alive or stops."""

    def __init__(self, workflow: Any, task_spec: Any, parent: Any = None, state: int = TaskState.MAYBE, id: UUID | None = None) -> None:
        super().__init__(workflow, task_spec, parent, state, id)
        self._apart: Facts | None = None
        if state & ALIVE:
            workflow.living[self.id] = self

    @property
    def facts(self) -> Facts:
        """What a step here reads and writes: those of its instance, when it is in one."""
        return self._apart if self._apart is not None else self.workflow.facts

    @property
    def apart(self) -> dict[str, Any] | None:
        """The facts, in their stored form, that only this token and what runs in it have."""
        return None if self._apart is None else self._apart.plain

    def keep_apart(self, plain: dict[str, Any]) -> None:
        """Give the token facts of its own, over those around it."""
        self._apart = Facts(plain, self.workflow.facts)

    def _set_state(self, value: int) -> None:
        self._state = value
        if value & ALIVE:
            self.workflow.living[self.id] = self
        else:
            self.workflow.living.pop(self.id, None)

    def _add_child(self, task_spec: Any, state: int = TaskState.MAYBE) -> Token:
        return Token(self.workflow, task_spec, self, state)

    def beside(self, task_spec: Any) -> Token:
        """A new token that comes from no flow."""
        token = self._add_child(task_spec)
        token.triggered = True  # the library never removes such a one
        return token

    def _sync_children(self, task_specs: list[Any], state: int = TaskState.MAYBE) -> None:
        """Children come when the task runs, never before."""
        if self._state & _RUNNING:
            super()._sync_children(task_specs, state)

    def _inherit_data(self) -> None:
        """There is no data in tasks."""

    def run(self) -> bool | None:
        self.task_spec._predict_hook(self)
        result: bool | None = super().run()
        return result

    def complete(self) -> None:
        if self._state == TaskState.CANCELLED:
            return  # what it threw has stopped it
        scene = self.workflow.top_workflow.scene
        step = scene.step(self.task_spec.name)
        if step is not None and not isinstance(self.task_spec, MultiInstance | StandardLoop | Listener):
            scene.passed(step, str(self.id), self.facts)
        super().complete()
        whole = instance_of(self)
        if whole is not None:
            whole.task_spec.done(whole, self)


class _Living:
    """What the case and its sub-processes share: the index of living tasks, used instead of scanning the tree."""

    living: dict[UUID, Token]
    task_tree: Token
    spec: Any
    completed: bool

    def begin(self) -> None:
        self.task_tree = Token(self, self.spec.start, state=TaskState.FUTURE)
        self.task_tree._ready()
        for listener in self.spec.listeners:
            listen(self, listener)

    def restore(self) -> None:
        self.task_tree = Token(self, self.spec.start, state=TaskState.COMPLETED)

    def alive(self) -> list[Token]:
        return list(self.living.values())

    def waiting(self) -> list[Token]:
        return [task for task in self.living.values() if task._state == TaskState.WAITING]

    def update_waiting_tasks(self) -> None:
        """Only the last join depends on what else has been completed; timers and messages are told when their time comes."""
        for task in self.waiting():
            if isinstance(task.task_spec, EndJoin) and task.id in self.living:
                task.task_spec._update(task)

    def is_completed(self) -> bool:
        return self.completed

    def collect_log_extras(self, dct: dict[str, Any] | None = None) -> dict[str, Any]:
        return dct or {}

    def _remove_task(self, task_id: UUID) -> None:
        self.living.pop(task_id, None)
        super()._remove_task(task_id)  # type: ignore[misc]

    def cancel(self, success: bool = False) -> list[Token]:
        self.completed = True
        stopped = self.alive()
        for task in stopped:
            task.cancel()
        return stopped


class Part(_Living, BpmnSubWorkflow):
    """A running sub-process or shared part."""

    def __init__(self, spec: Any, parent_task_id: UUID, top_workflow: Run, fresh: bool = True) -> None:
        self.living = {}
        super().__init__(spec, parent_task_id, top_workflow, deserializing=True)
        if fresh:
            self.begin()
        else:
            self.restore()

    @property
    def facts(self) -> Facts:
        facts: Facts = self.top_workflow.get_task_from_id(self.parent_task_id).facts
        return facts


class Run(_Living, BpmnWorkflow):
    """A running case."""

    def __init__(self, spec: Any, parts: Any, scene: Scene, fresh: bool = True) -> None:
        self.living = {}
        self.scene = scene
        super().__init__(spec, parts, script_engine=NoPython(), deserializing=True)
        if fresh:
            self.begin()
        else:
            self.restore()

    @property
    def facts(self) -> Facts:
        return self.scene.facts

    def create_subprocess(self, my_task: Token, spec_name: str, fresh: bool = True) -> Part:
        part = Part(self.subprocess_specs[spec_name], my_task.id, self, fresh)
        self.subprocesses[my_task.id] = part
        return part

    def scopes(self) -> list[Run | Part]:
        """The case itself and its sub-processes that are still running."""
        return [self, *(part for part in self.subprocesses.values() if not part.completed)]

    def everything_alive(self) -> list[Token]:
        return [task for scope in self.scopes() for task in scope.alive()]

    def go(self) -> None:
        """Run everything that waits for nobody. Raises Endless when that does not stop."""
        steps, last = 0, ""
        while steps < _AUTOMATIC_STEPS:
            task = next((each for each in self.everything_alive() if _automatic(each)), None)
            if task is not None:
                last = task.task_spec.name
                steps += not _is_counted(task)
                task.run()
            elif self._settle():
                steps += 1
            else:
                return
        raise Endless(limit=_AUTOMATIC_STEPS, step=last, name=self.scene.name(last))

    def _settle(self) -> bool:
        """When nothing moves by itself: let an inclusive gateway fire, or a condition that waits come true. Whether there was one."""
        for task in self.everything_alive():
            if task._state != TaskState.WAITING:
                continue
            if isinstance(task.task_spec, InclusiveGateway) and task.task_spec.may_fire(task):
                task.task_spec.fire(task)
                return True
            if isinstance(getattr(task.task_spec, "event_definition", None), Condition):
                task.task_spec._update(task)
                if task._state != TaskState.WAITING:
                    return True
        return False


def _is_counted(task: Token) -> bool:
    """Whether it is done for a member of a list: such a step stops by itself, however long the list."""
    whole = instance_of(task)
    return whole is not None and isinstance(whole.task_spec, MultiInstance)


def _automatic(task: Token) -> bool:
    return bool(task._state == TaskState.READY and not task.task_spec.manual)

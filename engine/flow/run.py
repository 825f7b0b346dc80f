"""SpiffWorkflow's running things - tasks and workflows - made to know what is alive, to predict nothing, and to keep no data.

The library scans its whole task tree at every step and grows the tree into every possible future; here a task gets its children
when it has run, and each workflow keeps an index of its living tasks.
"""

from __future__ import annotations

from os import urandom
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.script_engine import BasePythonScriptEngineEnvironment, PythonScriptEngine
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from . import undo
from .errors import Endless
from .events import BoundaryEvent, Listener, listen
from .joins import InclusiveGateway
from .loops import MultiInstance, StandardLoop, instance_of
from .scene import Facts, Scene

ALIVE = TaskState.WAITING | TaskState.READY | TaskState.STARTED
_READY, _WAITING, _STARTED = TaskState.READY, TaskState.WAITING, TaskState.STARTED
_FUTURE, _COMPLETED, _CANCELLED = TaskState.FUTURE, TaskState.COMPLETED, TaskState.CANCELLED
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


def _new_id() -> str:
    """A random UUID (version 4) as text."""
    text = urandom(16).hex()
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"


class Token(Task):
    """A task without data that tells its workflow when it comes alive or stops."""

    def __init__(self, workflow: Any, task_spec: Any, parent: Any = None, state: int = TaskState.MAYBE, id: str | None = None) -> None:
        self.id = id or _new_id()
        self.workflow, self.task_spec = workflow, task_spec
        self._parent = None if parent is None else parent.id
        self._children: list[str] = []
        self._state = state
        self.triggered, self.thread_id, self.last_state_change = False, 0, 0.0
        self.data: dict[str, Any] = {}
        self.internal_data: dict[str, Any] = {}
        self._apart: Facts | None = None
        workflow.tasks[self.id] = self
        if parent is not None:
            parent._children.append(self.id)
        if state & ALIVE:
            self._set_state(state)

    @property
    def facts(self) -> Facts:
        """What a step here reads and writes: those of its instance, when it is in one; over them lie its inputs, which it only reads."""
        facts = self._apart if self._apart is not None else self.workflow.facts
        inputs = self.internal_data.get("in")
        return Facts(inputs, facts, hands_on=True) if inputs else facts

    def enter(self) -> None:
        """Work out the inputs of the step, once."""
        step = self.task_spec.step
        if step is not None and step.inputs and "in" not in self.internal_data:
            self.internal_data["in"] = self.workflow.top_workflow.scene.inputs(step, self.facts)

    @property
    def apart(self) -> dict[str, Any] | None:
        """The facts, in their stored form, that only this token and what runs in it have."""
        return None if self._apart is None else self._apart.plain

    def keep_apart(self, plain: dict[str, Any]) -> None:
        """Give the token facts of its own, over those around it."""
        self._apart = Facts(plain, self.workflow.facts)

    def _set_state(self, value: int) -> None:
        self._state = value
        workflow = self.workflow
        if value & ALIVE:
            workflow.living[self.id] = self
        else:
            workflow.living.pop(self.id, None)
        if value == _READY and not self.task_spec.manual:
            workflow.ready[self.id] = self
        else:
            workflow.ready.pop(self.id, None)

    def _add_child(self, task_spec: Any, state: int = TaskState.MAYBE) -> Token:
        return Token(self.workflow, task_spec, self, state)

    def beside(self, task_spec: Any) -> Token:
        """A new token that comes from no flow."""
        return self._add_child(task_spec)

    def branch(self) -> None:
        """A token on every way out."""
        specs = self.workflow.spec.task_specs
        for name in self.task_spec._outputs:
            Token(self.workflow, specs[name], self, _FUTURE)

    def _sync_children(self, task_specs: list[Any], state: int = TaskState.MAYBE) -> None:
        """The same for the library's own start."""
        self.branch()

    def begin(self) -> None:
        """Reach the step: as if a flow had led here."""
        self._set_state(_FUTURE)
        self.task_spec._update(self)

    def _ready(self) -> None:
        if not self._state & (_COMPLETED | _CANCELLED):
            self._set_state(_READY)
            self.task_spec._on_ready_hook(self)

    def run(self) -> bool | None:
        spec = self.task_spec
        if spec.step is not None and spec.step.inputs:
            self.enter()
        result: bool | None = spec._run_hook(self)
        if result is None:
            self._set_state(_STARTED)
        elif self._state != _CANCELLED:  # what it threw may have stopped it
            spec._predict_hook(self)
            self.complete()
        return result

    def complete(self) -> None:
        spec, workflow = self.task_spec, self.workflow
        run = workflow.top_workflow
        if spec.step is not None and not isinstance(spec, MultiInstance | StandardLoop | Listener):
            run.scene.passed(spec.step, self.id, self.facts)
        if spec.name in run.scene.process.undone or self.id in run.subprocesses:
            undo.note(self)
        self._set_state(_COMPLETED)
        self._unguard()
        spec._on_complete_hook(self)
        if not workflow.completed:
            for ident in self._children:
                child = workflow.tasks[ident]
                if child._state == _FUTURE:
                    child.task_spec._update(child)
            workflow.settle(self)
        whole = instance_of(self) if "of" in self.internal_data else None
        if whole is not None:
            whole.task_spec.done(whole, self)

    def _unguard(self) -> None:
        """Done, or interrupted: nothing at the boundary can happen any more."""
        if self.task_spec.guard is None or (isinstance(self.task_spec, BoundaryEvent) and not self.task_spec.cancel_activity):
            return
        parent = self.workflow.tasks.get(self._parent)
        if parent is not None and parent.task_spec is self.task_spec.guard:
            for ident in parent._children:
                other = self.workflow.tasks[ident]
                if other is not self and other._state & ALIVE:
                    other.cancel()

    def cancel(self) -> None:
        """Stop, when it is alive, together with what runs in it."""
        if self._state & ALIVE:
            self._set_state(_CANCELLED)
            self.task_spec._on_cancel(self)


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
        for other in self.alive():
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
        self.scene, self.facts, self.ready = scene, scene.facts, {}
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
        return [self, *[part for part in self.subprocesses.values() if not part.completed]]

    def everything_alive(self) -> list[Token]:
        return [task for scope in self.scopes() for task in scope.living.values()]

    def go(self) -> None:
        """Run everything that waits for nobody. Raises Endless when that does not stop."""
        steps, last = 0, ""
        while steps < _AUTOMATIC_STEPS:
            task = next(iter(self.ready.values()), None)
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
    whole = instance_of(task) if "of" in task.internal_data else None
    return whole is not None and isinstance(whole.task_spec, MultiInstance)

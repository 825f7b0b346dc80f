"""SpiffWorkflow's tasks, made to predict nothing and to keep no data.

The library grows its task tree into every possible future; here a task gets its children when it has run, and tells its workflow when it
comes alive or stops.
"""

from __future__ import annotations

from os import urandom
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from . import trace, undo
from .events import BoundaryEvent, Listener
from .loops import MultiInstance, StandardLoop, instance_of
from .scene import Facts

ALIVE = TaskState.WAITING | TaskState.READY | TaskState.STARTED
_READY, _STARTED, _FUTURE = TaskState.READY, TaskState.STARTED, TaskState.FUTURE
_COMPLETED, _CANCELLED = TaskState.COMPLETED, TaskState.CANCELLED


class Token(Task):
    """A task without data that tells its workflow when it comes alive or stops."""

    def __init__(self, workflow: Any, task_spec: Any, parent: Any = None, state: int = TaskState.MAYBE, id: str | None = None) -> None:
        if id is None:  # a random UUID (version 4)
            text = urandom(16).hex()
            id = f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"
        self.id = id
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
        if trace.watchers:
            trace.note(self)
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

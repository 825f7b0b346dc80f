"""Compensation while a case runs: what was done and can be undone is noted, and an event undoes it, the last first.

A note is `[the step that undoes, [the steps whose doing it undoes]]`: the step itself and the sub-processes around it that are over.
Notes stand with the (sub-)process that is running; when a sub-process is over, what was done in it can still be undone from around it,
unless it has a step of its own for that.
"""

from __future__ import annotations

from typing import Any

from .loops import Repeated

Task = Any


class UndoEvent(Repeated):
    """Undoes what it names, or everything that was done where it stands; goes on when that is over."""

    def begin(self, my_task: Task) -> dict[str, Any]:
        left = self._taken(my_task)
        if not left:
            return {"over": True}
        self._undo(my_task, left.pop())
        return {"left": left}

    def done(self, my_task: Task, instance: Task) -> None:
        left = my_task.internal_data["loop"]["left"]
        if left:
            self._undo(my_task, left.pop())
        else:
            self.over(my_task)

    def _taken(self, my_task: Task) -> list[str]:
        """The steps that undo, the last one first to be done; their notes are used up."""
        what = my_task.workflow.top_workflow.scene.step(self.name).message
        taken: list[str] = []
        for scope in _from_here(my_task.workflow):
            taken.extend(handler for handler, path in scope.undo if what in {None, *path})
            scope.undo = [note for note in scope.undo if what not in {None, *note[1]}]
        return taken

    def _undo(self, my_task: Task, handler: str) -> None:
        run = my_task.workflow.top_workflow
        instance = my_task.workflow.task_tree.beside(run.handlers[handler])
        instance.internal_data["of"] = my_task.id
        instance.begin()


def _from_here(scope: Any) -> list[Any]:
    """The (sub-)process of an event, and, when that runs beside another, the other one."""
    found = [scope]
    while scope is not scope.top_workflow and scope.host.task_spec.step.beside:
        scope = scope.host.workflow
        found.append(scope)
    return found


def note(task: Task) -> None:
    """A step is done: note by what it can be undone."""
    scope, run = task.workflow, task.workflow.top_workflow
    name = task.task_spec.name
    handler = run.scene.process.undone.get(name)
    part = run.subprocesses.get(task.id)
    if handler is not None:
        scope.undo.append([handler, [name]])
    elif part is not None and part.undo:
        scope.undo.extend([handler, [*path, name]] for handler, path in part.undo)

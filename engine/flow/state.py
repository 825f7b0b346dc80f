"""A case between two moves, as bytes: its facts and its living tokens. Neither the diagram nor the past is in it.

    {"v": 1, "facts": {…plain…}, "passed": [step id…], "ended": step id or null,
     "run": {"t": [[task id, spec, state, guard, notes, own facts of an instance?]…], "p": {task id: the same for the sub-process it runs}}}

`guard` numbers the tasks that hang on one step together with its boundary events (-1: none); `notes` are a timer's moment (`due`), how
often it still rings (`left`), the tokens that wait at a join (`tokens`), the event-based gateway that a catch event is behind (`race`), the
step that an instance is `of` and its number (`n`), and how far a repeated step is (`loop`).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit
from SpiffWorkflow.util.task import TaskState

from .errors import BadState
from .model import Env, Process
from .run import Part, Run, Token
from .scene import Facts, Scene

_VERSION = 1
_NOTES = ("due", "left", "tokens", "race", "of", "n", "loop")


def dump(run: Run) -> bytes:
    """The case as bytes."""
    scene = run.scene
    kept = {
        "v": _VERSION,
        "facts": scene.facts.plain,
        "passed": list(scene.steps_passed),
        "ended": scene.ended if run.completed else None,
        "run": {"t": [], "p": {}} if run.completed else _tokens(run),
    }
    return orjson.dumps(kept)


def _tokens(scope: Run | Part) -> dict[str, Any]:
    guards: dict[UUID, int] = {}
    rows, parts = [], {}
    for task in scope.alive():
        if isinstance(task.task_spec, BoundaryEventJoin):
            continue  # it only tidies up after the step, whose completion makes a new one
        parent = task.parent
        guarded = parent is not None and isinstance(parent.task_spec, BoundaryEventSplit)
        guard = guards.setdefault(parent.id, len(guards)) if guarded else -1
        notes = {key: task.internal_data[key] for key in _NOTES if key in task.internal_data}
        row = [str(task.id), task.task_spec.name, task._state, guard, notes]
        rows.append(row if task.apart is None else [*row, task.apart])
        part = scope.top_workflow.subprocesses.get(task.id)
        if part is not None and not part.completed:
            parts[str(task.id)] = _tokens(part)
    return {"t": rows, "p": parts}


def read(process: Process, state: bytes, env: Env | None) -> Run:
    """The case, alive again. Raises BadState when the bytes do not belong to this process."""
    try:
        kept = orjson.loads(state)
        if kept["v"] != _VERSION:
            raise BadState(reason=f"version {kept['v']} is unknown")
        scene = Scene(process, Facts(kept["facts"]), env, dict.fromkeys(kept["passed"]))
        scene.ended = kept["ended"]
        run = Run(process.spec, process.parts, scene, fresh=False)
        run.completed = kept["ended"] is not None
        _restore(run, kept["run"], {})
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise BadState(reason=f"{type(wrong).__name__} {wrong}") from wrong
    return run


def _restore(scope: Run | Part, kept: dict[str, Any], guards: dict[int, Token]) -> None:
    for ident, name, state, guard, notes, *apart in kept["t"]:
        spec = scope.spec.task_specs[name]
        parent = scope.task_tree if guard < 0 else _guard(scope, spec, guard, guards)
        task = Token(scope, spec, parent, state, UUID(ident))
        task.internal_data.update(notes)
        if apart:
            task.keep_apart(apart[0])
        if ident in kept["p"]:
            part = scope.top_workflow.create_subprocess(task, spec.spec, fresh=False)
            part.completed_event.connect(spec._on_subworkflow_completed, task)
            _restore(part, kept["p"][ident], {})


def _guard(scope: Run | Part, spec: Any, number: int, guards: dict[int, Token]) -> Token:
    """The token that stands for "this step, watched by its boundary events"."""
    if number not in guards:
        split = next(each for each in spec.inputs if isinstance(each, BoundaryEventSplit))
        guards[number] = Token(scope, split, scope.task_tree, TaskState.COMPLETED)
    return guards[number]

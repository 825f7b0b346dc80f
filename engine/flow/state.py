"""A case between two moves, as bytes: its facts and its living tokens. Neither the diagram nor the past is in it.

    {"v": 2, "facts": {…plain…}, "passed": [step id…], "ended": step id or null, "run":
     {"t": [[task id, spec, state, guard, notes, own facts of an instance]…], "p": {task id: the same for the sub-process it runs}, "u": …}}

What is empty is left out, in a row from its end. `guard` numbers the tasks that hang on one step together with its boundary events (-1:
none); `notes` are a timer's moment (`due`), how often it still rings (`left`), the tokens that wait at a join (`tokens`), the event-based
gateway that a catch event is behind (`race`), the step that an instance is `of` and its number (`n`), how far a repeated step is (`loop`),
what only the step sees (`in`), and which message it waits for (`key`). `u`: what was done and can be undone (undo.py).

A state of an older version is brought up to date, version by version, when it is read; it is written in the newest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from SpiffWorkflow.util.task import TaskState

from .errors import BadState
from .model import Env, Process
from .run import Part, Run
from .scene import Facts, Scene
from .tokens import Token

VERSION = 2

Kept = dict[str, Any]


def dump(run: Run) -> bytes:
    """The case as bytes."""
    scene = run.scene
    kept: Kept = {"v": VERSION, "facts": scene.facts.plain, "passed": list(scene.steps_passed)}
    if run.completed:
        kept["ended"] = scene.ended
    else:
        kept["run"] = _tokens(run)
    return orjson.dumps(kept)


def _tokens(scope: Run | Part) -> Kept:
    guards: dict[str, int] = {}
    rows, parts = [], {}
    running = scope.top_workflow.subprocesses
    for ident, task in scope.living.items():
        rows.append(_row(task, guards))
        if ident in running and not running[ident].completed:
            parts[ident] = _tokens(running[ident])
    kept: Kept = {"t": rows}
    if parts:
        kept["p"] = parts
    if scope.undo:
        kept["u"] = scope.undo
    return kept


def _row(task: Token, guards: dict[str, int]) -> list[Any]:
    parent = task.workflow.tasks[task._parent] if task.task_spec.guard is not None else None
    guard = -1 if parent is None or parent.task_spec is not task.task_spec.guard else guards.setdefault(parent.id, len(guards))
    if task._apart is not None:
        return [task.id, task.task_spec.name, task._state, guard, task.internal_data, task._apart.plain]
    if task.internal_data:
        return [task.id, task.task_spec.name, task._state, guard, task.internal_data]
    return [task.id, task.task_spec.name, task._state] if guard < 0 else [task.id, task.task_spec.name, task._state, guard]


def _from_1(kept: Kept) -> Kept:
    """Version 1 wrote whole rows, and `ended` and `p` always; nothing could be undone. Read as they are, they mean the same."""
    return kept


# How a state of each older version becomes one of the next.
UPGRADES: Mapping[int, Callable[[Kept], Kept]] = {1: _from_1}


def read(process: Process, state: bytes, env: Env | None) -> Run:
    """The case, alive again. Raises BadState when the bytes do not belong to this process."""
    try:
        kept = _of_today(orjson.loads(state))
        scene = Scene(process, Facts(kept["facts"]), env, dict.fromkeys(kept["passed"]))
        scene.ended = kept.get("ended")
        run = Run(process.spec, process.parts, scene, fresh=False)
        run.completed = scene.ended is not None
        if not run.completed:
            _restore(run, kept["run"])
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise BadState(reason=f"{type(wrong).__name__} {wrong}") from wrong
    return run


def _of_today(kept: Kept) -> Kept:
    version = kept["v"]
    if version != VERSION:
        if version not in UPGRADES:
            raise BadState(reason=f"version {version} is unknown")
        for each in range(version, VERSION):
            kept = UPGRADES[each](kept)
    return kept


def _restore(scope: Run | Part, kept: Kept) -> None:
    scope.undo = kept.get("u", [])
    specs, parts = scope.spec.task_specs, kept.get("p", {})
    guards: dict[int, Token] = {}
    for row in kept["t"]:
        ident, name, state = row[0], row[1], row[2]
        guard = row[3] if len(row) > 3 else -1
        spec = specs.get(name) or scope.top_workflow.handlers[name]
        task = Token(scope, spec, scope.task_tree if guard < 0 else _guard(scope, spec, guard, guards), state, ident)
        if len(row) > 4:
            task.internal_data = row[4]
        if len(row) > 5:
            task.keep_apart(row[5])
        if ident in parts:
            _restore(scope.top_workflow.create_subprocess(task, spec.spec, fresh=False), parts[ident])


def _guard(scope: Run | Part, spec: Any, number: int, guards: dict[int, Token]) -> Token:
    """The token that stands for "this step, watched by its boundary events"."""
    if number not in guards:
        guards[number] = Token(scope, spec.guard, scope.task_tree, TaskState.COMPLETED)
    return guards[number]

"""What can be done with a case: start it, complete a task, wake what is due, send a message; and look at it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from . import state as states
from .errors import Ended, NotOpen, NotWaiting
from .events import happen, waiting_for
from .loops import MultiInstance, StandardLoop
from .model import Due, Env, Moved, Opened, Process, Snapshot, Step
from .run import Run, Token
from .scene import Facts, Scene


def start(process: Process, *, facts: Mapping[str, object], env: Env) -> Moved:
    """Begin a case with these facts and run to the first tasks. Raises a FlowError when it cannot."""
    scene = Scene(process, Facts({}), env)
    _write(scene.facts, facts)
    run = Run(process.spec, process.parts, scene)
    run.go()
    return _moved(run, {})


def complete(process: Process, state: bytes, task: str, writes: Mapping[str, object], *, env: Env) -> Moved:
    """Complete an open task (user, service or receive) and run on.

    `writes` are the facts it gives, by name (`{"verify": {...}}`). Raises NotOpen when the task is not open, Ended when the case is.
    """
    run, before = _alive(process, state, env)
    token = _open_token(run, task)
    _write(token.facts, writes)
    _finish(run, token)
    run.go()
    return _moved(run, before)


def wake(process: Process, state: bytes, *, env: Env) -> Moved:
    """Let every timer ring whose moment is not after `env.now`, in the order of their moments, and run on."""
    run, before = _alive(process, state, env)
    while (token := _next_due(run, env.now)) is not None:
        token.task_spec._update(token)
        run.go()
    return _moved(run, before)


def send(process: Process, state: bytes, message: str, payload: Mapping[str, object], *, env: Env) -> Moved:
    """Deliver a message or a signal to every step that waits for it, with the facts it brings, and run on.

    Raises NotWaiting when none does.
    """
    run, before = _alive(process, state, env)
    receivers = waiting_for(run, frozenset({"message", "signal"}), message)
    if not receivers:
        raise NotWaiting(message=message)
    for facts in {id(token.facts): token.facts for token in receivers}.values():
        _write(facts, payload)
    for token in receivers:
        happen(token)
    run.go()
    return _moved(run, before)


def snapshot(process: Process, state: bytes) -> Snapshot:
    """How the case stands. Nothing moves."""
    run = states.read(process, state, None)
    scene = run.scene
    opened = tuple(_opened(run).values())
    return Snapshot(scene.facts, opened, _timers(run), tuple(scene.steps_passed), scene.ended if run.completed else None)


def _alive(process: Process, state: bytes, env: Env) -> tuple[Run, dict[str, Opened]]:
    run = states.read(process, state, env)
    if run.completed:
        raise Ended()
    return run, _opened(run)


def _write(facts: Facts, writes: Mapping[str, object]) -> None:
    for name, value in writes.items():
        facts.write(name, value)


def _opened(run: Run) -> dict[str, Opened]:
    """What waits to be completed, by task id, in the order of the diagram."""
    places = {ident: place for place, ident in enumerate(run.scene.process.order)}
    tasks = [(step, task) for task in run.everything_alive() if (step := _waits(run, task)) is not None]
    tasks.sort(key=lambda each: (places[each[0].id], each[1].internal_data.get("n", 0)))
    return {str(task.id): Opened(str(task.id), step, task.facts.local()) for step, task in tasks}


def _waits(run: Run, token: Token) -> Step | None:
    """The step that someone has to complete with this token; None when there is none."""
    step = run.scene.step(token.task_spec.name)
    if step is None or not step.waits or isinstance(token.task_spec, MultiInstance | StandardLoop):
        return None
    return step


def _timers(run: Run) -> tuple[Due, ...]:
    due = [
        Due(str(task.id), step, datetime.fromisoformat(task.internal_data["due"]))
        for task in run.everything_alive()
        if "due" in task.internal_data and (step := run.scene.step(task.task_spec.name)) is not None
    ]
    return tuple(sorted(due, key=lambda each: each.at))


def _next_due(run: Run, now: datetime) -> Token | None:
    due = next((each for each in _timers(run) if each.at <= now), None)
    return _token(run, due.task) if due else None


def _token(run: Run, task: str) -> Token | None:
    try:
        ident = UUID(task)
    except ValueError:
        return None
    return next((scope.living[ident] for scope in run.scopes() if ident in scope.living), None)


def _open_token(run: Run, task: str) -> Token:
    token = _token(run, task)
    if token is None or _waits(run, token) is None:
        raise NotOpen(task=task)
    return token


def _finish(run: Run, token: Token) -> None:
    step = _waits(run, token)
    if step is not None and step.kind == "receive":
        happen(token)
    else:
        token.run()


def _moved(run: Run, before: Mapping[str, Opened]) -> Moved:
    scene = run.scene
    after = _opened(run) if not run.completed else {}
    gone = [task for task in before if task not in after]
    completed = set(scene.done)
    return Moved(
        state=states.dump(run),
        opened=tuple(opened for task, opened in after.items() if task not in before),
        done=tuple(task for task in gone if task in completed),
        dropped=tuple(task for task in gone if task not in completed),
        timers=_timers(run) if not run.completed else (),
        decided=tuple(scene.decided),
        ended=scene.ended if run.completed else None,
        facts=scene.facts,
        sent=tuple(scene.sent),
    )

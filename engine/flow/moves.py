"""What can be done with a case: start it, complete a task, wake what is due, send a message; and look at it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from operator import attrgetter

from . import state as states
from .errors import Ended, NotOpen, NotWaiting
from .events import happen, told_apart, waiting_for
from .model import Due, Env, Moved, Opened, Process, Snapshot
from .run import Run
from .scene import Facts, Scene, key_of
from .tokens import Token


def start(process: Process, *, facts: Mapping[str, object], env: Env) -> Moved:
    """Begin a case with these facts and run to the first tasks. Raises a FlowError when it cannot."""
    scene = Scene(process, Facts({}), env)
    _write(scene.facts, facts)
    run = Run(process.spec, process.parts, scene)
    run.go()
    return moved_of(run, ())


def complete(
    process: Process, state: bytes | Moved, task: str, writes: Mapping[str, object], *, env: Env, plain: Mapping[str, object] | None = None
) -> Moved:
    """Complete an open task (user, service or receive) and run on: from a stored state, or at once from where another move has led.

    `writes` are the facts it gives, by name (`{"verify": {...}}`); `plain` are more of them, in their stored form. Raises NotOpen when the
    task is not open, Ended when the case is.
    """
    run, before = _alive(process, state, env)
    token = _open_token(run, task)
    _write(token.facts, writes)
    for name, value in (plain or {}).items():
        token.facts.write_plain(name, value)
    _finish(run, token)
    run.go()
    return moved_of(run, before)


def wake(process: Process, state: bytes, *, env: Env) -> Moved:
    """Let every timer ring whose moment is not after `env.now`, in the order of their moments, and run on."""
    run, before = _alive(process, state, env)
    while (token := _next_due(run, env.now)) is not None:
        token.task_spec._update(token)
        run.go()
    return moved_of(run, before)


def send(
    process: Process,
    state: bytes,
    message: str,
    payload: Mapping[str, object],
    *,
    env: Env,
    key: object | None = None,
    under_step: bool = False,
) -> Moved:
    """Deliver a message or a signal to every step that waits for it, with the facts it brings, and run on.

    `key` (a text, number or date) tells steps apart that wait for messages of the same name, when the diagram says by what
    (`zeebe:subscription correlationKey`). With `under_step` the facts stand under the id of each step that gets the message.
    Raises NotWaiting when none waits, WhichMessage when a key is needed to say for which.
    """
    run, before = _alive(process, state, env)
    receivers = told_apart(waiting_for(run, frozenset({"message", "signal"}), message), message, key_of(key))
    if not receivers:
        raise NotWaiting(message=message)
    for token in receivers:
        step = run.scene.step(token.task_spec.name) if under_step else None
        _write(token.facts, {step.id: dict(payload)} if step is not None else payload)
    for token in receivers:
        happen(token)
    run.go()
    return moved_of(run, before)


def stop(process: Process, state: bytes, *, outcome: str, env: Env) -> Moved:
    """End the case at once, whatever it waits for. `outcome` stands where otherwise the id of the end event stands ("withdrawn")."""
    run, before = _alive(process, state, env)
    run.cancel()
    run.scene.ended = outcome
    return moved_of(run, before)


def snapshot(process: Process, state: bytes) -> Snapshot:
    """How the case stands. Nothing moves."""
    run = states.read(process, state, None)
    scene, alive = run.scene, run.everything_alive()
    return Snapshot(
        scene.facts, _opened(run, alive), _timers(run, alive), tuple(scene.steps_passed), scene.ended if run.completed else None
    )


def _alive(process: Process, state: bytes | Moved, env: Env) -> tuple[Run, list[str]]:
    run = _going_on(state, env) if isinstance(state, Moved) and state.alive is not None else _read(process, state, env)
    if run.completed:
        raise Ended()
    return run, open_tasks(run)


def _read(process: Process, state: bytes | Moved, env: Env) -> Run:
    return states.read(process, state if isinstance(state, bytes) else state.state, env)


def _going_on(moved: Moved, env: Env) -> Run:
    run: Run = moved.alive
    run.turn += 1
    run.scene.go_on(env)
    return run


def _write(facts: Facts, writes: Mapping[str, object]) -> None:
    for name, value in writes.items():
        facts.write(name, value)


def open_tasks(run: Run) -> list[str]:
    """The ids of what waits to be completed."""
    return _open_of(run.everything_alive())


def _open_of(alive: list[Token]) -> list[str]:
    return [task.id for task in alive if task.task_spec.waits]


def _opened(run: Run, alive: list[Token], known: Collection[str] = ()) -> tuple[Opened, ...]:
    """What waits to be completed and is not known yet, in the order of the diagram."""
    tasks = [task for task in alive if task.task_spec.waits and task.id not in known]
    if len(tasks) > 1:
        places = {ident: place for place, ident in enumerate(run.scene.process.order)}
        tasks.sort(key=lambda task: (places[task.task_spec.step.id], task.internal_data.get("n", 0)))
    return tuple([Opened(task.id, task.task_spec.step, task.facts.local(), task.internal_data.get("key")) for task in tasks])


def _timers(run: Run, alive: list[Token]) -> tuple[Due, ...]:
    ringing = [task for task in alive if "due" in task.internal_data]
    if not ringing:
        return ()
    due = [Due(task.id, task.task_spec.step, datetime.fromisoformat(task.internal_data["due"])) for task in ringing]
    return tuple(sorted(due, key=attrgetter("at")) if len(due) > 1 else due)


def _next_due(run: Run, now: datetime) -> Token | None:
    due = next((each for each in _timers(run, run.everything_alive()) if each.at <= now), None)
    return _token(run, due.task) if due else None


def _token(run: Run, task: str) -> Token | None:
    for scope in run.scopes():
        if task in scope.living:
            return scope.living[task]
    return None


def _open_token(run: Run, task: str) -> Token:
    token = _token(run, task)
    if token is None or not token.task_spec.waits:
        raise NotOpen(task=task)
    return token


def _finish(run: Run, token: Token) -> None:
    if token.task_spec.step.kind == "receive":
        happen(token)
    else:
        token.run()


def moved_of(run: Run, before: Collection[str]) -> Moved:
    """What has changed since the tasks `before` were open, and the new state."""
    scene, turn = run.scene, run.turn
    alive = [] if run.completed else run.everything_alive()
    after = _open_of(alive)
    gone = [task for task in before if task not in after]

    def state() -> bytes:
        if run.turn != turn:
            raise RuntimeError("the case has gone on from here")
        return states.dump(run)

    return Moved(
        kept=state,
        opened=_opened(run, alive, before),
        done=tuple([task for task in gone if task in scene.done]),
        dropped=tuple([task for task in gone if task not in scene.done]),
        timers=_timers(run, alive),
        decided=tuple(scene.decided),
        ended=scene.ended if run.completed else None,
        facts=scene.facts,
        sent=tuple(scene.sent),
        alive=run,
    )

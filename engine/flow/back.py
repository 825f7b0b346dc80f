"""Sending a case back to a step it has been at before, and opening one again that has ended.

Only the tokens that came from that step are dropped: a branch beside it goes on. A join that has used up the token of such a branch gets
it again, because what was done there stays done.
"""

from __future__ import annotations

from collections.abc import Iterable

from SpiffWorkflow.util.task import TaskState

from . import state as states
from .errors import CannotGoBack, Ended, NotEnded
from .events import Listener, listen
from .model import Env, Moved, Process, Step
from .moves import moved_of, open_tasks
from .run import Part, Run
from .specs import EndJoin, ParallelGateway
from .tokens import Token
from .ways import Ways

_ENTERED = frozenset({"user", "service", "receive", "rule", "script", "part"})
_Scope = Run | Part


def rewind(process: Process, state: bytes, *, to: str, env: Env) -> Moved:
    """Send the case back to the step `to`: it is open again as if it had just been reached, the facts stay as they are.

    What came after it in the same (sub-)process is dropped, branches beside it go on. Raises CannotGoBack, which says why
    (`facts["why"]`), and Ended.
    """
    run = states.read(process, state, env)
    if run.completed:
        raise Ended()
    before = open_tasks(run)
    step = _step(run, to)
    scope = _scope(run, step)
    ways = Ways(process, step.inside)
    _drop(scope, step, ways)
    _enter(scope, step, ways)
    return moved_of(run, before)


def reopen(process: Process, state: bytes, *, to: str, env: Env) -> Moved:
    """Open a case that has ended again, at the step `to`, which must be one of the process itself. Raises CannotGoBack, NotEnded."""
    run = states.read(process, state, env)
    if not run.completed:
        raise NotEnded()
    step = _step(run, to)
    if step.inside != process.key:
        raise _refused(step, "not_entered")
    run.completed, run.scene.ended = False, None
    _enter(run, step, Ways(process, process.key))
    return moved_of(run, ())


def _refused(step: Step, why: str, **facts: object) -> CannotGoBack:
    return CannotGoBack(step=step.id, name=step.name, why=why, **facts)


def _step(run: Run, ident: str) -> Step:
    process = run.scene.process
    step = process.steps.get(ident)
    if step is None:
        raise CannotGoBack(step=ident, name=ident, why="unknown")
    races = {link.source for link in process.links if link.target == ident and process.steps[link.source].kind == "race"}
    if step.kind not in _ENTERED or step.host or step.beside or races:
        raise _refused(step, "not_a_task")
    if ident not in run.scene.steps_passed:
        raise _refused(step, "not_passed")
    return step


def _scope(run: Run, step: Step) -> _Scope:
    """The one running (sub-)process that the step lies in."""
    scopes = [scope for scope in run.scopes() if scope.spec.name == step.inside]
    around = run.scene.process.steps.get(step.inside)
    if not scopes:
        raise _refused(step, "not_entered", around=around.name if around else step.inside)
    if len(scopes) > 1:
        raise _refused(step, "several", around=around.name if around else step.inside)
    return scopes[0]


def _drop(scope: _Scope, step: Step, ways: Ways) -> None:
    """Drop every token that came from the step; refuse when another one is not on a way beside it."""
    scene = scope.top_workflow.scene
    for task in scope.alive():
        if task.id not in scope.living or isinstance(task.task_spec, EndJoin | Listener):
            continue
        at = scene.step(task.task_spec.name)
        if "tokens" in task.internal_data:
            _take_back(task, step, ways)
        elif at is None or at.beside:
            _drop_beside(scope, task, at)
        elif at.id == step.id:
            raise _refused(step, "open")
        elif at.id in ways.after(step.id):
            task.cancel()
        elif not ways.beside_each_other(step.id, at.id):
            raise _refused(step, "not_before", at=at.name)


def _drop_beside(scope: _Scope, task: Token, at: Step | None) -> None:
    """A sub-process that took the place of everything in the scope is dropped; one that runs besides goes on."""
    starts = scope.top_workflow.scene.process.steps.values()
    if at is not None and any(start.kind == "start" and start.inside == at.id and start.interrupting for start in starts):
        task.cancel()


def _take_back(keeper: Token, step: Step, ways: Ways) -> None:
    """The tokens at a join that came from the step wait there no longer."""
    left = [way for way in keeper.internal_data["tokens"] if not ways.covers(step.id, way)]
    if left:
        keeper.internal_data["tokens"] = left
    else:
        keeper._set_state(TaskState.CANCELLED)


def _enter(scope: _Scope, step: Step, ways: Ways) -> None:
    _fill_joins(scope, step, ways)
    living = {task.task_spec.name for task in scope.alive()}
    for listener in scope.spec.listeners:
        if listener.name not in living:
            listen(scope, listener)
    spec = scope.spec.task_specs[step.id]
    entry = spec.guard or spec
    token = scope.task_tree.beside(entry)
    token.begin()
    scope.top_workflow.go()


def _fill_joins(scope: _Scope, step: Step, ways: Ways) -> None:
    """Every parallel join ahead has a token on each way in, or one can still come there; what it has used up it gets again."""
    alive = [each.id for task in scope.alive() if (each := scope.top_workflow.scene.step(task.task_spec.name)) is not None]
    for spec in scope.spec.task_specs.values():
        if isinstance(spec, ParallelGateway) and len(spec._inputs) > 1 and ways.covers(step.id, spec.name):
            keeper = next((task for task in scope.waiting() if task.task_spec is spec), None)
            tokens = list(keeper.internal_data["tokens"]) if keeper else []
            missing = [way for way in spec._inputs if way not in tokens and not _comes(ways, [step.id, *alive], way, spec.name)]
            if any(way not in scope.top_workflow.scene.steps_passed for way in missing):
                raise _refused(step, "join", around=scope.top_workflow.scene.name(spec.name))
            if missing:
                keeper = keeper or _keeper(scope, spec)
                keeper.internal_data["tokens"] = [*tokens, *missing]


def _comes(ways: Ways, alive: Iterable[str], way: str, join: str) -> bool:
    return any(ways.covers(ident, way) for ident in alive if ident != join)


def _keeper(scope: _Scope, spec: ParallelGateway) -> Token:
    keeper: Token = scope.task_tree.beside(spec)
    keeper._set_state(TaskState.WAITING)
    return keeper

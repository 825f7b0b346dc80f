"""Moving a case to another version of its procedure: the living tokens stay where they are, under the names of the new diagram.

Timers keep the moment they were started for, tasks keep their ids, facts stay. What the new version can watch in addition (a boundary
event, a sub-process beside) begins to watch; what it no longer watches is dropped. Everything else that differs is a reason to refuse.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from SpiffWorkflow.util.task import TaskState

from rules import Finding

from . import state as states
from .errors import CannotMove
from .events import Listener, listen
from .joins import InclusiveGateway
from .model import Env, Link, Moved, Process, Step
from .moves import moved_of, open_tasks
from .run import Part, Run
from .scene import EACH, LISTENER, Facts, Scene
from .specs import BoundaryEvent, EndJoin, Guard, ParallelGateway
from .tokens import Token
from .ways import Ways

_Scope = Run | Part


def move(old: Process, state: bytes, new: Process, *, env: Env, names: Mapping[str, str] | None = None) -> Moved:
    """The case with the diagram of another version. `names`: the id in `new` of steps that are called otherwise there.

    `opened` are tasks of events that the new version waits for in addition, `dropped` those of events it no longer waits for; `facts`,
    other tasks and timers are as they were. Raises CannotMove with a reason for every token that has no place in the new version.
    """
    return _Moving(old, new, dict(names or {}), states.read(old, state, env), env).go()


class _Moving:
    """One case on its way; `out` is the case in the new version."""

    def __init__(self, old: Process, new: Process, names: dict[str, str], run: Run, env: Env) -> None:
        self.old, self.new, self.names, self.run = old, new, names, run
        self.findings: list[Finding] = []
        passed = {names.get(ident, ident): None for ident in run.scene.steps_passed}
        self.scene = Scene(new, Facts(run.scene.facts.plain), env, passed)

    def go(self) -> Moved:
        before = open_tasks(self.run)
        out = Run(self.new.spec, self.new.parts, self.scene, fresh=False)
        out.completed, self.scene.ended = self.run.completed, self.run.scene.ended
        if not out.completed:
            self._scope(self.run, out)
        if self.findings:
            raise CannotMove(tuple({(each.place, each.code): each for each in self.findings}.values()))
        return moved_of(out, before)

    def _refuse(self, code: str, step: Step, **facts: object) -> None:
        self.findings.append(Finding(f"process.bpmn#{step.id}", code, {"id": step.id, "name": step.name, **facts}))

    def _scope(self, old: _Scope, new: _Scope) -> None:
        guards: dict[str, Token] = {}
        self._undoing(old, new)
        for task in old.alive():
            spec, step = task.task_spec, self.run.scene.step(task.task_spec.name)
            if isinstance(spec, EndJoin):
                self._put(task, new, new.spec.end, new.task_tree)
            elif step is not None:
                self._token(task, step, new, guards)
        if not self.findings:
            self._watch(new)
            self._joins(new)
            self._races(new)

    def _undoing(self, old: _Scope, new: _Scope) -> None:
        """What was done and can be undone, can still be undone in the same way."""
        for handler, path in old.undo:
            there = self.new.steps.get(self.names.get(handler, handler))
            if there is None or not there.undoes:
                self._refuse("move.no_step", self.old.steps[handler], other=handler)
            else:
                new.undo.append([there.id, [self.names.get(each, each) for each in path]])

    def _token(self, task: Token, step: Step, new: _Scope, guards: dict[str, Token]) -> None:
        spec = task.task_spec
        suffix = EACH if spec.name.endswith(EACH) else LISTENER if spec.name.endswith(LISTENER) else ""
        ident = self.names.get(step.id, step.id)
        target = new.spec.task_specs.get(f"{ident}{suffix}") or new.top_workflow.handlers.get(ident)
        watching = isinstance(spec, BoundaryEvent | Listener)
        if target is None and watching and ident not in self.new.steps:
            return
        if not self._fits(task, step, ident, target, new):
            return
        parent = self._guard(task, target, new, guards) if not isinstance(spec, Listener) else new.task_tree
        moved = self._put(task, new, target, parent)
        self._inside(task, moved, step)

    def _fits(self, task: Token, step: Step, ident: str, target: object, new: _Scope) -> bool:
        there = self.new.steps.get(ident)
        if there is None:
            self._refuse("move.no_step", step, other=ident)
        elif there.inside != new.spec.name and not (isinstance(target, Listener) or there.undoes):
            self._refuse("move.elsewhere", step, other=there.name)
        elif target is None or type(target) is not type(task.task_spec) or _way_of(there) != _way_of(step):
            self._refuse("move.other_kind", step, other=there.name, kind=step.kind, now=there.kind)
        elif step.host and there.host != self.names.get(step.host, step.host):
            self._refuse("move.elsewhere", step, other=there.name)
        else:
            return True
        return False

    def _guard(self, task: Token, target: Any, new: _Scope, guards: dict[str, Token]) -> Token:
        """The token that stands for a step together with what the new version watches at its boundary."""
        split, old = target.guard, task.parent
        if split is None or "of" in task.internal_data:
            return new.task_tree
        key = old.id if old is not None and isinstance(old.task_spec, Guard) else task.id
        if key not in guards:
            guards[key] = Token(new, split, new.task_tree, TaskState.COMPLETED)
        return guards[key]

    def _put(self, task: Token, new: _Scope, spec: object, parent: Token) -> Token:
        token = Token(new, spec, parent, task._state, task.id)
        token.internal_data = task.internal_data
        if task.apart is not None:
            token.keep_apart(task.apart)
        return token

    def _inside(self, task: Token, moved: Token, step: Step) -> None:
        part = self.run.subprocesses.get(task.id)
        if part is None or part.completed:
            return
        spec = moved.task_spec
        new = moved.workflow.top_workflow.create_subprocess(moved, spec.spec, fresh=False)
        self._scope(part, new)

    def _watch(self, new: _Scope) -> None:
        """What the new version watches in addition: at the boundary of an open step, and in the scope."""
        known = {self.names.get(each, each) for each in self.old.steps}
        living = {task.task_spec.name for task in new.alive()}
        for listener in new.spec.listeners:
            if listener.name.removesuffix(LISTENER) not in known and not self._was_interrupted(living):
                listen(new, listener)
        for task in new.alive():
            guard = task.parent
            if isinstance(task.task_spec, BoundaryEvent) or guard is None or not isinstance(guard.task_spec, Guard):
                continue
            for spec in guard.task_spec.outputs:
                if isinstance(spec, BoundaryEvent) and spec.name not in known:
                    self._begin(guard, spec)

    def _was_interrupted(self, living: set[str]) -> bool:
        """Whether a sub-process beside has taken the place of everything here: nothing else can begin then."""
        return any((step := self.new.steps.get(name)) is not None and step.beside and self._interrupts(step) for name in living)

    def _interrupts(self, beside: Step) -> bool:
        return any(step.kind == "start" and step.inside == beside.id and step.interrupting for step in self.new.steps.values())

    def _begin(self, guard: Token, spec: BoundaryEvent) -> None:
        token = guard._add_child(spec, TaskState.MAYBE)
        token._set_state(TaskState.WAITING)
        if spec.event_definition.has_fired(token):  # a timer notes its moment; what has happened already is looked at with the next move
            token.internal_data.pop("event_fired", None)

    def _joins(self, new: _Scope) -> None:
        """Tokens that wait at a join stand on ways in that it still has, and none of its ways in stays empty for ever."""
        ways = Ways(self.new, new.spec.name)
        for task in new.waiting():
            if "tokens" in task.internal_data and isinstance(task.task_spec, ParallelGateway | InclusiveGateway):
                task.internal_data["tokens"] = [self._way(each, task, ways) for each in task.internal_data["tokens"]]
        alive = [step.id for task in new.alive() if (step := self.scene.step(task.task_spec.name)) is not None]
        for spec in new.spec.task_specs.values():
            if isinstance(spec, ParallelGateway) and len(spec._inputs) > 1:
                self._is_filled(new, spec, alive, ways)

    def _way(self, way: str, keeper: Token, ways: Ways) -> str:
        """The way in of the new version on which a token waits: the same, or the only one that its step still leads to."""
        ident, inputs = self.names.get(way, way), list(keeper.task_spec._inputs)
        found = [ident] if ident in inputs else [each for each in inputs if ident in ways.steps and ways.covers(ident, each)]
        if len(found) == 1:
            return str(found[0])
        self._refuse("move.join", self.new.steps[keeper.task_spec.name], other=ident)
        return ident

    def _is_filled(self, new: _Scope, spec: ParallelGateway, alive: list[str], ways: Ways) -> None:
        keeper = next((task for task in new.waiting() if task.task_spec is spec), None)
        there = Counter(keeper.internal_data["tokens"]) if keeper else Counter[str]()
        comes = {way for way in spec._inputs if any(ident != spec.name and ways.covers(ident, way) for ident in alive)}
        empty = [way for way in spec._inputs if way not in there and way not in comes]
        if empty and (there or comes):
            self._refuse("move.join", self.new.steps[spec.name], other=self.new.steps[empty[0]].name)

    def _races(self, new: _Scope) -> None:
        """Events that race do so behind one gateway, and it has no others."""
        races: dict[str, set[str]] = {}
        for task in new.alive():
            if "race" in task.internal_data:
                races.setdefault(task.internal_data["race"], set()).add(task.task_spec.name)
        for events in races.values():
            if not any({link.target for link in links} == events for links in self._gateways()):
                self._refuse("move.race", self.new.steps[min(events)])

    def _gateways(self) -> Iterator[list[Link]]:
        for step in self.new.steps.values():
            if step.kind == "race":
                yield [link for link in self.new.links if link.source == step.id]


def _way_of(step: Step) -> tuple[object, ...]:
    """How a step is done: a token cannot go on when that differs."""
    return step.kind, step.event, step.loop and (step.loop.sequential, step.loop.while_ is None)

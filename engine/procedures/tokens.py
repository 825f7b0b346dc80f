"""Every way a case can take through a diagram, its answers left out: where it can get stuck, and where it can be twice at once.

A marking is the set of places that hold a token: a step in a scope (the sub-processes it is in), or a flow that waits at a parallel
gateway. Choices, timers and messages may go either way. What is found is possible by the drawing; an expression may forbid it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.flow import Link, Process, Step

Scope = tuple[str, ...]
Place = tuple[str, Scope, str]  # ("at", scope, step) · ("flow", scope, link) · ("rung", scope, boundary event)
Marking = frozenset[Place]

# A permit has hundreds of markings; a drawing with more is not looked through to the end.
LIMIT = 20_000


class Twice(Exception):
    """A step would hold two tokens."""

    def __init__(self, step: str) -> None:
        self.step = step


@dataclass
class Explored:
    """Gateways at which a case can wait for ever, steps that can be open twice at once, and whether all ways were looked at."""

    stuck: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    complete: bool = True


def explore(process: Process, limit: int = LIMIT) -> Explored:
    """Walk every way through a process."""
    net, found = _Net(process), Explored()
    first = net.first()
    seen, todo = {first}, [first]
    while todo:
        if len(seen) > limit:
            found.complete = False
            return found
        marking = todo.pop()
        moved = False
        for place in sorted(marking):
            try:
                following = list(net.moves(marking, place))
            except Twice as twice:
                found.twice.add(twice.step)
                moved = True
                continue
            moved = moved or bool(following)
            todo.extend(each for each in following if each not in seen)
            seen.update(following)
        if marking and not moved:
            found.stuck.update(net.target(name) for kind, _, name in marking if kind == "flow")
    return found


class _Net:
    """The moves of a process."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.steps: Mapping[str, Step] = process.steps
        self.links = {link.id: link for link in process.links}
        self.out: dict[str, list[Link]] = {}
        self.into: dict[str, list[Link]] = {}
        for link in process.links:
            self.out.setdefault(link.source, []).append(link)
            self.into.setdefault(link.target, []).append(link)
        self.events: dict[str, list[Step]] = {}
        for step in self.steps.values():
            if step.host:
                self.events.setdefault(step.host, []).append(step)

    def target(self, link: str) -> str:
        return self.links[link].target

    def first(self) -> Marking:
        return self._enter(frozenset(), (), self._start(self.process.key))

    def _start(self, key: str | None) -> str:
        return next(step.id for step in self.steps.values() if step.kind == "start" and step.inside == key)

    def moves(self, marking: Marking, place: Place) -> Iterator[Marking]:
        """What can follow when the token at this place moves. Raises Twice."""
        kind, scope, name = place
        if kind != "at":
            return
        step = self.steps[name]
        if step.kind == "end":
            yield self._ended(marking - {place}, scope, step)
        elif step.kind == "exclusive":
            for link in self.out.get(name, ()):
                yield self._along(marking - {place}, scope, link)
        elif step.kind != "part":
            yield self._leave(marking, place)
        yield from self._interrupted(marking, place)

    def _interrupted(self, marking: Marking, place: Place) -> Iterator[Marking]:
        _, scope, name = place
        for event in self.events.get(name, ()):
            rung = ("rung", scope, event.id)
            if event.interrupting:
                yield self._after(self._without(marking, place), scope, event.id)
            elif rung not in marking:
                yield self._after(marking | {rung}, scope, event.id)

    def _without(self, marking: Marking, place: Place) -> Marking:
        """The marking when a step is over: its token, all inside it, and the bells that rang on it."""
        _, scope, name = place
        inner, bells = (*scope, name), {("rung", scope, event.id) for event in self.events.get(name, ())}
        return frozenset(each for each in marking - {place} - bells if each[1][: len(inner)] != inner)

    def _leave(self, marking: Marking, place: Place) -> Marking:
        return self._after(self._without(marking, place), place[1], place[2])

    def _after(self, marking: Marking, scope: Scope, name: str) -> Marking:
        for link in self.out.get(name, ()):
            marking = self._along(marking, scope, link)
        return marking

    def _along(self, marking: Marking, scope: Scope, link: Link) -> Marking:
        incoming = self.into[link.target]
        if self.steps[link.target].kind != "parallel" or len(incoming) < 2:
            return self._enter(marking, scope, link.target)
        marking = self._put(marking, ("flow", scope, link.id), link.target)
        waiting = {("flow", scope, each.id) for each in incoming}
        return self._enter(marking - waiting, scope, link.target) if waiting <= marking else marking

    def _enter(self, marking: Marking, scope: Scope, name: str) -> Marking:
        marking = self._put(marking, ("at", scope, name), name)
        step = self.steps[name]
        return self._enter(marking, (*scope, name), self._start(step.part)) if step.kind == "part" else marking

    def _put(self, marking: Marking, place: Place, step: str) -> Marking:
        if place in marking:
            raise Twice(step)
        return marking | {place}

    def _ended(self, marking: Marking, scope: Scope, step: Step) -> Marking:
        """After an end event: the scope is over when nothing is left in it."""
        inside = {each for each in marking if each[1][: len(scope)] == scope and each[0] != "rung"}
        if inside and not step.terminates:
            return marking
        if not scope:
            return frozenset()
        return self._leave(marking - inside, ("at", scope[:-1], scope[-1]))

"""The moves of tokens through a diagram, one at a time. What a marking is: tokens.py."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from engine.flow import Link, Process, Step

Scope = tuple[str, ...]
Place = tuple[str, Scope, str]  # ("at", scope, step) · ("flow", scope, link) · ("rung", scope, event that has happened)
Marking = frozenset[Place]
Path = tuple[str, ...]  # ids of steps and of chosen ways, in the order they were passed
_PLAIN = frozenset({"user", "service", "rule", "script", "receive", "timer", "signal", "condition", "pass", "exclusive"})


class Twice(Exception):
    """A step would hold two tokens."""

    def __init__(self, step: str) -> None:
        self.step = step


class Net:
    """The moves of a process; `passed` says which steps and ways the last one went through."""

    def __init__(self, process: Process, stops: frozenset[str]) -> None:
        self.process = process
        self.trail: list[str] = []
        self.steps: Mapping[str, Step] = process.steps
        self.links = {link.id: link for link in process.links}
        self.out: dict[str, list[Link]] = {}
        self.into: dict[str, list[Link]] = {}
        for link in process.links:
            self.out.setdefault(link.source, []).append(link)
            self.into.setdefault(link.target, []).append(link)
        self.events: dict[str, list[Step]] = {}
        self.beside: dict[str, list[Step]] = {}
        for step in self.steps.values():
            if step.host:
                self.events.setdefault(step.host, []).append(step)
            if step.beside:
                self.beside.setdefault(step.inside, []).append(step)
        self.before = {link.id: self._before(link) for link in process.links if self.steps[link.target].kind == "inclusive"}
        self.plain = frozenset(step.id for step in self.steps.values() if step.id not in stops and self._is_plain(step))

    def _is_plain(self, step: Step) -> bool:
        ways = len(self.into.get(step.id, ())), len(self.out.get(step.id, ()))
        thrown = step.event in {"error", "escalation"}
        return step.kind in _PLAIN and ways == (1, 1) and step.id not in self.events and not step.host and not thrown

    def passed(self) -> Path:
        """What was passed since the last time this was asked."""
        passed = tuple(self.trail)
        self.trail.clear()
        return passed

    def first_of(self, waiting: set[str]) -> list[str]:
        """The gateways that do not wait because of another one before them."""
        alone = [each for each in sorted(waiting) if not any(self._leads(other, each) for other in waiting - {each})]
        return alone or sorted(waiting)[:1]

    def _leads(self, source: str, target: str) -> bool:
        seen, todo = {source}, [source]
        while todo:
            step = self.steps[todo.pop()]
            following = [link.target for link in self.out.get(step.id, ())] + [each.id for each in self.events.get(step.id, ())]
            if step.kind == "end":
                following += [each.id for each in self.steps.values() if each.kind == "part" and each.part == step.inside]
            if target in following:
                return True
            todo += [each for each in following if each not in seen]
            seen.update(following)
        return False

    def _before(self, link: Link) -> frozenset[str]:
        """The steps from which a token can come to a way into an inclusive gateway, not through the gateway itself."""
        seen, todo = {link.source}, [link.source]
        while todo:
            step = self.steps[todo.pop()]
            for name in [*(each.source for each in self.into.get(step.id, ())), *([step.host] if step.host else ())]:
                if name not in seen and name != link.target:
                    seen.add(name)
                    todo.append(name)
        return frozenset(seen - {link.target})

    def target(self, link: str) -> str:
        return self.links[link].target

    def first(self) -> Marking:
        return self._enter(frozenset(), (), self._start(self.process.key))

    def _start(self, key: str | None) -> str:
        return next(step.id for step in self.steps.values() if step.kind == "start" and step.inside == key)

    def moves(self, marking: Marking, place: Place) -> Iterator[Marking]:
        """What can follow when the token at this place moves. Raises Twice."""
        kind, scope, name = place
        yield from self._started_beside(marking, scope)
        if kind == "flow" and self.steps[self.target(name)].kind == "inclusive":
            yield from self._joined(marking, scope, self.target(name))
        if kind != "at":
            return
        step = self.steps[name]
        if step.event in {"error", "escalation"} and step.kind in {"end", "pass"}:
            yield from self._thrown(marking, scope, step)
        if step.kind == "end" and step.event != "error":
            yield self._ended(marking - {place}, scope, step)
        elif step.kind in {"exclusive", "race"}:
            for link in self.out.get(name, ()):
                self.trail.append(link.id)
                yield self._along(marking - {place}, scope, link)
        elif step.kind == "inclusive":
            for links in self._some(self.out.get(name, ())):
                following = marking - {place}
                for link in links:
                    self.trail.append(link.id)
                    following = self._along(following, scope, link)
                yield following
        elif step.kind not in {"part", "end"}:
            yield self._leave(marking, place)
        yield from self._interrupted(marking, place)

    def _some(self, links: Sequence[Link]) -> Iterator[Sequence[Link]]:
        """Every choice that an inclusive gateway has."""
        free = [link for link in links if not link.otherwise]
        for count in range(1, len(free) + 1):
            yield from combinations(free, count)
        yield from ([link] for link in links if link.otherwise)

    def _joined(self, marking: Marking, scope: Scope, gateway: str) -> Iterator[Marking]:
        """An inclusive gateway takes what has come when nothing more can come to another way in."""
        ways = {link.id: ("flow", scope, link.id) for link in self.into[gateway]}
        filled = {link for link, place in ways.items() if place in marking}
        for kind, where, name in marking - set(ways.values()):
            step = self.target(name) if kind == "flow" else name
            if kind == "rung" or where != scope:
                continue
            if any(step in self.before[link] for link in ways.keys() - filled) and not any(step in self.before[link] for link in filled):
                return
        yield self._enter(marking - {ways[link] for link in filled}, scope, gateway)

    def _started_beside(self, marking: Marking, scope: Scope) -> Iterator[Marking]:
        """What can follow when an event starts a sub-process beside: each once, and none after an interrupting one."""
        besides = self.beside.get(self._key(scope), ())
        starts = [(each, self.steps[self._start(each.id)]) for each in besides]
        if any(start.interrupting and ("rung", scope, each.id) in marking for each, start in starts):
            return
        for each, start in starts:
            if start.event not in {"error", "escalation"} and ("rung", scope, each.id) not in marking:
                yield self._begun(marking, scope, each, start)

    def _begun(self, marking: Marking, scope: Scope, beside: Step, start: Step) -> Marking:
        if start.interrupting:
            marking = frozenset(place for place in marking if place[1][: len(scope)] != scope)
        return self._enter(marking | {("rung", scope, beside.id)}, scope, beside.id)

    def _key(self, scope: Scope) -> str:
        return (self.steps[scope[-1]].part or scope[-1]) if scope else self.process.key

    def _thrown(self, marking: Marking, scope: Scope, step: Step) -> Iterator[Marking]:
        """An error or an escalation goes outwards to what catches it."""
        place: Place = ("at", scope, step.id)
        after = marking - {place} if step.event == "error" else self._passed(marking, place, step)
        while True:
            for each in self.beside.get(self._key(scope), ()):
                start = self.steps[self._start(each.id)]
                if _catches(start, step) and ("rung", scope, each.id) not in marking:
                    yield self._begun(after, scope, each, start)
                    return
            if not scope:
                return
            host: Place = ("at", scope[:-1], scope[-1])
            scope = scope[:-1]
            for event in self.events.get(host[2], ()):
                if _catches(event, step) and host in after:
                    yield self._after(self._without(after, host) if event.interrupting else after, scope, event.id)
                    return

    def _passed(self, marking: Marking, place: Place, step: Step) -> Marking:
        return self._ended(marking - {place}, place[1], step) if step.kind == "end" else self._leave(marking, place)

    def _interrupted(self, marking: Marking, place: Place) -> Iterator[Marking]:
        _, scope, name = place
        for event in self.events.get(name, ()):
            if event.event in {"error", "escalation"}:
                continue
            rung = ("rung", scope, event.id)
            if event.interrupting:
                self.trail.append(event.id)
                yield self._after(self._without(marking, place), scope, event.id)
            elif rung not in marking:
                self.trail.append(event.id)
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
        while link.target in self.plain:
            self.trail.append(link.target)
            link = self.out[link.target][0]
        incoming = self.into[link.target]
        if self.steps[link.target].kind not in {"parallel", "inclusive"} or len(incoming) < 2:
            return self._enter(marking, scope, link.target)
        marking = self._put(marking, ("flow", scope, link.id), link.target)
        if self.steps[link.target].kind == "inclusive":
            return marking
        waiting = {("flow", scope, each.id) for each in incoming}
        return self._enter(marking - waiting, scope, link.target) if waiting <= marking else marking

    def _enter(self, marking: Marking, scope: Scope, name: str) -> Marking:
        self.trail.append(name)
        marking = self._put(marking, ("at", scope, name), name)
        step = self.steps[name]
        return self._enter(marking, (*scope, name), self._start(step.part)) if step.kind == "part" else marking

    def _put(self, marking: Marking, place: Place, step: str) -> Marking:
        if place in marking and self.steps[step].kind != "end":  # an end uses up whatever comes
            raise Twice(step)
        return marking | {place}

    def _ended(self, marking: Marking, scope: Scope, step: Step) -> Marking:
        """After an end event: the scope is over when nothing is left in it."""
        inside = {each for each in marking if each[1][: len(scope)] == scope and each[0] != "rung"}
        if inside and not step.terminates:
            return marking
        if not scope:
            return frozenset()
        host: Place = ("at", scope[:-1], scope[-1])
        left = self._leave(marking - inside, host)
        return self._ended(left, scope[:-1], replace(step, terminates=False)) if self.steps[scope[-1]].beside else left


def _catches(catch: Step, thrown: Step) -> bool:
    return catch.event == thrown.event and catch.message in {None, thrown.message}

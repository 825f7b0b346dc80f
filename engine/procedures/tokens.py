"""Every way a case can take through a diagram, its answers left out: where it can get stuck, be twice at once, or go on for ever.

A marking is the set of places that hold a token: a step in a scope (the sub-processes it is in), or a flow that waits at a parallel
or inclusive gateway. Choices, timers and messages may go either way; a step that is done several times is looked at once. What is found
is possible by the drawing; an expression may forbid it. A token runs through plain steps (one way in, one way out, nothing on their
boundary) without a stop: that changes neither where it can get stuck nor where two can meet, and keeps the number of markings small.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from engine.flow import Process

from .net import Marking, Net, Path, Twice

# A permit has tens of markings; a drawing with more is not looked through to the end.
LIMIT = 20_000


@dataclass
class Explored:
    """Gateways at which a case can wait for ever and steps that can be open twice at once, each with a shortest way there; the shortest
    way from which on a case can never end, though it never stands still; every marking with the one before it and what was passed
    between; and whether all ways were looked at."""

    stuck: dict[str, Path] = field(default_factory=dict)
    twice: dict[str, Path] = field(default_factory=dict)
    endless: Path | None = None
    complete: bool = True
    before: dict[Marking, tuple[Marking | None, Path]] = field(default_factory=dict)

    def path(self, marking: Marking) -> Path:
        """What was passed on a shortest way to a marking."""
        parts: list[Path] = []
        here: Marking | None = marking
        while here is not None:
            here, passed = self.before[here]
            parts.append(passed)
        return tuple(step for part in reversed(parts) for step in part)


def explore(process: Process, limit: int = LIMIT, *, stops: frozenset[str] = frozenset()) -> Explored:
    """Walk every way through a process, the shortest first. At the steps in `stops` every token stops, however plain they are."""
    net, found = Net(process, stops), Explored()
    first = net.first()
    found.before[first] = (None, net.passed())
    todo, leading = deque([first]), _Leading()
    while todo:
        if len(found.before) > limit:
            found.complete = False
            return found
        marking = todo.popleft()
        if not _moved(net, found, marking, todo, leading) and marking:
            waiting = {net.target(name) for kind, _, name in marking if kind == "flow"}
            for gateway in net.first_of(waiting):
                found.stuck.setdefault(gateway, found.path(marking))
    if not found.stuck and not found.twice:
        found.endless = _endless(found, leading)
    return found


_Leading = dict[Marking, list[Marking]]  # the markings that lead to one


def _endless(found: Explored, leading: _Leading) -> Path | None:
    """The shortest way to a marking from which no way leads to the end of the case."""
    over: Marking = frozenset()
    ending, todo = {over}, [over]
    while todo:
        new = [each for each in leading.get(todo.pop(), ()) if each not in ending]
        ending.update(new)
        todo += new
    return next((found.path(marking) for marking in found.before if marking not in ending), None)


def _moved(net: Net, found: Explored, marking: Marking, todo: deque[Marking], leading: _Leading) -> bool:
    """Take every move of a marking; whether there was one."""
    moved = False
    for place in sorted(marking):
        try:
            for following in net.moves(marking, place):
                moved, passed = True, net.passed()
                leading.setdefault(following, []).append(marking)
                if following not in found.before:
                    found.before[following] = (marking, passed)
                    todo.append(following)
        except Twice as twice:
            moved = True
            found.twice.setdefault(twice.step, (*found.path(marking), *net.passed()))
    return moved

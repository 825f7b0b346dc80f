"""What is certain to have been done and written before each step of a diagram, whatever way a case came.

A choice passes on what all its ways have, a parallel gateway what any of its ways has. Worked out as the greatest solution, so that
loops say nothing that a first round would not.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from engine.flow import Process, Step

from .tokens import Explored

Names = frozenset[str]
EXIT = "!"  # the end of a sub-process is a node of its own: `review!`
_MOST_ENDS = 8


@dataclass(frozen=True)
class Edge:
    """A way into a node. `early`: what was certain before its source counts, not what the source itself did (a boundary event)."""

    source: str
    early: bool = False
    link: str = ""


def writes_of(process: Process, step: Step) -> Names:
    """The names that a step writes when it is done."""
    brought = {"start": step.id} if step.message else {}  # a message that starts a sub-process beside
    own = {"user": step.form, "rule": step.result, "script": step.result, "service": step.id, "receive": step.id, **brought}.get(step.kind)
    given = {name for name, _ in step.outputs}
    if step.loop and step.loop.results:
        return frozenset({step.loop.results, *given})
    return frozenset({*given, *([own] if own else [])})


class Routes:
    """Everything about the order of the steps of one process."""

    def __init__(self, process: Process, explored: Explored) -> None:
        self.process, self.steps, self.explored = process, process.steps, explored
        self.gives = {ident: writes_of(process, step) for ident, step in self.steps.items()}
        self.into: dict[str, list[Edge]] = {}
        self._draw()
        self.certain: dict[str, Names | None] = self._solved()

    def before(self, node: str) -> Names:
        """The names that are certain before a step; for one that is never reached, every name."""
        found = self.certain.get(node)
        return self.everything if found is None else found

    def after(self, node: str) -> Names:
        """The names that are certain when a step is done."""
        return self._after(self.before(node), node)

    @cached_property
    def everything(self) -> Names:
        """Every name, and a mark for every step that is done."""
        return frozenset().union(*self.gives.values(), {f"#{ident}" for ident in self.steps})

    def writers(self, name: str) -> list[Step]:
        """The steps that write a name, in reading order."""
        return [self.steps[ident] for ident in self.process.order if name in self.gives[ident]]

    def node_after(self, ident: str) -> str:
        """The node at which a step is done."""
        return ident + EXIT if self.steps[ident].kind == "part" else ident

    def can_follow(self, node: str) -> frozenset[str]:
        """Every node that can come after a node."""
        seen, todo = set[str](), [node]
        while todo:
            for following in self.out.get(todo.pop(), ()):
                if following not in seen:
                    seen.add(following)
                    todo.append(following)
        return frozenset(seen)

    @cached_property
    def out(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for node, edges in self.into.items():
            for edge in edges:
                found.setdefault(edge.source, []).append(node)
        return found

    def path_without(self, name: str, node: str, *, after: bool = False) -> tuple[str, ...]:
        """A shortest way from the start to a node on which a name is not written: ids of steps and of chosen ways."""
        todo: deque[tuple[str, tuple[str, ...]]] = deque([(node, (node,) if after else ())])
        seen = {node}
        while todo:
            here, path = todo.popleft()
            edges = self.into.get(here, [])
            if not edges:
                return path
            for edge in edges:
                lacking = self.before(edge.source) if edge.early else self.after(edge.source)
                if edge.source not in seen and name not in lacking:
                    seen.add(edge.source)
                    passed = (*([] if edge.early else [edge.source.removesuffix(EXIT)]), *([edge.link] if edge.link else []))
                    todo.append((edge.source, (*passed, *path)))
        return ()

    def _after(self, known: Names, node: str) -> Names:
        if node.endswith(EXIT):
            ident = node.removesuffix(EXIT)
            return known | self.gives[ident] | {f"#{ident}"}
        step = self.steps[node]
        if step.kind == "part":
            return known
        if step.loop is not None and step.loop.test_first:
            return known
        done = frozenset[str]() if step.loop is not None and step.loop.collection else {f"#{node}"}  # a list may be empty
        return known | self.gives[node] | done

    def _solved(self) -> dict[str, Names | None]:
        """The greatest solution; None for what is never reached."""
        nodes = [*self.process.order, *(ident + EXIT for ident in self.process.order if self.steps[ident].kind == "part")]
        certain: dict[str, Names | None] = dict.fromkeys(nodes)
        changed = True
        while changed:
            changed = False
            for node in nodes:
                found = self._joined(node, certain)
                if found != certain[node]:
                    certain[node], changed = found, True
        return certain

    def _joined(self, node: str, certain: Mapping[str, Names | None]) -> Names | None:
        if node.endswith(EXIT) and (done := self._finished(node.removesuffix(EXIT), certain)) is not None:
            return done
        edges = self.into.get(node)
        if edges is None:
            return frozenset() if self._begins(node) else None
        known = [found for edge in edges if (found := self._along(edge, certain)) is not None]
        if not known:
            return None
        is_join = not node.endswith(EXIT) and self.steps[node].kind == "parallel"
        return frozenset().union(*known) if is_join else frozenset.intersection(*known)

    def _begins(self, node: str) -> bool:
        return not node.endswith(EXIT) and self.steps[node].kind == "start" and self.steps[node].inside == self.process.key

    def _along(self, edge: Edge, certain: Mapping[str, Names | None]) -> Names | None:
        known = certain[edge.source]
        return known if known is None or edge.early else self._after(known, edge.source)

    def _finished(self, ident: str, certain: Mapping[str, Names | None]) -> Names | None:
        """What is certain at the end of a sub-process: what the ends that come together wrote, whichever these are."""
        step = self.steps[ident]
        if step.loop is not None or not (groups := self._ends(step)):
            return None
        known = [[self._after(found, end) for end in group if (found := certain[end]) is not None] for group in groups]
        reached = [frozenset().union(*group) for group in known if group]
        outside = certain[ident]
        return frozenset.intersection(*reached) | (outside or frozenset()) if reached else None

    def _ends(self, step: Step) -> list[tuple[str, ...]]:
        return self._groups.setdefault(step.id, list(self._grouped(step)))

    @cached_property
    def _groups(self) -> dict[str, list[tuple[str, ...]]]:
        return {}

    def _grouped(self, step: Step) -> Iterator[tuple[str, ...]]:
        """The ends of a sub-process that come together; each for itself where that cannot be known."""
        inside = [each for each in self.steps.values() if each.inside == step.part]
        ends = [each.id for each in inside if each.kind == "end" and each.event != "error"]
        alone = [each for each in ends if self.steps[each].terminates]
        others = [each for each in ends if each not in alone]
        if any(each.kind == "inclusive" for each in inside) or len(others) > _MOST_ENDS:
            alone, others = ends, []
        yield from ((each,) for each in alone)
        found: list[frozenset[str]] = []
        for size in range(len(others), 0, -1):
            for group in combinations(others, size):
                together = all(frozenset(pair) in self._together for pair in combinations(group, 2))
                if together and not any(set(group) <= larger for larger in found):
                    found.append(frozenset(group))
                    yield group

    @cached_property
    def _together(self) -> set[frozenset[str]]:
        """Pairs of ends of one (sub-)process that were seen in one marking."""
        pairs = set()
        for marking in self.explored.before:
            ends = [(scope, name) for kind, scope, name in marking if kind == "at" and self.steps[name].kind == "end"]
            pairs |= {frozenset((one[1], other[1])) for one, other in combinations(ends, 2) if one[0] == other[0]}
        return pairs

    def _draw(self) -> None:
        for link in self.process.links:
            self._edge(link.target, Edge(self.node_after(link.source), link=link.id if self._chooses(link.source) else ""))
        for step in self.steps.values():
            if step.host:
                for edge in self._caught(step) or [Edge(step.host, early=True)]:
                    self._edge(step.id, edge)
            if step.undoes:
                self._edge(step.id, Edge(self.node_after(step.undoes)))
            if step.beside:
                self._edge(step.id, Edge(self._start(step.inside), early=True))
            if step.kind == "part":
                self._edge(self._start(step.part or ""), Edge(step.id, early=True))
                self._edge(step.id + EXIT, Edge(step.id, early=True))

    def _edge(self, node: str, edge: Edge) -> None:
        self.into.setdefault(node, []).append(edge)

    def _chooses(self, ident: str) -> bool:
        return self.steps[ident].kind in {"exclusive", "inclusive"} and sum(link.source == ident for link in self.process.links) > 1

    def _start(self, key: str) -> str:
        return next(each.id for each in self.steps.values() if each.kind == "start" and each.inside == key)

    def _caught(self, event: Step) -> list[Edge]:
        """The ends and throws inside its step that an error or escalation event catches."""
        if event.event not in {"error", "escalation"}:
            return []
        inside, todo = set[str](), [self.steps[event.host or ""].part]
        while todo:
            part = todo.pop()
            if part and part not in inside:
                inside.add(part)
                todo += [each.part for each in self.steps.values() if each.inside == part and each.kind == "part"]
        thrown = (each for each in self.steps.values() if each.inside in inside and each.event == event.event)
        return [Edge(each.id) for each in thrown if each.kind in {"end", "pass"} and event.message in {None, each.message}]

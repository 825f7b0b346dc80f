"""Which steps of one (sub-)process lie behind which, loops aside: what sending a case back and moving it to a new version ask."""

from __future__ import annotations

from collections.abc import Iterable

from .model import Process, Step

_FORKS = frozenset({"parallel", "inclusive"})


class Ways:
    """The flows of one process or sub-process, without those that lead back; a boundary event lies behind its host."""

    def __init__(self, process: Process, scope: str) -> None:
        self.steps = {ident: step for ident, step in process.steps.items() if step.inside == scope}
        self.next: dict[str, list[str]] = {ident: [] for ident in self.steps}
        for link in process.links:
            if link.source in self.steps:
                self.next[link.source].append(link.target)
        for step in self.steps.values():
            if step.host in self.next:
                self.next[step.host].append(step.id)
        self._leave_out_returns(next((step.id for step in self.steps.values() if step.kind == "start"), None))
        self._after: dict[str, frozenset[str]] = {}

    def _leave_out_returns(self, start: str | None) -> None:
        """Drop every flow that leads to a step on the way to itself: it begins another round."""
        seen, path = set[str](), list[tuple[str, list[str]]]()
        on_path = set[str]()
        for root in ([start] if start else []) + list(self.steps):
            if root in seen:
                continue
            path.append((root, list(self.next[root])))
            seen.add(root)
            on_path.add(root)
            while path:
                ident, todo = path[-1]
                if not todo:
                    on_path.discard(ident)
                    path.pop()
                elif (target := todo.pop(0)) in on_path:
                    self.next[ident].remove(target)
                elif target not in seen:
                    seen.add(target)
                    on_path.add(target)
                    path.append((target, list(self.next[target])))

    def after(self, ident: str) -> frozenset[str]:
        """Everything that can come after a step in the same round, the step itself not among it."""
        known = self._after.get(ident)
        if known is None:
            known = frozenset(self._reached(self.next.get(ident, ())))
            self._after[ident] = known
        return known

    def _reached(self, targets: Iterable[str]) -> set[str]:
        seen, todo = set(targets), list(targets)
        while todo:
            for target in self.next[todo.pop()]:
                if target not in seen:
                    seen.add(target)
                    todo.append(target)
        return seen

    def covers(self, source: str, target: str) -> bool:
        """Whether a token at `source` is at `target` or can still come there."""
        return source == target or target in self.after(source)

    def beside_each_other(self, one: str, other: str) -> bool:
        """Whether both can be alive at once: they lie on different ways out of a gateway that takes several."""
        return any(self._parts(step, one, other) for step in self.steps.values())

    def _parts(self, step: Step, one: str, other: str) -> bool:
        ways = self.next[step.id]
        if step.kind in _FORKS or len(ways) > 1:
            taken = [(self.covers(way, one), self.covers(way, other), way) for way in ways if self._together(step, way, ways)]
            return any(a and not b for a, b, _ in taken) and any(b and not a for a, b, _ in taken)
        return False

    def _together(self, step: Step, way: str, ways: list[str]) -> bool:
        """Whether this way out can be taken beside others: of a fork, of a step with several flows, of an event that does not interrupt."""
        target = self.steps[way]
        if target.host == step.id:
            return not target.interrupting
        if step.kind in _FORKS:
            return True
        return step.kind not in {"exclusive", "race"}

"""The working days of the office's steps, on the longest way, are not more than the office promises for the whole case.

Counted from complete papers; steps of the applicant and of a payment stop the clock. Branches side by side count once, a round is
gone through once. For a promise that depends on a condition, only the ways that fit that condition are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import rules
from engine.flow import Link, Step
from engine.procedures.checking import Seen
from engine.procedures.derived import clock
from engine.procedures.expressions import read
from engine.procedures.names import FUNCTIONS
from engine.procedures.naming import both
from rules import Finding

SENTENCES = {
    "days.too_many": {
        "id": "Langkah-langkah kantor membutuhkan {sum} hari kerja ({steps}), padahal yang dijanjikan {promised}{when}. "
        "Kurangi hari salah satu langkah, atau janjikan {sum}.",
        "en": "The office's steps take {sum} working days ({steps}), and {promised} are promised{when}. "
        "Give one of the steps fewer days, or promise {sum}.",
    },
}
_BEGIN = ("accept", "receive")
Way = tuple[int, tuple[str, ...]]


def check(seen: Seen) -> Iterator[Finding]:
    time = seen.bundle.about.time
    conditions = [each.when for each in time.days_when]
    for number, each in enumerate(time.days_when):
        yield from _held(seen, each.days, each.when, conditions[:number], f"procedure.toml#/time/days_when/{number}/days")
    yield from _held(seen, time.days, None, conditions, "procedure.toml#/time/days")


def _held(seen: Seen, promised: int, when: str | None, others: list[str], place: str) -> Iterator[Finding]:
    total, steps = _Longest(seen, _Case(when, tuple(others))).way()
    if total > promised:
        named = [seen.called.step(step) for step in steps]
        days = [seen.bundle.process.steps[step].properties["days"] for step in steps]
        told = both(*(" + ".join(f"{name[lang]} {count}" for name, count in zip(named, days, strict=True)) for lang in ("id", "en")))
        told_when = both(f" bila {when}", f" when {when}") if when else both("", "")
        yield Finding(place, "days.too_many", {"sum": total, "promised": promised, "steps": told, "when": told_when})


@dataclass(frozen=True)
class _Case:
    """The cases a promise is for: those in which `when` holds (None: any) and none of `others`."""

    when: str | None
    others: tuple[str, ...]

    def ways(self, links: list[Link]) -> list[Link]:
        """The ways out of a choice that such a case can take."""
        open_ways = []
        for link in sorted(links, key=lambda each: each.otherwise):
            holds = self._holds(link.condition) if link.condition else None
            if holds is not False:
                open_ways.append(link)
            if holds:
                break
        return open_ways

    def _holds(self, condition: str) -> bool | None:
        """Whether a condition holds in these cases; None when that is open."""
        tree = _tree(condition)
        if tree is None:
            return None
        if self.when and _tree(self.when) == tree:
            return True
        if any(_tree(other) == tree for other in self.others):
            return False
        known = _known(self.when) if self.when else {}
        reads = read(condition)
        if not known or reads is None or not reads.paths or not reads.paths <= known.keys():
            return None
        return rules.holds(condition, _nested(known))


def _tree(text: str) -> Any:
    try:
        return rules.compile(text, names=FUNCTIONS).ast["e"]
    except rules.RuleError:
        return None


def _known(when: str) -> dict[str, Any]:
    """The answers that a condition fixes: `a.b = "x" and a.c = 3`."""
    found: dict[str, Any] = {}
    todo = [_tree(when)]
    while todo:
        node = todo.pop()
        if not node:
            continue
        if node[0] == "and":
            todo += node[1:]
        elif node[0] == "=" and node[2][0] in {"str", "num", "true", "false"} and (path := _path(node[1])):
            found[path] = node[2][1] if node[2][0] == "str" else rules.evaluate(_written(node[2]), {})
    return found


def _written(node: list[Any]) -> str:
    return str(node[1]) if node[0] == "num" else str(node[0])


def _path(node: Any) -> str:
    if node[0] == "var":
        return str(node[1])
    inner = _path(node[1]) if node[0] == "." else ""
    return f"{inner}.{node[2]}" if inner else ""


def _nested(known: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for path, value in known.items():
        here = made
        *way, last = path.split(".")
        for part in way:
            here = here.setdefault(part, {})
        here[last] = value
    return made


@dataclass
class _Longest:
    """The longest way of such a case through the diagram, in the office's working days."""

    seen: Seen
    case: _Case

    def way(self) -> Way:
        process = self.seen.bundle.process
        begins = next((each.id for action in _BEGIN for each in self.seen.of_kind("service") if each.action == action), None)
        return self._through(process.key, begins)

    def _through(self, key: str, begins: str | None) -> Way:
        """The longest way through one (sub-)process, counted from `begins` on (None: from its start); a round is gone through once."""
        start = next(each.id for each in self.seen.bundle.process.steps.values() if each.kind == "start" and each.inside == key)
        found: dict[str, Way] = {}
        counted: dict[str, Way] = {}  # the longest way from here on, and the one that begins to be counted here or later
        order, forth = self._order(start)
        for ident in order:
            ahead = [each for each in forth[ident] if each in found]
            best = max((found[each] for each in ahead if each not in self._events(ident)), key=_days, default=(0, ()))
            own = self._own(self.seen.bundle.process.steps[ident])
            beside = [found[each] for each in ahead if each in self._events(ident)]
            found[ident] = max([(own[0] + best[0], (*own[1], *best[1])), *beside], key=_days)
            later = [counted[each] for each in ahead if each in counted]
            if ident == begins:
                counted[ident] = found[ident]
            elif later:
                counted[ident] = max(later, key=_days)
        return found[start] if begins is None else counted.get(start, (0, ()))

    def _order(self, start: str) -> tuple[list[str], dict[str, list[str]]]:
        """The steps from the last to the first, and where one goes from each without beginning a round again."""
        forth: dict[str, list[str]] = {}
        order: list[str] = []
        done: set[str] = set()
        todo: list[tuple[str, bool]] = [(start, False)]
        path: set[str] = set()
        while todo:
            ident, is_over = todo.pop()
            if is_over:
                path.discard(ident)
                done.add(ident)
                order.append(ident)
            elif ident not in done and ident not in path:
                path.add(ident)
                todo.append((ident, True))
                forth[ident] = [*self._following(ident), *self._events(ident)]
                todo += [(each, False) for each in forth[ident]]
        place = {ident: number for number, ident in enumerate(order)}
        return order, {ident: [each for each in steps if place[each] < place[ident]] for ident, steps in forth.items()}

    def _own(self, step: Step) -> Way:
        if step.kind == "part":
            return self._through(step.part or "", None)
        days = step.properties.get("days", "")
        counts = step.kind == "user" and clock(step) == "office" and days.isascii() and days.isdigit()
        return (int(days), (step.id,)) if counts else (0, ())

    def _following(self, ident: str) -> list[str]:
        links = self.seen.called.out.get(ident, [])
        chooses = self.seen.bundle.process.steps[ident].kind == "exclusive" and len(links) > 1
        return [link.target for link in (self.case.ways(links) if chooses else links)]

    def _events(self, ident: str) -> list[str]:
        return self.seen.called.events.get(ident, [])


def _days(way: Way) -> int:
    return way[0]

"""The working days of the office's steps, on the longest way, are not more than the office promises for the whole case.

Counted from complete papers; steps of the applicant and of a payment stop the clock. Branches side by side count once, a round is
gone through once. For a promise that depends on a condition, only the ways that fit that condition are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
        tree, same = _tree(condition), lambda text: _tree(text) == _tree(condition)
        if tree is None:
            return None
        if self.when and same(self.when):
            return True
        if any(same(other) for other in self.others):
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
    known: dict[tuple[str, bool], Way | None] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)

    def way(self) -> Way:
        process = self.seen.bundle.process
        begins = next((each.id for action in _BEGIN for each in self.seen.of_kind("service") if each.action == action), None)
        start = next(each.id for each in process.steps.values() if each.kind == "start" and each.inside == process.key)
        found = self._from(start, begins is None, begins)
        return found or (0, ())

    def _from(self, ident: str, counting: bool, begins: str | None) -> Way | None:
        """The longest way from a step on; None when from here the clock never begins. A step that is already on the way is not gone into."""
        counting = counting or ident == begins
        key = (ident, counting)
        if key in self.known:
            return self.known[key]
        if ident in self.open:
            return None
        self.open.add(ident)
        own = self._own(self.seen.bundle.process.steps[ident], counting)
        following = [found for each in self._following(ident) if (found := self._from(each, counting, begins)) is not None]
        beside = [found for each in self._events(ident) if (found := self._from(each, counting, begins)) is not None]
        self.open.discard(ident)
        best = max(following, key=lambda way: way[0], default=(0, ()) if counting else None)
        found = (own[0] + best[0], (*own[1], *best[1])) if best is not None else None
        self.known[key] = max([*beside, *([found] if found else [])], key=lambda way: way[0], default=None)
        return self.known[key]

    def _own(self, step: Step, counting: bool) -> Way:
        days = step.properties.get("days", "")
        if step.kind == "part":
            start = next(each.id for each in self.seen.bundle.process.steps.values() if each.kind == "start" and each.inside == step.part)
            return self._from(start, counting, None) or (0, ())
        counts = counting and step.kind == "user" and clock(step) == "office" and days.isascii() and days.isdigit()
        return (int(days), (step.id,)) if counts else (0, ())

    def _following(self, ident: str) -> list[str]:
        links = self.seen.called.out.get(ident, [])
        chooses = self.seen.bundle.process.steps[ident].kind == "exclusive" and len(links) > 1
        return [link.target for link in (self.case.ways(links) if chooses else links)]

    def _events(self, ident: str) -> list[str]:
        return [each.id for each in self.seen.bundle.process.steps.values() if each.host == ident]

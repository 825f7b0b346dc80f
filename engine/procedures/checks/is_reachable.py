"""Every step can be reached from the start, and from every step an end can be reached (along the drawn flows alone)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.procedures.checking import Seen
from rules import Finding

SENTENCES = {
    "step.unreachable": "{name} ({id}) can never be reached; draw a flow to it or remove it.",
    "step.no_end": "From {name} ({id}) no end can be reached; draw a way out.",
}


def check(seen: Seen) -> Iterator[Finding]:
    process = seen.bundle.process
    forth = ways(seen)
    back: dict[str, list[str]] = {}
    for source, targets in forth.items():
        for target in targets:
            back.setdefault(target, []).append(source)
    starts = [step.id for step in process.steps.values() if step.kind == "start"]
    ends = [step.id for step in process.steps.values() if step.kind == "end"]
    begun, ending = reach(starts, forth), reach(ends, back)
    for step in seen.steps:
        if step.id not in begun:
            yield seen.at(step, "step.unreachable")
        elif step.id not in ending:
            yield seen.at(step, "step.no_end")


def ways(seen: Seen) -> dict[str, list[str]]:
    """Where one can go from each step; an event on a boundary can be reached from its step, and a sub-process
    that an event starts from the step or the start around it."""
    found: dict[str, list[str]] = {}
    for link in seen.bundle.process.links:
        found.setdefault(link.source, []).append(link.target)
    for step in seen.steps:
        if step.host:
            found.setdefault(step.host, []).append(step.id)
        if step.beside:
            around = {each.part: each.id for each in seen.steps if each.kind == "part" and each.id != step.id}
            start = next(each.id for each in seen.steps if each.kind == "start" and each.inside == step.inside)
            found.setdefault(around.get(step.inside, start), []).append(step.id)
            found.setdefault(step.id, []).extend(each.id for each in seen.steps if each.kind == "start" and each.inside == step.id)
    return found


def reach(starts: list[str], graph: Mapping[str, list[str]]) -> set[str]:
    """Everything that can be reached."""
    seen, todo = set(starts), list(starts)
    while todo:
        for following in graph.get(todo.pop(), ()):
            if following not in seen:
                seen.add(following)
                todo.append(following)
    return seen

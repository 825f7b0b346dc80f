"""On every round somebody does something, or something is waited for: else what led into it leads into it again, and the case never
comes out of it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.flow import Step
from engine.procedures.checking import Seen
from engine.procedures.checks.is_reachable import reach
from engine.procedures.expressions import read
from rules import Finding

SENTENCES = {
    "round.nobody": {
        "id": "Perkara dapat berputar terus lewat {step}: di putaran itu tidak ada yang mengerjakan atau menunggu sesuatu, sehingga "
        "jawabannya selalu sama. Gambar jalan kembali lewat langkah seseorang.",
        "en": "The case can go round for ever through {step}: nobody does anything in that round and nothing is waited for, so that its "
        "answer is always the same. Draw the way back through a step of somebody.",
    },
}
_BY_ITSELF = frozenset({"service", "rule", "script", "exclusive", "inclusive", "parallel", "pass"})


def check(seen: Seen) -> Iterator[Finding]:
    alone = {step.id for step in seen.of_kind(*_BY_ITSELF) if not _is_held(seen, step)}
    forth: dict[str, list[str]] = {}
    for link in seen.bundle.process.links:
        if link.source in alone and link.target in alone:
            forth.setdefault(link.source, []).append(link.target)
    told: set[str] = set()
    steps = seen.bundle.process.steps
    for step in seen.steps:
        if step.id in alone and step.id not in told and step.id in reach(forth.get(step.id, []), forth):
            ring = {each for each in reach([step.id], forth) if step.id in reach(forth.get(each, []), forth)}
            told |= ring
            if not any(_counts(steps[each], seen, ring) for each in ring):
                doing = (each for each in seen.of_kind("service", "rule", "script") if each.id in ring)
                yield seen.at(next(doing, step), "round.nobody")


def _is_held(seen: Seen, step: Step) -> bool:
    return step.loop is not None or any(each.host == step.id for each in seen.steps)


def _counts(step: Step, seen: Seen, ring: set[str]) -> bool:
    """Whether a step works out something from what the round itself wrote, as a counter does."""
    written = {name for each in ring for name in _writes(seen.bundle.process.steps[each])}
    texts = [step.expression, *(text for _, text in step.outputs)] if step.kind == "script" else [text for _, text in step.outputs]
    reads = [found.paths for found in map(read, filter(None, texts)) if found is not None]
    return any(path.partition(".")[0] in written for paths in reads for path in paths)


def _writes(step: Step) -> Iterator[str]:
    yield step.id
    yield from (name for name, _ in step.outputs)
    if step.result:
        yield step.result

"""Every choice has an "otherwise", so that no case can get stuck in it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from rules import Finding

SENTENCES = {
    "split.no_otherwise": {
        "id": "{step} tidak punya “selain itu”: bila tidak ada syarat yang terpenuhi, perkara berhenti di sini. "
        "Jadikan salah satu jalannya sebagai “selain itu” (default flow).",
        "en": "{step} has no otherwise: when no condition holds, the case would stop here. Make one of its ways the default flow.",
    },
}


def check(seen: Seen) -> Iterator[Finding]:
    for step in seen.of_kind("exclusive", "inclusive"):
        ways = [link for link in seen.bundle.process.links if link.source == step.id]
        if len(ways) > 1 and not any(link.otherwise for link in ways):
            yield seen.at(step, "split.no_otherwise")

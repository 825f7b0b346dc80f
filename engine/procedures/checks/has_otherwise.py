"""Every choice has an "otherwise", so that no case can get stuck in it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from rules import Finding

SENTENCES = {
    "split.no_otherwise": {
        "id": "{step} tidak punya “selain itu”: bila tidak ada syarat yang terpenuhi, perkara berhenti di sini. "
        "Di perancang, pilih {step} dan tandai salah satu jalannya “Jika tidak ada jalan lain yang cocok”.",
        "en": "{step} has no otherwise: when no condition holds, the case would stop here. "
        "In the designer, choose {step} and mark one of its ways “Otherwise: when no other way fits”.",
    },
}


def check(seen: Seen) -> Iterator[Finding]:
    for step in seen.of_kind("exclusive", "inclusive"):
        ways = [link for link in seen.bundle.process.links if link.source == step.id]
        if any(link.condition for link in ways) and not any(link.otherwise or link.condition == "true" for link in ways):
            yield seen.at(step, "split.no_otherwise")

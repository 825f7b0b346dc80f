"""Every decision that is called is in the bundle."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from rules import Finding

SENTENCES = {
    "step.decision_missing": {
        "id": "{step} memakai tabel “{decision}”, yang tidak ada. Buat tabel itu, atau pilih yang lain pada “Tabel keputusan yang mana?”.",
        "en": "{step} uses the table “{decision}”, which does not exist. Make that table, or choose another at “Which decision table?”.",
    },
    "about.decision_missing": {
        "id": "Tabel “{decision}” untuk biaya tidak ada. Buat tabel itu, atau pilih yang lain pada “Tentang layanan”, “Tabel "
        "mana yang menyebut jumlahnya?”.",
        "en": "The table “{decision}” for the fee does not exist. Make that table, or choose another under “About the "
        "service”, “Which table says how much?”.",
    },
}


def check(seen: Seen) -> Iterator[Finding]:
    decisions = seen.bundle.decisions
    for step in seen.of_kind("rule"):
        if step.decision not in decisions:
            yield seen.at(step, "step.decision_missing", decision=step.decision)
    called = seen.bundle.about.fee.decision
    if called and called not in decisions:
        yield Finding("procedure.toml#/fee/decision", "about.decision_missing", {"decision": called})

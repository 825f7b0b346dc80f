"""Every decision that is called is in the bundle."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from rules import Finding

SENTENCES = {
    "step.decision_missing": {
        "id": "{step} memakai tabel {decision}, yang tidak ada di folder decisions/; tambahkan tabel itu atau pilih yang lain.",
        "en": "{step} calls the decision {decision}, which is in no file under decisions/; add that table or choose another.",
    },
    "about.decision_missing": {
        "id": "procedure.toml menyebut tabel {decision}, yang tidak ada di folder decisions/; tambahkan tabel itu atau sebut yang lain.",
        "en": "procedure.toml names the decision {decision}, which is in no file under decisions/; add that table or name another.",
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

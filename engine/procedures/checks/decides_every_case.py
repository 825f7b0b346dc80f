"""Every decision table answers every case once: no rows that both hold, no case without a row, no row that is never used."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from rules import Decisions, Finding

SENTENCES = {
    "table.gap": {
        "id": "Tidak ada baris untuk {example}: hasilnya akan kosong. Tambahkan baris untuk itu, atau baris terakhir tanpa syarat.",
        "en": "No row holds for {example}: nothing would come out. Add a row for it, or a last row without conditions.",
    },
    "table.no_row": {
        "id": "Tidak ada baris untuk {example}, padahal jawaban itu boleh diberikan. Tambahkan baris untuk itu.",
        "en": "No row holds for {example}, and that may be answered. Add a row for it.",
    },
}
WARNINGS = frozenset({"table.gap", "dmn.never_reached", "dmn.never_fires", "dmn.reached_when_missing"})


def check(seen: Seen) -> Iterator[Finding]:
    for decisions in {id(each): each for each in seen.bundle.decisions.values()}.values():
        file = seen.bundle.places[f"decision {decisions.ids[0]}"]
        for finding in decisions.review():
            code = finding.code
            if code == "dmn.gap":
                code = "table.no_row" if _may_be_answered(decisions, finding) else "table.gap"
            yield Finding(f"{file}#{finding.place}", code, finding.facts)


def _may_be_answered(decisions: Decisions, finding: Finding) -> bool:
    """Whether every input of the table says which values it may have, so that the gap is certain."""
    table = next((each.logic for each in decisions.model.elements if each.id == finding.place and hasattr(each, "logic")), None)
    inputs = getattr(table, "inputs", ())
    return bool(inputs) and all(column.allowed for column in inputs)

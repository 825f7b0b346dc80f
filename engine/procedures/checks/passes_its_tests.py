"""The test rows of every decision table come out as they say."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import rules
from engine.procedures.checking import Seen
from engine.procedures.table_tests import TableTest, outcome_told, play, rows_told, value_told
from rules import Decisions, Finding

SENTENCES = {
    "test.failed": {
        "id": "seharusnya {wanted}, tetapi tabelnya memberi {was} ({rows}). Perbaiki baris tabel itu, atau hasil yang diharapkan.",
        "en": "{wanted} is expected, and the table gives {was} ({rows}). Correct that row of the table, or what is expected.",
    },
    "test.no_table": {
        "id": "tidak ada tabel “{table}” di berkasnya; perbaiki namanya, atau hapus baris uji ini. Maksudnya {near}?",
        "en": "there is no table “{table}” in its file; correct the name, or remove this test row. Did you mean {near}?",
    },
    "test.unknown_name": {
        "id": "tabel ini tidak membaca “{name}”; hapus dari baris uji, atau perbaiki namanya. Maksudnya {near}?",
        "en": "the table does not read “{name}”; remove it from the test row, or correct its name. Did you mean {near}?",
    },
}


def check(seen: Seen) -> Iterator[Finding]:
    for name, tests in seen.bundle.tests.items():
        file, decisions = f"decisions/{name}.tests.toml", seen.bundle.models.get(name)
        known = [one.id for one in decisions.model.elements if rules.table_in(one)] if decisions else []
        alone: dict[str, Decisions] = {}
        for number, test in enumerate(tests):
            place = f"{file}#/tests/{number}"
            if decisions is None or test.table not in known:
                yield Finding(place, "test.no_table", {"table": test.table, "near": _near(test.table, known)})
                continue
            if test.table not in alone:
                alone[test.table] = rules.alone(decisions.model, test.table)
            yield from _played(place, alone[test.table], test)


def _near(word: str, known: list[str]) -> str:
    return next(iter(get_close_matches(word, known, 1)), "")


def _played(place: str, decisions: Decisions, test: TableTest) -> Iterator[Finding]:
    reads = sorted(decisions.reads(test.table))
    for name in test.given:
        if not any(name == path or path.startswith(f"{name}.") or name.startswith(f"{path}.") for path in reads):
            yield Finding(place, "test.unknown_name", {"name": name, "near": _near(name, reads)})
            return
    played = play(decisions, test)
    if not played.ok:
        facts = {"wanted": value_told(test.expect), "was": outcome_told(played), "rows": rows_told(played.fired)}
        yield Finding(place, "test.failed", facts)

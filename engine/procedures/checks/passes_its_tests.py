"""The test rows of every decision table come out as they say."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import rules
from engine.procedures.checking import Seen
from engine.procedures.naming import Words, both
from engine.procedures.table_tests import Tested, TableTest, play
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
        rows = [str(number) for number in played.fired]
        facts = {"wanted": value_told(test.expect), "was": outcome_told(played), "rows": rows_told(rows)}
        yield Finding(place, "test.failed", facts)


def outcome_told(played: Tested) -> Words:
    """What came out, or why nothing did."""
    if not played.problem:
        return value_told(played.value)
    why = _PROBLEMS.get(played.problem)
    return why or both(f"galat {played.problem}", f"the error {played.problem}")


_PROBLEMS = {
    "dmn.several_rules": both(
        "beberapa baris sekaligus, padahal hanya satu yang boleh berlaku", "several rows at once, and only one may hold"
    ),
    "dmn.outputs_differ": both("beberapa baris dengan hasil yang berbeda", "several rows with different results"),
    "dmn.not_allowed": both(
        "galat: jawaban itu tidak termasuk nilai kolomnya", "an error: that answer is not among the values of its column"
    ),
    "feel.no_clock": both("galat: baris uji ini perlu menyebut harinya", "an error: the test row has to say the day"),
}


def rows_told(rows: list[str]) -> Words:
    """Which rows fired."""
    if not rows:
        return both("tidak ada baris yang berlaku", "no row holds")
    return both(f"baris {', '.join(rows)}", f"row {', '.join(rows)}")


def value_told(value: object) -> Words:
    """A value as a sentence shows it."""
    if value is None:
        return both("tidak ada hasil", "nothing")
    if isinstance(value, bool):
        return both("ya", "yes") if value else both("tidak", "no")
    if isinstance(value, dict):
        parts = [(key, value_told(each)) for key, each in value.items()]
        return both(*(", ".join(f"{key} = {each[lang]}" for key, each in parts) for lang in ("id", "en")))
    if isinstance(value, list):
        each = [value_told(one) for one in value]
        return both(*(", ".join(one[lang] for one in each) for lang in ("id", "en")))
    return both(str(value), str(value))

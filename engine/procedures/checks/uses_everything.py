"""Nothing lies in the folder that nothing uses: it would be kept up to date for nobody, or something else was meant."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from engine.procedures.letters import BY_THE_OFFICE, file_of, sent_by
from rules import Finding

SENTENCES = {
    "unused.form": {
        "id": "Formulir “{key}” tidak dipakai oleh langkah mana pun; hapus, atau pilih di suatu langkah.",
        "en": "The form “{key}” is used by no step; remove it, or choose it at a step.",
    },
    "unused.decision": {
        "id": "Tabel “{key}” tidak dipakai oleh langkah mana pun; hapus, atau pilih di suatu langkah.",
        "en": "The table “{key}” is used by no step; remove it, or choose it at a step.",
    },
    "unused.letter": {
        "id": "Surat “{key}” tidak dikirim oleh langkah mana pun; hapus, atau sebut di suatu langkah otomatis.",
        "en": "The letter “{key}” is sent by no step; remove it, or name it at an automatic step.",
    },
}
WARNINGS = frozenset(SENTENCES)


def check(seen: Seen) -> Iterator[Finding]:
    bundle, fee = seen.bundle, seen.bundle.about.fee
    asked = {step.form for step in seen.of_kind("user")} | {fee.simulation, fee.stands_for}
    for key in bundle.forms:
        if key not in asked:
            yield Finding(bundle.places[f"form {key}"], "unused.form", {"key": key})
    yield from _decisions(seen, {step.decision for step in seen.of_kind("rule")} | {fee.decision})
    if not any(step.headers.get(key, "").strip().startswith("=") for step in seen.of_kind("service") for key in ("letter", "notice")):
        sent = {letter for step in seen.of_kind("service") for letter in sent_by(step)} | {*bundle.about.letters.values()}
        for letter, words in bundle.letters.items() if sent <= bundle.letters.keys() else ():  # else one of them was meant
            if letter not in sent and letter not in BY_THE_OFFICE:
                yield Finding(file_of(bundle.files, letter, next(iter(words))), "unused.letter", {"key": letter})


def _decisions(seen: Seen, called: set[str | None]) -> Iterator[Finding]:
    """A file of which nothing is called; tables that others in it require are used."""
    files: dict[str, list[str]] = {}
    for key in seen.bundle.decisions:
        files.setdefault(seen.bundle.places[f"decision {key}"], []).append(key)
    for file, keys in files.items():
        if not called & {*keys}:
            yield Finding(file, "unused.decision", {"key": keys})

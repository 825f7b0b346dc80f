"""An end whose letter a step issues is reached only through such a step (UU 30/2014: a decision is given in writing)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from engine.procedures.checks.keeps_its_gate import around
from engine.procedures.letters import sent_by
from rules import Finding

SENTENCES = {
    "outcome.letter_not_issued": {
        "id": "{step} dapat tercapai tanpa surat “{letter}”: {path}. Gambar semua jalannya lewat langkah otomatis yang menerbitkan "
        "surat itu.",
        "en": "{step} can be reached without the letter “{letter}”: {path}. Draw every way through the automatic step that issues it.",
    },
}

# A letter may be handed over in another way than by an automatic step, so that this does not stop publishing.
WARNINGS = frozenset(SENTENCES)


def check(seen: Seen) -> Iterator[Finding]:
    steps = seen.bundle.process.steps
    for outcome, letter in seen.bundle.about.letters.items():
        end = steps.get(outcome)
        issuing = {step.id for step in seen.of_kind("service") if letter in sent_by(step)}
        if issuing and end is not None and end.kind == "end" and seen.is_sound:
            path = around(seen, issuing, end)
            if path is not None:
                yield seen.at(end, "outcome.letter_not_issued", letter=letter, path=seen.path(path))

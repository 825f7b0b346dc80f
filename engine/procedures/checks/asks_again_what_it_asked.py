"""What is asked again on renewal is a question of the application."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures import derived
from engine.procedures.checking import Seen
from rules import Finding

SENTENCES = {
    "renewal.no_question": {
        "id": "Permohonan tidak punya pertanyaan “{key}”, jadi tidak dapat ditanyakan lagi saat perpanjangan; perbaiki namanya atau hapus.",
        "en": "The application has no question “{key}”, so it cannot be asked again; correct its name or take it out.",
    },
}


def check(seen: Seen) -> Iterator[Finding]:
    renewal, form = seen.bundle.about.renewal, derived.application(seen.bundle)
    if renewal is None or form is None:
        return
    known = {field.key for field in form.questions()}
    for number, key in enumerate(renewal.ask_again):
        if key not in known:
            yield Finding(f"procedure.toml#/renewal/ask_again/{number}", "renewal.no_question", {"key": key})

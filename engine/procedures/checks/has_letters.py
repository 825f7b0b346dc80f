"""Every letter and notice that is sent or issued is in the bundle, in every language."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from engine.procedures.names import LANGS
from rules import Finding

SENTENCES = {"letter.missing": "The letter {letter} is needed here; write letters/{letter}.{lang}.md."}


def check(seen: Seen) -> Iterator[Finding]:
    for place, letter in _needed(seen):
        for lang in LANGS:
            if lang not in seen.bundle.letters.get(letter, {}):
                yield Finding(place, "letter.missing", {"letter": letter, "lang": lang})


def _needed(seen: Seen) -> Iterator[tuple[str, str]]:
    for step in seen.of_kind("service"):
        for key, prefix in (("letter", ""), ("notice", "notice-")):
            value = step.headers.get(key, "")
            if value and not value.startswith("="):
                yield f"process.bpmn#{step.id}", prefix + value
    for outcome, letter in seen.bundle.about.letters.items():
        yield f"procedure.toml#/letters/{outcome}", letter

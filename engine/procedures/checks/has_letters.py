"""Every letter and notice that is sent or issued is in the bundle, in every language, can be read, and has known fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from engine import texts
from engine.procedures import letters
from engine.procedures.checking import DIAGRAM, Seen
from engine.procedures.names import LANGS
from rules import Finding

SENTENCES = {
    "letter.missing": {
        "id": "Surat {letter} dibutuhkan di sini, tetapi tidak ada; tulis {missing}. Maksudnya {near}?",
        "en": "The letter {letter} is needed here and is not there; write {missing}. Did you mean {near}?",
    },
    "letter.unreadable": {
        "id": "Baris {line} tidak dapat dibaca ({reason}); perbaiki isian atau tanda di baris itu.",
        "en": "Line {line} cannot be read ({reason}); correct the field or the tag there.",
    },
    "letter.unknown_field": {
        "id": "Baris {line}: tidak ada isian {field}. Perbaiki namanya. Maksudnya {near}?",
        "en": "Line {line}: there is no field {field}. Correct its name. Did you mean {near}?",
    },
}


def check(seen: Seen) -> Iterator[Finding]:
    told: set[str] = set()
    for place, letter in _needed(seen):
        missing = [lang for lang in LANGS if lang not in seen.bundle.letters.get(letter, {})]
        if missing and letter not in told:
            told.add(letter)
            near = get_close_matches(letter, [each for each in seen.bundle.letters if each != letter], 1, 0.8)
            facts = {"letter": letter, "missing": [f"letters/{letter}.{lang}.md" for lang in missing]}
            yield Finding(place, "letter.missing", {**facts, "near": near[0] if near and len(missing) == len(LANGS) else ""})
    for letter, words in seen.bundle.letters.items():
        for lang, source in words.items():
            known = {**letters.known_to(letter, seen.names), "forloop": None}
            yield from _fields(known, letters.file_of(seen.bundle.files, letter, lang), source)


def _needed(seen: Seen) -> Iterator[tuple[str, str]]:
    for step in seen.of_kind("service"):
        yield from ((f"{DIAGRAM}#{step.id}", letter) for letter in letters.sent_by(step))
    for outcome, letter in seen.bundle.about.letters.items():
        yield f"procedure.toml#/letters/{outcome}", letter


def _fields(known: Mapping[str, object], file: str, source: str) -> Iterator[Finding]:
    try:
        fields = letters.fields_of(source)
    except texts.BadText as wrong:
        yield Finding(file, "letter.unreadable", {"line": wrong.facts["line"], "reason": wrong.facts["reason"]})
        return
    for path, line in fields.lines.items():
        near = _unknown(path, known)
        if near is not None:
            yield Finding(file, "letter.unknown_field", {"field": path, "line": line, "near": near})


def _unknown(path: str, known: Mapping[str, object]) -> str | None:
    """The known path most like an unknown one ("" when none is); None for a known path."""
    here: object = known
    parts = path.split(".")
    for number, part in enumerate(parts):
        if isinstance(here, Mapping | frozenset):
            if part not in here:
                near = get_close_matches(part, [str(each) for each in here], 1)
                return ".".join([*parts[:number], near[0]]) if near else ""
            here = here[part] if isinstance(here, Mapping) else None
        else:
            return None
    return None

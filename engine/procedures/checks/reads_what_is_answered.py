"""What is reckoned with, or compared by size, is always answered: not a question that may be left out or is not always shown.

Null makes the whole result null, and a condition on it does not hold; that may be meant, so it is a warning. An expression is believed
that says itself what holds without the answer, or that reads everything on which the question depends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.procedures.checking import Seen
from engine.procedures.expressions import read
from engine.procedures.naming import Words, both
from engine.procedures.readings import Reading, readings
from forms import Form
from rules import Finding

SENTENCES = {
    "read.may_be_empty": {
        "id": "{what} menghitung dengan {read}, tetapi pertanyaan {question} {because}. Bila kosong, hasilnya kosong dan syaratnya tidak "
        "terpenuhi; tulis apa yang berlaku saat itu, misalnya “if {read} = null then …”.",
        "en": "{what} reckons with {read}, but the question {question} {because}. If it is empty, so is the result, and a condition does "
        "not hold; say what holds then, like “if {read} = null then …”.",
    },
}
WARNINGS = frozenset({"read.may_be_empty"})
_OPTIONAL = both("boleh tidak dijawab", "may be left out")
_HIDDEN = both("tidak selalu ditampilkan", "is not always shown")
_CONDITIONS = ("show_when", "required_when")


@dataclass(frozen=True)
class _Empty:
    """Why a question may be empty: its name in words, and the paths on which it depends whether it is asked (empty: it is optional)."""

    question: Words
    because: Words
    depends: frozenset[str]


def check(seen: Seen) -> Iterator[Finding]:
    empty = {path: each for form in seen.bundle.forms.values() for path, each in _of_form(form)}
    for reading in readings(seen):
        if not _is_condition_or_rule(reading):
            aware = reading.read.paths | _asked_when(seen, reading)
            for path in sorted(reading.read.reckoned & empty.keys()):
                if not empty[path].depends or not empty[path].depends <= aware:
                    yield _finding(reading, path, empty)


def _finding(reading: Reading, path: str, empty: Mapping[str, _Empty]) -> Finding:
    facts = {"what": reading.what, "read": path, "question": empty[path].question, "because": empty[path].because}
    return Finding(reading.place, "read.may_be_empty", facts)


def _of_form(form: Form) -> Iterator[tuple[str, _Empty]]:
    for page in form.pages:
        for one in page.fields:
            if not one.kind.answered or one.kind.computed:
                continue
            words = both(f"“{one.label.get('id') or one.key}”", f"“{one.label.get('en') or one.label.get('id') or one.key}”")
            shown = _paths(page.show_when) | _paths(one.show_when)
            if not one.required:
                yield f"{form.key}.{one.key}", _Empty(words, _OPTIONAL, _paths(one.required_when))
            elif shown or page.show_when or one.show_when:
                yield f"{form.key}.{one.key}", _Empty(words, _HIDDEN, shown)


def _paths(text: str | None) -> frozenset[str]:
    found = read(text) if text else None
    return found.paths if found else frozenset()


def _is_condition_or_rule(reading: Reading) -> bool:
    """Whether a form asks or checks by it: what is empty is then not asked for, or not looked at."""
    parts = reading.place.partition("#")[2].split("/")
    return parts[-1] in _CONDITIONS or "rules" in parts


def _asked_when(seen: Seen, reading: Reading) -> frozenset[str]:
    """What the question that works something out depends on itself."""
    for form in seen.bundle.forms.values():
        if seen.bundle.places[f"form {form.key}"] == reading.place.partition("#")[0]:
            for page in form.pages:
                for one in page.fields:
                    if reading.place.partition("#")[2].startswith(f"{one.place.partition('#')[2]}/"):
                        return _paths(page.show_when) | _paths(one.show_when)
    return frozenset()

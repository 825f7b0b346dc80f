"""Every decision table answers every case once: no rows that both hold, no case without a row, no row that is never used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from engine.procedures.checking import Seen
from engine.procedures.naming import Words, both
from forms import Field, Form
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
        yield from reviewed(seen.bundle.forms, decisions, seen.bundle.places[f"decision {decisions.ids[0]}"])


def reviewed(forms: Mapping[str, Form], decisions: Decisions, file: str) -> Iterator[Finding]:
    """What the tables of a file leave out or never use, the examples in the words of the forms."""
    for finding in decisions.review():
        code = finding.code
        if code == "dmn.gap":
            code = "table.no_row" if _may_be_answered(forms, decisions, finding) else "table.gap"
        yield Finding(f"{file}#{finding.place}", code, {**finding.facts, "example": example(forms, finding.facts.get("example"))})


def _may_be_answered(forms: Mapping[str, Form], decisions: Decisions, finding: Finding) -> bool:
    """Whether the gap is certain: every input says which values it may have, or the example's are answers that everybody may give."""
    table = next((each.logic for each in decisions.model.elements if each.id == finding.place and hasattr(each, "logic")), None)
    inputs = getattr(table, "inputs", ())
    if inputs and all(column.allowed for column in inputs):
        return True
    given = finding.facts.get("example")
    texts = {column.text for column in inputs}
    return isinstance(given, Mapping) and texts == {*given} and all(_is_open(forms, path, value) for path, value in given.items())


def _is_open(forms: Mapping[str, Form], path: str, value: Any) -> bool:
    """Whether a question is put to everybody and takes this answer; rules of the form's own may forbid it together with others."""
    key, _, name = path.partition(".")
    form = forms.get(key)
    page = next((page for page in form.pages if any(field.key == name for field in page.fields)), None) if form else None
    if form is None or page is None or page.show_when or any(field.rules for field in form.questions()):
        return False
    field = next(field for field in page.fields if field.key == name)
    if not field.required or field.show_when:
        return False
    if "choices" in field.options:
        return _choice(field, value) is not None
    least, most = field.options.get("min"), field.options.get("max")
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return is_number and (least is None or value >= least) and (most is None or value <= most)


def example(forms: Mapping[str, Form], given: object) -> Words:
    """The answers of an example as a clerk reads them: `Kind = Food, Area = 3`."""
    if not isinstance(given, Mapping) or not given:
        return both("jawaban yang kosong", "empty answers")
    parts = [_answer(forms, str(path), value) for path, value in given.items()]
    return both(", ".join(each["id"] for each in parts), ", ".join(each["en"] for each in parts))


def _answer(forms: Mapping[str, Form], path: str, value: Any) -> Words:
    form, _, key = path.partition(".")
    field = forms[form].find(key) if key and form in forms else None
    plain = {True: both("ya", "yes"), False: both("tidak", "no")}.get(value) if isinstance(value, bool) else None
    shown = plain or _choice(field, value) or both(str(value), str(value))
    label = {**both(path, path), **field.label} if field and "." not in key else both(path, path)
    return both(f"{label['id']} = {shown['id']}", f"{label['en']} = {shown['en']}")


def _choice(field: Field | None, value: object) -> Words | None:
    choices = field.options.get("choices") if field else None
    found = next((each for each in choices if each["value"] == value), None) if isinstance(choices, list | tuple) else None
    return {**both(str(value), str(value)), **found["label"]} if found else None

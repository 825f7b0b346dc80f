"""The JSON Schema of a form: whatever the form accepts fits it, and what a schema can say of a fault it says."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import jsonschema
import pytest

import forms
from forms import Bad, FileRef, Form, Upload
from tests.forms.conftest import document, options, question, words
from tests.forms.test_kinds import LISTS

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
# What no schema of the answer can say: days and places that do not exist, digits that contradict each other, limits on numbers sent as
# text, control characters, other forms. A new kind adds its own here only when JSON Schema has no words for the fault.
BEYOND = {
    "date.year", "date.min", "date.max", "email.not", "hidden", "marks.unknown", "marks.twice", "nik.region", "nik.date", "nik.serial",
    "npwp.nik", "address.unit", "file.unknown", "lookup.choose", "period.order", "period.long", "period.start_min", "period.end_max",
    "plate.region", "point.indonesia", "signature.drawn", "signature.name", "text.example", "time.min", "time.max",
    "number.decimals", "number.min", "number.max", "region.unknown", "text.letters",
}  # fmt: skip


def plain(raw: Any) -> bool:
    if isinstance(raw, dict):
        return all(map(plain, raw.values()))
    return all(map(plain, raw)) if isinstance(raw, list) else not isinstance(raw, Upload)


def samples() -> list[Any]:
    """All bad samples but those with the bytes of an upload, which JSON does not carry."""
    every = [(word, n, one) for word, kind in forms.kinds().items() for n, one in enumerate(kind.bad) if plain(one.raw)]
    return [pytest.param(word, one, id=f"{word}-{n}-{one.code}") for word, n, one in every]


def form_with(*fields: dict[str, Any], show: str | None = None) -> Form:
    page = {"key": "one", "title": words("one"), "fields": list(fields)}
    more = [{"key": "two", "title": words("two"), "show_when": show, "fields": [question("late", "text")]}] if show else []
    return forms.read(json.dumps({"format": "loket-form/1", "key": "f", "title": words("f"), "pages": [page, *more]}).encode(), lists=LISTS)


def fits(form: Form, raw: dict[str, Any]) -> bool:
    return bool(jsonschema.Draft202012Validator(forms.json_schema(form)).is_valid(raw))


@pytest.mark.parametrize(("word", "sample"), samples())
def test_a_bad_sample_does_not_fit_where_a_schema_can_tell(word: str, sample: Bad) -> None:
    form = form_with(question("asked", word, **sample.options))
    raw = {} if sample.code == "required" and not sample.path else {"asked": sample.raw}
    inside_a_row = word == "group" and sample.path  # whose condition compares a text
    assert not fits(form, raw) or sample.code in BEYOND or inside_a_row, f"The schema lets {sample.raw!r} pass."


def test_titles_stand_in_both_languages_and_files_are_references() -> None:
    schema = forms.json_schema(form_with(question("ktp", "file", label={"id": "KTP", "en": "Identity card"})), lang="en")
    ktp = schema["properties"]["ktp"]
    assert (ktp["title"], ktp["x-title-id"], ktp["x-title-en"]) == ("Identity card", "KTP", "Identity card")
    assert ktp["x-kind"] == "file"
    assert ktp["items"]["type"] == "string"


def test_a_question_behind_a_choice_is_needed_then_and_refused_otherwise() -> None:
    form = form_with(
        question("kind", "choice", choices=options("a", "b")),
        question("why", "text", show_when='f.kind = "b"'),
        question("lit", "yes_no", required=False),
        question("watt", "number", show_when="f.lit", min=1),
        question("note", "text", required=False, required_when="f.watt > 100"),
        show='f.kind in ["b"] and f.lit != true',
    )
    assert fits(form, {"kind": "a"})
    assert not fits(form, {"kind": "a", "why": "x"})
    assert not fits(form, {"kind": "b"})
    assert not fits(form, {"kind": "b", "why": "x"})
    assert fits(form, {"kind": "b", "why": "x", "late": "y"})
    assert not fits(form, {"kind": "a", "late": "y"})
    assert not fits(form, {"kind": "a", "lit": True})
    assert not fits(form, {"kind": "a", "lit": True, "watt": 0})
    assert fits(form, {"kind": "a", "lit": True, "watt": 5})
    assert not fits(form, {"kind": "a", "lit": True, "watt": 500})
    assert fits(form, {"kind": "a", "lit": True, "watt": 500, "note": "n"})


def test_a_number_sent_as_text_is_never_refused_by_a_condition() -> None:
    form = form_with(question("area", "number", decimals=1), question("why", "text", show_when="f.area > 50"))
    for raw in ({"area": "60,5", "why": "x"}, {"area": "12,5"}):
        assert form.check(raw, at=AT).values
        assert fits(form, raw)
    assert not fits(form, {"area": 12, "why": "x"})
    assert not fits(form, {"area": 60})


def test_conditions_inside_a_row_hold_for_the_row() -> None:
    inner = [question("road", "select", choices=options("one", "two")), question("why", "text", show_when='row.road = "one"')]
    form = form_with(question("points", "group", fields=inner))
    assert fits(form, {"points": [{"road": "one", "why": "x"}, {"road": "two"}]})
    assert not fits(form, {"points": [{"road": "one"}]})
    assert not fits(form, {"points": [{"road": "two", "why": "x"}]})


def test_the_answers_of_the_large_form_fit_its_schema(raw: dict[str, Any]) -> None:
    form = forms.read(json.dumps(document()).encode())
    kept = {name: FileRef(name, f"{name}.jpg", "image/jpeg", 9, "0" * 64) for name in ("ktp-1", "ktp-2")}
    answers = form.check(raw, at=AT, kept=kept)
    schema = forms.json_schema(form)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(form.raw_of(answers.values), schema)


def test_a_pattern_is_told_where_other_programs_read_it_the_same_way() -> None:
    form = form_with(question("code", "text", pattern="[A-Z]{2}|x"), question("odd", "text", pattern=r"\pL+"))
    assert not fits(form, {"code": "ab", "odd": "é"})
    assert fits(form, {"code": "AB", "odd": "é"})

"""Every kind of question keeps what its own samples promise, from the posted body to the page, the summary and the JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from html.parser import HTMLParser
from typing import Any

import jsonschema
import pytest

import forms
import rules
from forms import FieldError, FileRef, Form, Good, Invalid, Upload
from forms.kind import SHELVES

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
KEPT = {
    "kept-1": FileRef("kept-1", "ktp.jpg", "image/jpeg", 10, "0" * 64),
    "kept-2": FileRef("kept-2", "sawah.png", "image/png", 20, "1" * 64),
}
LISTS = {"contoh": b"value,id,en\npadi,Padi,Rice\ntebu,Tebu,Sugar cane\n"}
CONTEXT = {"application": {"ktp": None, "area": 12}}


def form_with(kind: str, options: dict[str, Any]) -> Form:
    """A form of one question, `asked`."""
    return _form(kind, json.dumps(options))


@cache
def _form(kind: str, text: str) -> Form:
    options = json.loads(text)
    words = {"id": "Pertanyaan", "en": "Question"}
    question = {"key": "asked", "kind": kind, "label": words, "help": words, **options}
    if forms.kinds()[kind].answered:
        question["noun"] = {"id": "jawaban", "en": "the answer"}
    page = {"key": "one", "title": words, "fields": [question]}
    whole = {"format": "loket-form/1", "key": "sample", "title": words, "pages": [page]}
    return forms.read(json.dumps(whole).encode(), lists=LISTS)


def posted(raw: Any, name: str = "asked") -> Iterator[tuple[str, Any]]:
    """What a browser would send for a raw answer."""
    if isinstance(raw, dict):
        for key, value in raw.items():
            yield from posted(value, f"{name}.{key}")
    elif isinstance(raw, list):
        for number, value in enumerate(raw):
            yield from posted(value, f"{name}.{number}" if isinstance(value, dict) else name)
    else:
        yield name, raw


def check(form: Form, raw: Any) -> forms.Answers:
    return form.check({"asked": raw}, at=AT, kept=KEPT, context=CONTEXT)


class Balance(HTMLParser):
    """Collects ids, labels and references, and notices tags that do not match."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.refers: list[str] = []
        self.boxes: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag not in {"input", "br", "hr"}:
            self.open.append(tag)
        self.ids += [found["id"]] if found.get("id") else []
        self.refers += (found.get("aria-describedby") or "").split() + ([found["for"]] if found.get("for") else [])
        if tag in {"input", "select", "textarea"}:
            self.boxes.append(found)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def sound(html: str) -> Balance:
    page = Balance()
    page.feed(html)
    assert page.open == []
    assert len(page.ids) == len(set(page.ids)), "an id twice"
    assert set(page.refers) <= set(page.ids), "a label or description of nothing"
    labelled = set(page.refers)
    assert all(box.get("type") == "hidden" or box.get("id") in labelled for box in page.boxes), "a box without a label"
    return page


def render(form: Form, raw: Any, lang: str, errors: tuple[FieldError, ...] = ()) -> str:
    application = form_with("text", {})
    beside = {"application": (application, {"asked": "Siti"})}
    return str(forms.render(form, "one", raw=raw, lang=lang, errors=errors, kept=KEPT, context=CONTEXT, beside=beside, at=AT))


KINDS = pytest.mark.parametrize("word", list(forms.kinds()))


def filed(answers: forms.Answers) -> forms.Answers:
    return answers.filed(dict.fromkeys(answers.uploads, KEPT["kept-1"]))


@KINDS
def test_a_good_sample_becomes_its_value_a_draft_and_json_and_back(word: str) -> None:
    for sample in forms.kinds()[word].good:
        form = form_with(word, dict(sample.options))
        answers = check(form, sample.raw)
        assert answers.values == {"asked": sample.value}
        assert type(answers.values["asked"]) is type(sample.value)
        answers = filed(answers)
        for lang in ("id", "en"):
            again = form.check(answers.raw, at=AT, lang=lang, kept=KEPT, context=CONTEXT)
            assert again.values == answers.values
            assert again.raw == answers.raw == form.raw_of(answers.values)
        assert rules.from_plain(json.loads(json.dumps(rules.plain(answers.values)))) == answers.values


@KINDS
def test_what_a_browser_sends_for_a_good_sample_passes_too(word: str) -> None:
    for sample in forms.kinds()[word].good:
        form = form_with(word, dict(sample.options))
        sent = [(name, value) for name, value in posted(sample.raw) if value is not None]
        if not all(isinstance(value, str | Upload) for _, value in sent):
            continue
        texts = [(name, value) for name, value in sent if not isinstance(value, Upload)]
        raw = forms.decode(texts, [(name, value) for name, value in sent if isinstance(value, Upload)])
        if word not in {"region", "file", "files", "photo"}:
            assert form.check(raw, at=AT, kept=KEPT, context=CONTEXT).values == {"asked": sample.value}


@KINDS
def test_checked_answers_fit_the_json_schema_of_the_form(word: str) -> None:
    for sample in forms.kinds()[word].good:
        form = form_with(word, dict(sample.options))
        raw = form.raw_of(filed(check(form, sample.raw)).values)
        for lang in ("id", "en"):
            schema = forms.json_schema(form, lang=lang)
            jsonschema.Draft202012Validator.check_schema(schema)
            jsonschema.validate(raw, schema)
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate({**raw, "fee": 0}, schema)


@KINDS
def test_a_summary_tells_the_answer_and_masks_it_for_those_who_may_not_see(word: str) -> None:
    for sample in forms.kinds()[word].good:
        form = form_with(word, {**sample.options, "privacy": "special", "seen_by": ["dinkes"]})
        values = filed(check(form, sample.raw)).values
        for lang in ("id", "en"):
            (section,) = forms.summary(form, values, lang=lang, desks=["dinkes", "bo"])
            assert all(row.text and row.label and not row.masked for row in section.rows)
            hidden = [row for one in forms.summary(form, values, lang=lang, sees={"ordinary"}) for row in one.rows]
            if word not in {"group", "table"}:
                assert all(row.masked and not row.files and not row.drawing for row in hidden)
                assert [row.text for row in hidden] != [row.text for row in section.rows]
            other = [row for one in forms.summary(form, values, lang=lang, desks=["bo"]) for row in one.rows]
            assert all(row.masked and not row.files and row.text == "••••••" for row in other)


@KINDS
def test_a_question_is_asked_in_sound_html_without_and_with_its_answer(word: str) -> None:
    kind = forms.kinds()[word]
    for number, sample in enumerate(kind.good or (Good(None, None),)):
        form = form_with(word, dict(sample.options))
        for lang in ("id", "en") if number == 0 else ("id",):
            sound(render(form, {}, lang))
            if kind.answered:
                sound(render(form, filed(check(form, sample.raw)).raw, lang))


@KINDS
def test_a_bad_sample_is_refused_at_its_place_and_told_beside_the_question_and_above(word: str) -> None:
    for number, sample in enumerate(forms.kinds()[word].bad):
        form = form_with(word, dict(sample.options))
        with pytest.raises(Invalid) as caught:
            check(form, sample.raw)
        path = f"asked.{sample.path}" if sample.path else "asked"
        assert [(one.path, one.code) for one in caught.value.errors] == [(path, sample.code)], sample
        told = {lang: forms.error_summary(form, caught.value.errors, lang=lang) for lang in ("id", "en")}
        assert all(
            len(lines) == 1 and lines[0]["text"].endswith((".", "!", "?")) and "{" not in lines[0]["text"] for lines in told.values()
        )
        page = render(form, caught.value.raw, ("id", "en")[number % 2], caught.value.errors)
        found = sound(page)
        if sample.code not in {"undeclared"} and word != "marks":
            assert told["id"][0]["href"].removeprefix("#") in found.ids, sample
            assert "govuk-error-message" in page, sample


def test_every_kind_tells_what_the_builder_and_the_reader_need() -> None:
    assert {"text", "textarea", "number", "rupiah", "date", "yes_no", "choice", "choices", "select"} <= set(forms.kinds())
    assert {"nik", "npwp", "phone", "email", "region", "file", "group", "information", "declaration", "marks"} <= set(forms.kinds())
    for word, kind in forms.kinds().items():
        assert kind.title["id"], word
        assert kind.title["en"], word
        assert kind.about["id"], word
        assert kind.about["en"], word
        assert kind.icon, word
        assert kind.shelf in SHELVES
        assert not kind.answered or (kind.good and (kind.bad or kind.computed)), f"{word} has no samples"


def test_a_date_is_written_as_people_write_it() -> None:
    form = form_with("date", {})
    (section,) = forms.summary(form, {"asked": date(2026, 8, 17)}, lang="id")
    assert section.rows[0].text == "17 Agustus 2026"

"""Every kind of question keeps what its own samples promise, from the posted body to the page, the summary and the JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import jsonschema
import pytest

import forms
import rules
from forms import Bad, FieldError, FileRef, Form, Good, Invalid, Upload

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
KEPT = {
    "kept-1": FileRef("kept-1", "ktp.jpg", "image/jpeg", 10, "0" * 64),
    "kept-2": FileRef("kept-2", "sawah.png", "image/png", 20, "1" * 64),
}
CONTEXT = {"application": {"ktp": None, "area": 12}}


def form_with(kind: str, options: dict[str, Any]) -> Form:
    words = {"id": "Pertanyaan", "en": "Question"}
    question = {"key": "asked", "kind": kind, "label": words, "help": words, **options}
    if forms.kinds()[kind].answered:
        question["noun"] = {"id": "jawaban", "en": "the answer"}
    page = {"key": "one", "title": words, "fields": [question]}
    return forms.read(json.dumps({"format": "loket-form/1", "key": "sample", "title": words, "pages": [page]}).encode())


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


def good() -> list[Any]:
    return [pytest.param(word, one, id=f"{word}-{n}") for word, kind in forms.kinds().items() for n, one in enumerate(kind.good)]


def bad() -> list[Any]:
    return [pytest.param(word, one, id=f"{word}-{n}-{one.code}") for word, kind in forms.kinds().items() for n, one in enumerate(kind.bad)]


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


@pytest.mark.parametrize(("word", "sample"), good())
def test_a_good_sample_passes_and_becomes_its_value(word: str, sample: Good) -> None:
    answers = check(form_with(word, dict(sample.options)), sample.raw)
    assert answers.values == {"asked": sample.value}
    assert type(answers.values["asked"]) is type(sample.value)


@pytest.mark.parametrize(("word", "sample"), bad())
def test_a_bad_sample_is_refused_with_its_code_at_its_place(word: str, sample: Bad) -> None:
    form = form_with(word, dict(sample.options))
    with pytest.raises(Invalid) as caught:
        check(form, sample.raw)
    path = f"asked.{sample.path}" if sample.path else "asked"
    assert [(one.path, one.code) for one in caught.value.errors] == [(path, sample.code)]


@pytest.mark.parametrize(("word", "sample"), good())
def test_what_a_browser_sends_for_a_good_sample_passes_too(word: str, sample: Good) -> None:
    form = form_with(word, dict(sample.options))
    sent = [(name, value) for name, value in posted(sample.raw) if value is not None]
    texts = [(name, value if isinstance(value, str) else str(value)) for name, value in sent if not isinstance(value, Upload)]
    raw = forms.decode(texts, [(name, value) for name, value in sent if isinstance(value, Upload)])
    if all(isinstance(value, str | Upload) for _, value in sent) and word not in {"region", "file"}:
        assert form.check(raw, at=AT, kept=KEPT, context=CONTEXT).values == {"asked": sample.value}


@pytest.mark.parametrize(("word", "sample"), good())
def test_checked_answers_survive_the_draft_and_the_json(word: str, sample: Good) -> None:
    form = form_with(word, dict(sample.options))
    answers = check(form, sample.raw)
    answers = answers.filed(dict.fromkeys(answers.uploads, KEPT["kept-1"]))
    for lang in ("id", "en"):
        again = form.check(answers.raw, at=AT, lang=lang, kept=KEPT, context=CONTEXT)
        assert again.values == answers.values
        assert again.raw == answers.raw == form.raw_of(answers.values)
    assert rules.from_plain(json.loads(json.dumps(rules.plain(answers.values)))) == answers.values


@pytest.mark.parametrize(("word", "sample"), good())
def test_checked_answers_fit_the_json_schema_of_the_form(word: str, sample: Good) -> None:
    form = form_with(word, dict(sample.options))
    answers = check(form, sample.raw)
    raw = form.raw_of(answers.filed(dict.fromkeys(answers.uploads, KEPT["kept-1"])).values)
    for lang in ("id", "en"):
        schema = forms.json_schema(form, lang=lang)
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(raw, schema)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**raw, "fee": 0}, schema)


@pytest.mark.parametrize(("word", "sample"), good())
def test_a_summary_tells_the_answer_and_masks_it_for_those_who_may_not_see(word: str, sample: Good) -> None:
    form = form_with(word, {**sample.options, "privacy": "special"})
    answers = check(form, sample.raw)
    answers = answers.filed(dict.fromkeys(answers.uploads, KEPT["kept-1"]))
    for lang in ("id", "en"):
        (section,) = forms.summary(form, answers.values, lang=lang)
        assert all(row.text and row.label and not row.masked for row in section.rows)
        hidden = forms.summary(form, answers.values, lang=lang, sees={"ordinary"})
        told = [row.text for one in hidden for row in one.rows]
        if word != "group":
            assert all(row.masked and not row.files for one in hidden for row in one.rows)
            assert told != [row.text for row in section.rows]


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(("word", "sample"), [*good(), pytest.param("information", Good(None, None), id="information")])
def test_a_question_is_asked_in_sound_html_without_and_with_its_answer(word: str, sample: Good, lang: str) -> None:
    form = form_with(word, dict(sample.options))
    sound(render(form, {}, lang))
    if sample.raw is not None:
        answers = check(form, sample.raw)
        answers = answers.filed(dict.fromkeys(answers.uploads, KEPT["kept-1"]))
        sound(render(form, answers.raw, lang))


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(("word", "sample"), bad())
def test_a_fault_is_told_beside_the_question_and_in_the_summary_that_links_to_it(word: str, sample: Bad, lang: str) -> None:
    form = form_with(word, dict(sample.options))
    with pytest.raises(Invalid) as caught:
        check(form, sample.raw)
    page = render(form, caught.value.raw, lang, caught.value.errors)
    found = sound(page)
    (line,) = forms.error_summary(form, caught.value.errors, lang=lang)
    assert line["text"].endswith((".", "!", "?"))
    assert "{" not in line["text"]
    if sample.code not in {"undeclared"} and word != "marks":
        assert line["href"].removeprefix("#") in found.ids
        assert "govuk-error-message" in page


def test_every_kind_tells_what_the_builder_and_the_reader_need() -> None:
    assert {"text", "textarea", "number", "rupiah", "date", "yes_no", "choice", "choices", "select"} <= set(forms.kinds())
    assert {"nik", "npwp", "phone", "email", "region", "file", "group", "information", "declaration", "marks"} <= set(forms.kinds())
    for word, kind in forms.kinds().items():
        assert kind.title["id"], word
        assert kind.title["en"], word
        assert kind.about["id"], word
        assert kind.about["en"], word
        assert kind.icon, word
        assert kind.shelf in {"basic", "choice", "indonesia", "evidence", "layout"}
        assert not kind.answered or (kind.good and kind.bad), f"{word} has no samples"


def test_a_date_is_written_as_people_write_it() -> None:
    form = form_with("date", {})
    (section,) = forms.summary(form, {"asked": date(2026, 8, 17)}, lang="id")
    assert section.rows[0].text == "17 Agustus 2026"

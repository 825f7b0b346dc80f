"""What is wrong with the file of a form is told all at once, each with its place."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import forms
from forms import BadForm
from forms.formatschema import format_schema

Doc = dict[str, Any]
AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def findings(doc: Any, **more: Any) -> dict[str, str]:
    with pytest.raises(BadForm) as caught:
        forms.read(doc if isinstance(doc, bytes) else json.dumps(doc).encode(), **more)
    return {one.place: one.code for one in caught.value.findings}


def test_all_faults_are_found_at_once(doc: Doc) -> None:
    site = doc["pages"][1]["fields"]
    doc["pages"][0]["fields"][0]["lable"] = "x"
    doc["pages"][0]["fields"][1]["kind"] = "nick"
    del doc["pages"][0]["fields"][2]["label"]["en"]
    doc["pages"][0]["title"]["en"] = ""
    site[0]["key"] = "name"
    site[1]["show_when"] = "application.kin = 1"
    site[2]["required_when"] = "application.area >"
    site[3]["fields"][1]["show_when"] = "row.photo.size > 1"
    site[5]["show_when"] = "application.photos != null"
    site[7]["choices"] = []
    site[8].pop("choices")
    assert findings(doc) == {
        "#/pages/0/fields/0/lable": "form.unknown_key",
        "#/pages/0/fields/1/kind": "form.unknown_kind",
        "#/pages/0/fields/2/label": "form.language",
        "#/pages/0/title": "form.language",
        "#/pages/1/fields/0/key": "form.twice",
        "#/pages/1/fields/1/show_when": "form.unknown_name",
        "#/pages/1/fields/2/required_when": "form.expression",
        "#/pages/1/fields/3/fields/1/show_when": "form.later",
        "#/pages/1/fields/3/show_when": "form.unknown_name",
        "#/pages/1/fields/5/show_when": "form.later",
        "#/pages/1/fields/7/choices": "form.unknown_key",
        "#/pages/1/fields/8": "form.missing",
    }


@pytest.mark.parametrize("blank", ["", "   ", "\t\n", "\u00a0", "\u200b\u200d", "\u2800 \u3164", "\ufeff"])
def test_a_text_in_which_nothing_can_be_seen_is_none(doc: Doc, blank: str) -> None:
    asked = doc["pages"][0]["fields"][0]
    asked["label"]["en"] = asked["noun"]["id"] = doc["title"]["id"] = blank
    assert findings(doc) == {
        "#/title": "form.language",
        "#/pages/0/fields/0/label": "form.language",
        "#/pages/0/fields/0/noun": "form.language",
    }
    del asked, doc["pages"][0]["fields"][0], doc["pages"][1:]
    doc["title"]["id"] = "Izin"
    doc["pages"][0]["fields"] = [
        {"key": "name", "kind": "text", "label": {"id": "Nama", "en": "Name"}, "noun": {"id": "nama", "en": "name"}}
    ]
    form = forms.read(json.dumps(doc).encode())
    with pytest.raises(forms.Invalid) as caught:
        form.check({"name": blank}, at=AT)
    assert [one.code for one in caught.value.errors] == ["required"]


def test_a_finding_says_what_was_probably_meant(doc: Doc) -> None:
    doc["pages"][0]["fields"][0]["max_lenght"] = 5
    doc["pages"][1]["fields"][1]["show_when"] = 'application.knd = "video"'
    with pytest.raises(BadForm) as caught:
        forms.read(json.dumps(doc).encode())
    assert [one.facts["near"] for one in caught.value.findings] == ["max_length", "application.kind"]


def test_an_expression_must_fit_the_types_of_the_answers(doc: Doc) -> None:
    doc["pages"][1]["fields"][2]["required_when"] = 'application.area = "large"'
    assert set(findings(doc)) == {"#/pages/1/fields/2/required_when"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"x"',
        b"{}",
        b'{"pages": 1}',
        b'{"pages": [1, {"fields": [1, {"kind": []}]}]}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_form_at_all_is_told_so(data: bytes) -> None:
    assert findings(data)


def test_a_key_twice_in_the_json_is_found() -> None:
    with pytest.raises(BadForm) as caught:
        forms.read(b'{"format": "loket-form/1", "format": "loket-form/1"}')
    assert "form.twice" in [one.code for one in caught.value.findings]


def test_a_later_answer_cannot_decide_over_a_page(doc: Doc) -> None:
    doc["pages"][0]["show_when"] = 'application.kind = "video"'
    assert findings(doc) == {"#/pages/0/show_when": "form.later"}


def test_limits_that_nothing_can_meet_are_found(doc: Doc) -> None:
    doc["pages"][1]["fields"][1] |= {"min": 5, "max": 4}
    doc["pages"][0]["fields"][0]["pattern"] = "(["
    assert findings(doc) == {"#/pages/0/fields/0/pattern": "form.pattern", "#/pages/1/fields/1/min": "form.limits"}


def test_shared_groups_are_taken_in_and_their_faults_told_by_their_name(doc: Doc) -> None:
    person = doc["pages"][0]["fields"]
    doc["pages"][0]["fields"] = [{"include": "person"}]
    shared = {"format": "loket-fields/1", "fields": person}
    form = forms.read(json.dumps(doc).encode(), groups={"person": json.dumps(shared).encode()})
    assert [one.key for one in form.pages[0].fields][:2] == ["name", "nik"]
    shared["fields"][1]["kind"] = "nick"
    assert findings(doc, groups={"person": json.dumps(shared).encode()}) == {"person#/fields/1/kind": "form.unknown_kind"}
    assert findings(doc, groups={"persona": b"{}"}) == {"#/pages/0/fields/0/include": "form.unknown_group"}


def test_a_group_that_includes_itself_ends(doc: Doc) -> None:
    doc["pages"][0]["fields"] = [{"include": "a"}]
    loop = {"format": "loket-fields/1", "fields": [{"include": "a"}]}
    assert "form.too_deep" in findings(doc, groups={"a": json.dumps(loop).encode()}).values()


def test_groups_do_not_nest(doc: Doc) -> None:
    group = doc["pages"][1]["fields"][3]
    group["fields"].append({**group, "key": "inner", "fields": group["fields"][:1]})
    assert findings(doc)["#/pages/1/fields/3/fields/3/kind"] == "form.unknown_kind"


def test_the_schema_in_the_repository_is_the_one_of_the_kinds() -> None:
    written = Path(forms.__file__).parent / "schema" / "loket-form-1.json"
    lesson = "A kind changed: write the schema anew with `python -m forms.formatschema`."
    assert json.loads(written.read_text("utf-8")) == format_schema(), lesson


def test_a_form_tells_its_answers_its_types_and_its_expressions(form: forms.Form) -> None:
    assert form.scope()["area"] == "number"
    assert form.scope()["points"] == [
        "list",
        {"road_class": "string", "reason": "string", "photo": {"name": "string", "type": "string", "size": "number"}},
    ]
    assert ("#/pages/1/fields/3/fields/1/show_when", 'row.road_class = "one"', True) in list(form.expressions())
    assert "points.reason" in dict(form.fields())
    assert form.find("points.1.reason") is dict(form.fields())["points.reason"]


@pytest.mark.parametrize(
    ("source", "kind", "code"),
    [
        ("applicant.phone", "text", "form.prefill_kind"),
        ("permit.number", "date", "form.prefill_kind"),
        ("permit.elswhere", "text", "form.prefill_unknown"),
        ("permit.born", "text", "form.prefill_kind"),
        ("earlier", "file", "form.unknown_key"),
        ("anything", "text", "form.value"),
    ],
)
def test_a_question_is_filled_in_beforehand_only_from_what_gives_its_kind_of_answer(source: str, kind: str, code: str) -> None:
    words = {"id": "x", "en": "x"}
    asked = {"key": "one", "kind": kind, "label": words, "noun": words, "prefill": source}
    others = [{**asked, "key": key, "kind": more, "prefill": "earlier"} for key, more in (("elsewhere", "text"), ("born", "date"))]
    page = {"key": "p", "title": words, "fields": [asked, *others]}
    with pytest.raises(forms.BadForm) as wrong:
        forms.read(json.dumps({"format": "loket-form/1", "key": "application", "title": words, "pages": [page]}).encode())
    assert {finding.code for finding in wrong.value.findings} == {code}

"""Pages that work without JavaScript, and carry what the browser's part needs to do better."""

from __future__ import annotations

import json
import re
from datetime import datetime
from html import unescape
from typing import Any

import pytest

import forms
from forms import FieldError, FileRef, Form, Invalid

Raw = dict[str, Any]


def draw(form: Form, page: str, raw: Raw, lang: str = "id", **more: Any) -> str:
    return str(forms.render(form, page, raw=raw, lang=lang, **more))


def attribute(html: str, name: str, question: str) -> Any:
    found = re.search(rf'data-question="{question}"[^>]*? {name}="([^"]*)"', html)
    return json.loads(unescape(found[1])) if found else None


def test_questions_that_may_come_and_go_on_the_page_are_all_there_with_their_condition(form: Form) -> None:
    html = draw(form, "site", {})
    assert attribute(html, "data-show-when", "sides") == {"v": 1, "e": [".", ["var", "application"], "lit"]}
    assert 'name="sides"' in html
    assert attribute(html, "data-show-when", "points.0.reason") is not None


def test_a_condition_on_earlier_pages_is_settled_by_the_server(doc: Raw) -> None:
    doc["pages"][1]["fields"][0]["show_when"] = 'application.name = "Siti"'
    form = forms.read(json.dumps(doc).encode())
    assert 'name="kind"' not in draw(form, "site", {"name": "Budi"})
    assert 'name="kind"' in draw(form, "site", {"name": "Siti"})
    assert "data-show-when" not in draw(form, "site", {"name": "Siti"}).split('data-question="area"')[0]


def test_the_browser_gets_only_those_earlier_answers_that_conditions_of_the_page_read(doc: Raw) -> None:
    doc["pages"][1]["fields"][1]["show_when"] = 'application.kind != "video" and application.name = "Siti" and case.channel = "counter"'
    form = forms.read(json.dumps(doc).encode())
    html = draw(form, "site", {"name": "Siti", "nik": "3525015708900002"}, context={"case": {"channel": "counter", "number": "7"}})
    facts = re.search(r'data-facts="([^"]*)"', html)
    assert facts is not None
    assert json.loads(unescape(facts[1])) == {"application": {"name": "Siti"}, "case": {"channel": "counter"}}


def test_an_answer_that_was_refused_as_not_asked_is_not_offered_again(form: Form, raw: Raw, kept: Any, at: datetime) -> None:
    raw["sides"] = ["north"]
    with pytest.raises(Invalid) as caught:
        form.check(raw, at=at, kept=kept)
    html = draw(form, "site", caught.value.raw, errors=caught.value.errors)
    assert 'value="north" checked' not in html
    assert "tidak perlu diisi" in html


def test_what_was_typed_stands_in_the_boxes_again(form: Form, at: datetime) -> None:
    raw = {"area": "dua belas", "start": {"day": "32", "month": "1", "year": "2027"}, "value": "Rp1.x"}
    with pytest.raises(Invalid) as caught:
        form.check(raw, at=at)
    html = draw(form, "site", caught.value.raw, errors=caught.value.errors)
    for typed in ("dua belas", "32", "Rp1.x"):
        assert f'value="{typed}"' in html


def test_a_kept_number_is_written_in_the_marks_of_the_reader(form: Form) -> None:
    assert 'value="12,5"' in draw(form, "site", {"area": "12,5"}, "id")
    assert 'value="12.5"' in draw(form, "site", {"area": "12,5"}, "en")


def test_everything_that_was_typed_is_escaped(form: Form) -> None:
    nasty = '"><script>alert(1)</script>'
    raw = dict.fromkeys(("name", "nik", "phone", "email", "home", "kind", "area", "start", "why"), nasty)
    for page in form.pages:
        errors = [FieldError(f"points.0.{nasty}", "required"), FieldError("name", "text.long", {"max": nasty, "over": nasty})]
        assert "<script" not in draw(form, page.key, raw, errors=errors)
    kept = {"f": FileRef("f", nasty, "image/jpeg", 1, "0" * 64)}
    assert "<script" not in draw(form, "who", {"ktp": ["f"]}, kept=kept, file_url=lambda one: f"/files/{one}")


def test_kept_files_are_listed_with_a_link_and_a_box_to_remove_them(form: Form) -> None:
    kept = {"f1": FileRef("f1", "ktp.jpg", "image/jpeg", 1, "0" * 64)}
    html = draw(form, "who", {"ktp": ["f1"]}, kept=kept, file_url=lambda one: f"/files/{one}")
    assert '<a class="govuk-link" href="/files/f1">ktp.jpg</a>' in html
    assert 'name="ktp.keep" value="f1"' in html
    assert 'name="ktp.remove" value="f1"' in html
    assert 'name="ktp.new" type="file"' in html
    assert "f2" not in draw(form, "who", {"ktp": ["f2"]}, kept=kept)


def test_a_place_is_asked_list_by_list(form: Form) -> None:
    first = draw(form, "who", {})
    assert 'name="_refresh" value="home"' in first
    assert 'value="35.25"' not in first
    second = draw(form, "who", {"home": {"province": "35"}})
    assert 'value="35.25"' in second
    done = draw(form, "who", {"home": "35.25.01"})
    assert 'value="35.25.01" selected' in done
    assert 'name="_refresh"' not in done


def test_the_enter_key_goes_on_and_removes_nothing(form: Form) -> None:
    html = draw(form, "site", {"points": [{}, {}]})
    buttons = re.findall(r"<button [^>]*>", html)
    assert 'name="' not in buttons[0]
    assert any('name="_remove" value="points.1"' in one for one in buttons)
    assert any('name="_add" value="points"' in one for one in buttons)


def test_a_correction_asks_only_what_is_marked_and_shows_the_rest(form: Form, raw: Raw, kept: Any, at: datetime) -> None:
    before = form.check(raw, at=at, kept=kept).raw
    html = draw(form, "who", before, only=["ktp"], kept=kept)
    assert 'name="ktp.new"' in html
    assert 'name="name"' not in html
    assert "Siti Rahma" in html
    assert "Dukun, Kabupaten Gresik" in html
    site = draw(form, "site", before, only=["lit"], kept=kept)
    assert 'name="lit"' in site
    assert 'name="sides"' in site, "a question that a correction may newly ask for"
    assert 'name="area"' not in site


def test_marks_show_the_other_form_and_keep_the_reasons(form: Form, raw: Raw, kept: Any, at: datetime) -> None:
    values = form.check(raw, at=at, kept=kept).values
    question = {
        "key": "marks",
        "kind": "marks",
        "of": "application",
        "label": {"id": "Tandai", "en": "Mark"},
        "noun": {"id": "tanda", "en": "a mark"},
    }
    page = {"key": "one", "title": {"id": "Periksa", "en": "Verify"}, "fields": [question]}
    text = {"format": "loket-form/1", "key": "verify", "title": {"id": "Periksa", "en": "Verify"}, "pages": [page]}
    verify = forms.read(json.dumps(text).encode())
    posted = forms.decode([("marks.ktp.tick", "yes"), ("marks.ktp.reason", ""), ("marks.nik.reason", "Salah"), ("marks.name.reason", "")])
    with pytest.raises(Invalid) as caught:
        verify.check(posted, at=at, beside={"application": form})
    assert [(one.path, one.code) for one in caught.value.errors] == [("marks.ktp", "marks.reason")]
    html = draw(verify, "one", caught.value.raw, errors=caught.value.errors, beside={"application": (form, values)})
    assert "3525015708900002" in html
    assert 'id="f-marks.ktp.reason-error"' in html
    assert ">Salah</textarea>" in html
    (line,) = forms.error_summary(verify, caught.value.errors, lang="id")
    assert f'id="{line["href"][1:]}"' in html
    assert verify.check({"marks": {"nik": {"reason": "Salah"}}}, at=at, context={"application": values}).values == {
        "marks": [{"field": "nik", "reason": "Salah"}]
    }


def test_a_page_that_is_not_there_is_a_key_error(form: Form) -> None:
    with pytest.raises(KeyError):
        draw(form, "nowhere", {})


def test_the_summary_masks_what_a_reader_may_not_see(form: Form, raw: Raw, kept: Any, at: datetime) -> None:
    values = form.check(raw, at=at, kept=kept).values
    rows = {row.path: row for section in forms.summary(form, values, lang="id", sees={"ordinary"}) for row in section.rows}
    assert rows["nik"].text == "3525********0002"
    assert rows["phone"].text == "+6281******890"
    assert rows["name"].text == "Siti Rahma"
    open_rows = {row.path: row for section in forms.summary(form, values, lang="id", context={}) for row in section.rows}
    assert open_rows["nik"].text == "3525015708900002"
    assert open_rows["points.0.reason"].label == "Points 1 – Reason"
    assert open_rows["email"].text == "Tidak dijawab"
    assert "sides" not in open_rows

"""What can be asked of every question besides its kind: doubts that are confirmed, desks, the register, results nobody types."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

import forms
from forms import BadForm, Form, Invalid

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LISTS = {"contoh": b"value,id,en,note\npadi,Padi,Rice,x\ntebu,Tebu,Sugar cane,y\n"}


def one(key: str, kind: str, **options: Any) -> dict[str, Any]:
    words = {"id": key.capitalize(), "en": key.capitalize()}
    return {"key": key, "kind": kind, "label": words, "noun": {"id": key, "en": f"the {key}"}, **options}


def form_of(*questions: dict[str, Any], lists: dict[str, bytes] = LISTS) -> Form:
    words = {"id": "F", "en": "F"}
    page = {"key": "p", "title": words, "fields": list(questions)}
    return forms.read(json.dumps({"format": "loket-form/1", "key": "application", "title": words, "pages": [page]}).encode(), lists=lists)


def findings(*questions: dict[str, Any], lists: dict[str, bytes] = LISTS) -> dict[str, str]:
    with pytest.raises(BadForm) as caught:
        form_of(*questions, lists=lists)
    return {each.place: each.code for each in caught.value.findings}


def errors(form: Form, raw: dict[str, Any], **more: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        form.check(raw, at=AT, **more)
    return {each.path: each.code for each in caught.value.errors}


# -- doubts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "options", "raw", "code"),
    [
        ("nik", {}, "3525995708900002", "nik.old_region"),
        ("npwp", {}, "01.312.166.1-091.000", "npwp.digit"),
        ("plate", {}, "XX 1234 AB", "plate.unknown"),
        ("plate", {"vehicles": ["bus", "goods"]}, "N 1234 AB", "plate.number"),
        ("chassis", {}, "MHKM1BA3JFKO12345", "chassis.letters"),
        ("point", {"south": -7.3, "north": -7.0, "west": 112.4, "east": 112.7}, {"lat": "-7,5", "lon": "112,6"}, "point.outside"),
        ("address", {}, {"street": "Jalan A", "region": "35.25.14.1006", "post_code": "61125"}, "address.post_code"),
    ],
)
def test_a_doubt_stops_nobody_and_is_confirmed_once(kind: str, options: dict[str, Any], raw: Any, code: str) -> None:
    form = form_of(one("asked", kind, **options), one("other", "text", required=False))
    answers = form.check({"asked": raw}, at=AT)
    assert [each.code for each in answers.warnings] == [code]
    assert not forms.confirms([], answers)
    assert not forms.confirms([("_confirm", "something else")], answers)
    assert forms.confirms([("_confirm", answers.doubt)], answers)
    assert form.check({"asked": raw, "other": "x"}, at=AT).doubt == answers.doubt, "another answer does not ask again"
    note = forms.note(json.loads(json.dumps(answers.notes))[0])
    for lang in ("id", "en"):
        told = forms.sentence(form, note, lang)
        assert told.endswith(".")
        assert "{" not in told
        assert told in str(forms.render(form, "p", raw=answers.raw, lang=lang, warnings=answers.warnings)).replace("&#39;", "'")


def test_a_post_code_is_compared_with_the_place_asked_before() -> None:
    form = form_of(one("place", "region"), one("code", "post_code", village="application.place"))
    raw = {"place": "35.25.14.1006", "code": "61124"}
    assert form.check(raw, at=AT).warnings == ()
    (doubt,) = form.check({**raw, "code": "61125"}, at=AT).warnings
    assert (doubt.code, doubt.facts["known"]) == ("post_code.village", "61124")


def test_without_doubts_there_is_nothing_to_confirm() -> None:
    answers = form_of(one("asked", "text")).check({"asked": "x"}, at=AT)
    assert (answers.doubt, answers.notes) == ("", [])
    assert forms.confirms([], answers)


# -- desks ----------------------------------------------------------------------------------------------------------


def test_an_answer_for_certain_desks_is_shown_to_them_alone_and_cannot_be_changed_by_others() -> None:
    form = form_of(one("name", "text"), one("illness", "text", seen_by=["dinkes"]))
    before = {"name": "Siti", "illness": "asma"}
    assert "asma" in str(forms.render(form, "p", raw=before, lang="id", desks=["dinkes", "bo"]))
    assert "illness" not in str(forms.render(form, "p", raw=before, lang="id", desks=["bo"]))
    kept = form.check({"name": "Siti R"}, at=AT, before=before, desks=["bo"])
    assert kept.values == {"name": "Siti R", "illness": "asma"}
    assert form.check({"name": "Siti"}, at=AT, desks=["bo"]).values == {"name": "Siti"}, "nobody must answer what they may not see"
    assert errors(form, {"name": "Siti", "illness": "sehat"}, before=before, desks=["bo"]) == {"illness": "locked"}
    assert errors(form, {"name": "Siti"}) == {"illness": "required"}
    told = {row.path: row for part in forms.summary(form, before, lang="id", desks=["bo"]) for row in part.rows}
    assert (told["illness"].masked, told["illness"].text) == (True, "••••••")


def test_marks_show_an_officer_only_what_the_desk_may_see() -> None:
    application = form_of(one("name", "text"), one("illness", "text", seen_by=["dinkes"]))
    marks = form_of(one("marks", "marks", of="application"))
    beside = {"application": (application, {"name": "Siti", "illness": "asma"})}
    assert "asma" in str(forms.render(marks, "p", raw={}, lang="id", beside=beside, desks=["dinkes"]))
    assert "asma" not in str(forms.render(marks, "p", raw={}, lang="id", beside=beside, desks=["bo"]))


# -- the register ---------------------------------------------------------------------------------------------------


def test_an_answer_that_must_be_unique_is_looked_up_in_the_register() -> None:
    fleet = one("fleet", "table", fields=[one("plate", "plate", unique="ever")])
    form = form_of(one("letter", "text", unique="year"), fleet)
    asked: list[tuple[str, Any, str]] = []

    def taken(path: str, value: Any, within: str) -> bool:
        asked.append((path, value, within))
        return value == "N 1 A"

    raw = {"letter": "17/X", "fleet": [{"plate": "n1a"}, {"plate": "n 2 a"}]}
    assert errors(form, raw, taken=taken) == {"fleet.0.plate": "unique"}
    assert asked == [("letter", "17/X", "year"), ("fleet.plate", "N 1 A", "ever"), ("fleet.plate", "N 2 A", "ever")]
    assert form.check(raw, at=AT).values["letter"] == "17/X", "without a register nothing is looked up"
    assert errors(form, {"letter": "x", "fleet": [{"plate": "N 2 A"}, {"plate": "n2a"}]}) == {"fleet.1.plate": "unique.row"}
    assert findings(one("area", "number", unique="ever")) == {"#/pages/0/fields/0/unique": "form.unknown_key"}


# -- results --------------------------------------------------------------------------------------------------------


def test_a_result_is_worked_out_on_the_server_whatever_is_posted() -> None:
    rows = one(
        "faces", "group", fields=[one("wide", "number"), one("high", "number"), one("area", "calculated", value="row.wide * row.high")]
    )
    total = one("total", "calculated", value="sum(for f in application.faces return f.area)", unit={"id": "m2", "en": "m2"})
    rule = {"check": "application.total <= 20", "say": {"id": "Paling luas 20 m2.", "en": "At most 20 m2."}}
    form = form_of(rows, {**total, "rules": [rule]}, one("why", "text", show_when="application.total > 10"))
    raw = {"faces": [{"wide": 2, "high": 3, "area": "999"}, {"wide": "1", "high": "2"}], "total": "1000000"}
    values = form.check(raw, at=AT).values
    assert values["total"] == Decimal(8)
    assert [row["area"] for row in values["faces"]] == [6, 2]
    assert "total" not in form.check(raw, at=AT).raw
    assert errors(form, {"faces": [{"wide": 4, "high": 3}]}) == {"why": "required"}
    assert errors(form, {"faces": [{"wide": 5, "high": 5}], "why": "besar"}) == {"total": "rule"}
    assert errors(form, {"faces": [{"wide": "x", "high": 5}]}) == {"faces.0.wide": "number.not"}
    assert "8 m2" in str(forms.render(form, "p", raw=raw, lang="id"))
    assert set(forms.json_schema(form)["properties"]) == {"faces", "why"}


def test_a_result_reads_what_stands_before_it() -> None:
    assert findings(one("sum", "calculated", value="application.late + 1"), one("late", "number")) == {
        "#/pages/0/fields/0/value": "form.later"
    }


def test_a_result_that_cannot_be_worked_out_is_no_answer() -> None:
    form = form_of(one("n", "number", required=False), one("sum", "calculated", value="application.n / 0"))
    assert form.check({"n": 3}, at=AT).values == {"n": 3}
    assert form.check({}, at=AT).values == {}


# -- choice tables --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "place", "code"),
    [
        (b"\xff\xfe", "lists/contoh.csv#", "list.csv"),
        (b"value,id\na,A\n", "lists/contoh.csv#line 1", "list.columns"),
        (b"", "lists/contoh.csv#line 1", "list.columns"),
        (b"value,id,en\na b,A,A\n", "lists/contoh.csv#line 2", "list.value"),
        (b"value,id,en\na,A,A\na,B,B\n", "lists/contoh.csv#line 3", "form.twice"),
        (b"value,id,en\na,A,\n", "lists/contoh.csv#line 2", "list.label"),
        (b"value,id,en\na\n", "lists/contoh.csv#line 2", "list.label"),
        (b"value,id,en\n" + b"".join(b"k%d,A,A\n" % n for n in range(5001)), "lists/contoh.csv#", "list.long"),
    ],
)
def test_a_choice_table_with_a_fault_is_told_with_its_line(table: bytes, place: str, code: str) -> None:
    assert findings(one("crop", "lookup", list="contoh"), lists={"contoh": table}) == {place: code}


def test_a_table_that_is_not_there_is_told_with_the_nearest() -> None:
    assert findings(one("crop", "lookup", list="contok")) == {"#/pages/0/fields/0/list": "form.unknown_list"}


def test_a_search_finds_every_word_in_any_case_and_without_accents() -> None:
    lines = "".join(f"k{n},Usaha {n},Trade {n}\n" for n in range(400)) + "kafe,Kafé dan Restoran,Café and restaurant\n"
    form = form_of(one("trade", "lookup", list="besar"), lists={"besar": f"value,id,en\n{lines}".encode()})
    html = str(forms.render(form, "p", raw={"trade": {"search": "RESTORAN kafe"}}, lang="id"))
    assert 'value="kafe"' in html
    assert html.count('type="radio"') == 1
    assert "400 ditemukan; 20 yang pertama ditampilkan" in str(forms.render(form, "p", raw={"trade": {"search": "usaha"}}, lang="id"))
    assert "Tidak ditemukan" in str(forms.render(form, "p", raw={"trade": {"search": "zzz"}}, lang="id"))


# -- declarations ---------------------------------------------------------------------------------------------------


def test_a_declaration_keeps_when_it_was_made_and_nobody_can_say_otherwise() -> None:
    form = form_of(one("agree", "declaration", text={"id": "Benar.", "en": "True."}, version="1"), one("name", "text"))
    first = form.check({"agree": {"agreed": "yes", "version": "1", "at": "1999-01-01T00:00:00Z"}, "name": "x"}, at=AT)
    assert first.values["agree"]["at"] == "2026-11-23T03:00:00Z"
    later = AT.replace(month=12)
    again = {"agree": {"agreed": "yes", "version": "1"}, "name": "y"}
    assert form.check(again, at=later, only=["name"], before=first.raw).values["agree"]["at"] == "2026-11-23T03:00:00Z"
    assert form.check(again, at=later).values["agree"]["at"] == "2026-12-23T03:00:00Z"

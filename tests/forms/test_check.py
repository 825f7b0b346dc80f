"""The check of a whole form, of one page, and of an application sent back with marks."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

import forms
from forms import Answers, FileRef, Form, Invalid, Upload
from forms.fields._samples import JPEG, PDF

Kept = dict[str, FileRef]
Raw = dict[str, Any]


def faults(check: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        check()
    return {one.path: one.code for one in caught.value.errors}


def test_answers_become_values_and_a_draft(form: Form, raw: Raw, kept: Kept, at: datetime) -> None:
    answers = form.check(raw, at=at, kept=kept)
    assert answers.values["area"] == Decimal("12.5")
    assert answers.values["points"] == [{"road_class": "one", "reason": "Ramai"}, {"road_class": "two"}]
    assert answers.values["ktp"]["file"] == "ktp-1"
    assert "sides" not in answers.values
    assert form.check(answers.raw, at=at, kept=kept).values == answers.values


def test_answers_are_made_by_the_check_only_and_never_change(form: Form, raw: Raw, kept: Kept, at: datetime) -> None:
    with pytest.raises(TypeError, match=r"Form\.check"):
        Answers(None, form=form, _values={"fee": 0})
    answers = form.check(raw, at=at, kept=kept)
    with pytest.raises(AttributeError):
        answers.page = "who"
    answers.values["points"].append({"road_class": "two"})
    answers.values["fee"] = 0
    assert len(answers.values["points"]) == 2
    assert "fee" not in answers.values


def test_undeclared_answers_are_refused_at_every_depth(form: Form, raw: Raw, kept: Kept, at: datetime) -> None:
    raw["fee"] = "0"
    raw["points"][0]["approved"] = "yes"
    assert faults(lambda: form.check(raw, at=at, kept=kept)) == {"fee": "undeclared", "points.0.approved": "undeclared"}


def test_an_answer_to_a_question_that_is_not_asked_is_refused_and_taken_out(form: Form, raw: Raw, kept: Kept, at: datetime) -> None:
    raw["sides"] = ["north"]
    with pytest.raises(Invalid) as caught:
        form.check(raw, at=at, kept=kept)
    assert [(one.path, one.code) for one in caught.value.errors] == [("sides", "hidden")]
    assert "sides" not in caught.value.raw
    assert form.check(caught.value.raw, at=at, kept=kept).values["lit"] is False


def test_blank_boxes_of_questions_that_are_not_asked_do_no_harm(form: Form, raw: Raw, kept: Kept, at: datetime) -> None:
    raw |= {"kind": "video", "area": " ", "points": [{"road_class": "", "reason": ""}], "sides": [], "why": ""}
    assert "points" not in form.check(raw, at=at, kept=kept).values


def test_a_wrong_answer_does_not_make_the_questions_that_depend_on_it_wrong(form: Form, raw: Raw, kept: Kept, at: datetime) -> None:
    raw |= {"lit": "maybe", "sides": ["north"]}
    assert faults(lambda: form.check(raw, at=at, kept=kept)) == {"lit": "type"}


def test_an_answer_can_be_required_by_another(form: Form, raw: Raw, kept: Kept, at: datetime) -> None:
    raw["area"] = "51"
    assert faults(lambda: form.check(raw, at=at, kept=kept)) == {"value": "required"}
    raw["value"] = "Rp2.000.000"
    assert form.check(raw, at=at, kept=kept).values["value"] == 2_000_000


def test_a_page_with_a_condition_is_asked_only_when_it_holds(form: Form, raw: Raw, kept: Kept, at: datetime) -> None:
    raw |= {"area": "101", "value": 5}
    assert faults(lambda: form.check(raw, at=at, kept=kept)) == {"why": "required"}
    raw |= {"area": "99", "why": "Karena besar"}
    assert faults(lambda: form.check(raw, at=at, kept=kept)) == {"why": "hidden"}


def test_the_rules_of_the_form_speak_in_its_own_words(form: Form, raw: Raw, kept: Kept, at: datetime) -> None:
    raw["finish"] = "2026-12-01"
    with pytest.raises(Invalid) as caught:
        form.check(raw, at=at, kept=kept)
    (error,) = caught.value.errors
    assert (error.path, error.code) == ("finish", "rule")
    assert forms.sentence(form, error, "id") == "Selesai harus setelah mulai."


def test_a_warning_stops_nobody(doc: dict[str, Any], raw: Raw, kept: Kept, at: datetime) -> None:
    doc["pages"][1]["fields"][1]["rules"] = [
        {"check": "application.area < 10", "say": {"id": "Besar sekali.", "en": "Very large."}, "level": "warning"}
    ]
    raw["nik"] = "3525995708900002"
    answers = forms.read(json.dumps(doc).encode()).check(raw, at=at, kept=kept)
    assert [(one.path, one.code) for one in answers.warnings] == [("nik", "nik.old_region"), ("area", "rule")]


def test_errors_come_in_the_order_of_the_questions(form: Form, at: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        form.check({"zzz": 1, "points": [{"reason": "x"}], "kind": "banner", "name": 5}, at=at)
    paths = [one.path for one in caught.value.errors]
    assert paths[:3] == ["name", "nik", "phone"]
    assert paths.index("points.0.road_class") < paths.index("start") < paths.index("agree") < paths.index("zzz")


def test_one_page_is_checked_with_the_others_taken_from_before(form: Form, raw: Raw, kept: Kept, at: datetime) -> None:
    site = {key: raw.pop(key) for key in ("kind", "area", "points", "start", "finish", "lit")}
    answers = form.check(site, at=at, page="site", before=raw)
    assert set(answers.values) == set(site)
    assert answers.page == "site"
    assert answers.raw["name"] == "Siti Rahma"
    assert faults(lambda: form.check({**site, "name": "Orang Lain"}, at=at, page="site", before=raw)) == {"name": "undeclared"}


def test_answers_that_a_page_makes_needless_are_cleared_from_the_draft(form: Form, raw: Raw, kept: Kept, at: datetime) -> None:
    before = form.check({**raw, "area": "101", "value": 5, "why": "Besar"}, at=at, kept=kept).raw
    site = {"kind": "video", "start": "2026-12-01", "finish": "2026-12-02", "lit": True, "sides": ["south"]}
    after = form.check(site, at=at, page="site", before=before).raw
    assert "why" not in after
    assert "points" not in after
    assert after["name"] == "Siti Rahma"


def test_a_returned_application_lets_only_the_marked_answers_change(form: Form, raw: Raw, kept: Kept, at: datetime) -> None:
    before = form.check(raw, at=at, kept=kept).raw
    again = {**before, "ktp": "ktp-2", "name": "Orang Lain"}
    assert faults(lambda: form.check(again, at=at, kept=kept, only=["ktp"], before=before)) == {"name": "locked"}
    assert form.check({"ktp": "ktp-2"}, at=at, kept=kept, only=["ktp"], before=before).values["ktp"]["file"] == "ktp-2"


def test_a_correction_may_be_made_page_by_page(form: Form, raw: Raw, kept: Kept, at: datetime) -> None:
    before = form.check(raw, at=at, kept=kept).raw
    answers = form.check({"ktp": "ktp-2"}, at=at, kept=kept, only=["ktp"], before=before, page="who")
    assert answers.values["name"] == "Siti Rahma"
    assert answers.raw == {**before, "ktp": ["ktp-2"]}
    assert form.check({}, at=at, kept=kept, only=["ktp"], before=answers.raw, page="site").raw == answers.raw
    assert faults(lambda: form.check({"lit": "yes"}, at=at, kept=kept, only=["ktp"], before=before, page="site")) == {"lit": "locked"}


def test_the_same_answer_written_in_another_way_is_no_change(form: Form, raw: Raw, kept: Kept, at: datetime) -> None:
    before = form.check(raw, at=at, kept=kept).raw
    again = {"ktp": "ktp-2", "area": "12,50", "nik": "3525 0157 0890 0002", "phone": "+62 812-3456-7890", "start": raw["start"]}
    assert form.check(again, at=at, kept=kept, only=["ktp"], before=before).values["area"] == Decimal("12.5")


def test_an_answer_that_cannot_change_is_not_refused_because_time_has_passed(form: Form, raw: Raw, kept: Kept, at: datetime) -> None:
    before = form.check(raw, at=at, kept=kept).raw
    later = at + timedelta(days=60)
    assert form.check({"ktp": "ktp-2"}, at=later, kept=kept, only=["ktp"], before=before).values["start"].isoformat() == "2026-12-01"
    assert faults(lambda: form.check({"start": "2026-12-01"}, at=later, kept=kept, only=["start"], before=before)) == {"start": "date.min"}


def test_a_correction_may_answer_what_it_newly_asks_for(form: Form, raw: Raw, kept: Kept, at: datetime) -> None:
    before = form.check(raw, at=at, kept=kept).raw
    answers = form.check({"lit": "yes", "sides": ["north"]}, at=at, kept=kept, only=["lit"], before=before)
    assert answers.values["sides"] == ["north"]
    assert faults(lambda: form.check({"lit": "yes"}, at=at, kept=kept, only=["lit"], before=before)) == {"sides": "required"}


def test_files_are_judged_and_then_filed(form: Form, raw: Raw, kept: Kept, at: datetime) -> None:
    raw["ktp"] = Upload("ktp.jpeg", JPEG)
    raw["points"][1]["photo"] = {"new": Upload("titik.pdf", PDF)}
    answers = form.check(raw, at=at, kept=kept)
    assert set(answers.uploads) == {"ktp", "points.1.photo"}
    filed = answers.filed({"ktp": kept["ktp-1"], "points.1.photo": kept["ktp-2"]})
    assert filed.raw["ktp"] == ["ktp-1"]
    assert filed.values["points"][1]["photo"]["file"] == "ktp-2"
    with pytest.raises(KeyError):
        answers.filed({"ktp": kept["ktp-1"]})


def test_files_that_are_fine_are_not_lost_with_the_faults_of_others(form: Form, raw: Raw, kept: Kept, at: datetime) -> None:
    raw |= {"ktp": Upload("ktp.jpeg", JPEG), "name": "", "photos": ["ktp-1", Upload("b.pdf", PDF)]}
    raw["points"][0]["photo"] = Upload("titik.pdf", PDF)
    with pytest.raises(Invalid) as caught:
        form.check(raw, at=at, kept=kept)
    assert set(caught.value.uploads) == {"ktp", "photos.1", "points.0.photo"}
    again = caught.value.filed({"ktp": kept["ktp-1"], "photos.1": kept["ktp-2"], "points.0.photo": kept["ktp-2"]})
    assert (again["ktp"], again["photos"], again["points"][0]["photo"]) == (["ktp-1"], ["ktp-1", "ktp-2"], ["ktp-2"])
    assert form.check({**again, "name": "Siti"}, at=at, kept=kept).uploads == {}


def test_a_draft_keeps_the_files_that_are_fine_and_drops_the_others(form: Form, raw: Raw) -> None:
    raw |= {
        "ktp": {"new": Upload("a.jpeg", JPEG)},
        "photos": ["ktp-1", Upload("b.exe", b"MZ"), Upload("c.pdf", PDF)],
        "name": Upload("n", PDF),
    }
    raw |= {"points": [{"photo": {"keep": "ktp-2", "new": Upload("x", b"")}}, {"reason": "Ramai"}], "fee": Upload("f", PDF)}
    fine = forms.with_fine_files(form, raw)
    assert [one.type for one in fine["ktp"]] == ["image/jpeg"]
    assert [getattr(one, "type", one) for one in fine["photos"]] == ["ktp-1", "application/pdf"]
    assert fine["points"] == [{"photo": []}, {"reason": "Ramai"}]
    assert fine["name"] is None
    assert "fee" not in fine


def test_a_file_of_somebody_else_is_refused(form: Form, raw: Raw, at: datetime) -> None:
    assert faults(lambda: form.check(raw, at=at)) == {"ktp": "file.unknown"}


def test_numbers_are_read_in_the_language_of_the_page(form: Form, raw: Raw, kept: Kept, at: datetime) -> None:
    raw |= {"area": "1.234", "value": 5, "why": "x"}
    assert form.check(raw, at=at, kept=kept, lang="id").values["area"] == 1234
    raw.pop("why")
    raw["area"] = "1.23"
    assert form.check(raw, at=at, kept=kept, lang="en").values["area"] == Decimal("1.23")


def test_conditions_may_read_other_forms_and_the_functions_of_the_calendar(doc: dict[str, Any], raw: Raw, kept: Kept, at: datetime) -> None:
    doc["pages"][1]["fields"][0]["show_when"] = 'verify.result = "complete" and working days(3) > today()'
    form = forms.read(json.dumps(doc).encode(), functions=["working days"])
    given = {"working days": lambda days: at.date() + timedelta(days=int(days))}
    assert form.check(raw, at=at, kept=kept, context={"verify": {"result": "complete"}}, functions=given).values["kind"] == "billboard"
    found = faults(lambda: form.check(raw, at=at, kept=kept, context={"verify": {"result": "lacking"}}, functions=given))
    assert found["kind"] == "hidden"

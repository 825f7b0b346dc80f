"""What is kept of a question from one page to the next: its own words, and nothing that anybody answered."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

import forms
from forms import FieldError
from forms.stencil import HOLE, Stencil

AT = datetime(2026, 11, 23, 3, tzinfo=UTC)
RAW = {
    "name": 'Siti "Rahma" <b>',
    "about": "Kebun & rumah",
    "born": "1990-08-17",
    "colour": "red",
    "many": ["red"],
    "sure": "yes",
    "list": "blue",
}
CHOICES = [{"value": "red", "label": {"id": "Merah", "en": "Red"}}, {"value": "blue", "label": {"id": "Biru", "en": "Blue"}}]
KINDS = {"name": "text", "about": "textarea", "born": "date", "colour": "choice", "many": "choices", "sure": "yes_no", "list": "select"}


def form(**name: Any) -> forms.Form:
    """A page with a question of every way in which an answer changes the page."""
    questions = [
        {**forms.fresh(word), "key": key, **({"choices": CHOICES} if key in ("colour", "many", "list") else {})}
        for key, word in KINDS.items()
    ]
    questions[0] |= name
    texts = {"id": "Halaman", "en": "Page"}
    page = {"key": "p", "title": texts, "fields": questions}
    return forms.read(json.dumps({"format": "loket-form/1", "key": "application", "title": texts, "pages": [page]}).encode())


def draw(one: forms.Form, raw: dict[str, Any], lang: str = "id", **more: Any) -> str:
    return str(forms.render(one, "p", raw=raw, lang=lang, at=AT, **more))


def kept(one: forms.Form) -> list[str]:
    """Every text that the form keeps of what was drawn."""
    found = [made for made in one.stencils._cut.values() if isinstance(made, Stencil)]
    return [text for made in found for text in (made.blank, *made.still, *(value for _, value in made.holes))]


def test_a_page_is_the_same_however_often_it_was_drawn_for_whomever() -> None:
    worn = form()
    for _ in range(3):
        for raw in ({}, RAW, {**RAW, "colour": "blue", "many": ["blue", "red"], "sure": False, "born": {"day": "1", "month": "x"}}):
            for lang in ("id", "en"):
                assert draw(worn, raw, lang) == draw(form(), raw, lang)
    assert len(kept(worn)) > 2 * len(KINDS)


def test_nothing_that_was_answered_wrong_doubtful_or_filled_in_before_is_kept() -> None:
    one = form()
    wrong, taken = [FieldError("name", "said", {"say": {"id": "Rahasia sekali"}})], {"name": "account"}
    for _ in range(3):
        draw(one, RAW)
        assert "Rahasia sekali" in draw(one, RAW, errors=wrong)
        assert "Rahasia sekali" in draw(one, RAW, warnings=wrong)
        assert "akun" in draw(one, RAW, prefilled=taken)
    texts = kept(one)
    assert texts
    assert not [text for text in texts for said in ("Siti", "Kebun", "1990", "Rahasia", "checked", " selected>") if said in text]
    assert "akun" not in draw(one, RAW)


@pytest.mark.parametrize("typed", [HOLE, f"{HOLE}{HOLE}", f"{HOLE} checked=red{HOLE}"])
def test_nobody_can_type_a_hole(typed: str) -> None:
    worn, raw = form(), {**RAW, "name": typed, "colour": typed, "many": [typed, "red"], "list": typed}
    for _ in range(3):
        assert draw(worn, raw) == draw(form(), raw)
        assert draw(worn, RAW) == draw(form(), RAW)


def test_a_question_whose_own_words_have_the_mark_of_a_hole_is_always_drawn() -> None:
    odd = {"label": {"id": f"Nama{HOLE}", "en": "Name"}}
    worn = form(**odd)
    for _ in range(3):
        assert draw(worn, RAW) == draw(form(**odd), RAW)


def test_whether_it_must_be_answered_is_asked_anew_each_time() -> None:
    condition = {"required": False, "required_when": "application.sure = true"}
    worn = form(**condition)
    assert draw(worn, {}) != draw(worn, {"sure": "yes"}).replace(" checked", "")
    for _ in range(3):
        for raw in ({}, {"sure": "yes"}):
            assert draw(worn, raw) == draw(form(**condition), raw)

"""Every sentence has its words in Indonesian, with the same facts in them."""

from __future__ import annotations

import re

import pytest

import forms
from forms import FieldError, Form
from forms.words import catalogue, say
from forms.words.extract import texts


def test_every_text_is_in_the_catalogues_and_translated_into_indonesian() -> None:
    lesson = "Run `python -m forms.words`, then fill in what is empty in forms/words/id.po."
    missing = [text for text in texts() if catalogue("id").gettext(text) == text and text not in {"NIK", "RT {rt} RW {rw}"}]
    assert missing == [], lesson


def test_a_translation_fills_in_facts_that_the_english_text_has() -> None:
    for text in texts():
        ours = set(re.findall(r"{(\w+)}", text))
        theirs = set(re.findall(r"{(\w+)}", catalogue("id").gettext(text)))
        assert {one.lower() for one in theirs} == {one.lower() for one in ours}, text


def test_every_code_a_kind_can_raise_has_its_sentence() -> None:
    for word, kind in forms.kinds().items():
        for sample in kind.bad:
            shared = {"required", "type", "hidden", "undeclared"}
            assert sample.code in kind.says or sample.code in shared or sample.code.split(".")[0] != word, (word, sample.code)


def test_sentences_name_the_question(form: Form) -> None:
    assert forms.sentence(form, FieldError("nik", "required"), "id") == "Nik wajib diisi."
    assert forms.sentence(form, FieldError("nik", "required"), "en") == "Enter the nik."
    assert forms.sentence(form, FieldError("points.0.road_class", "required"), "en") == "Select the road class."
    assert forms.sentence(form, FieldError("area", "number.max", {"max": 1234.5}), "id") == "Area paling banyak 1.234,5."


def test_a_code_nobody_knows_still_gives_a_sentence(form: Form) -> None:
    assert forms.sentence(form, FieldError("nik", "what.is.this"), "en") == "Check the nik and enter it again."
    assert forms.sentence(form, FieldError("{zzz}", "number.max"), "id").endswith(".")


@pytest.mark.parametrize("lang", ["xx", "../id", "", "id/../en"])
def test_an_unknown_language_speaks_english(lang: str) -> None:
    assert say("Yes", lang) == "Yes"

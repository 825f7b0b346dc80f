"""What the builder is told of the kinds: data, whole, and true."""

from __future__ import annotations

import json
import re

import pytest
import re2
from jsonschema import Draft202012Validator

import forms
from forms.pattern import pattern, plain

LISTS = {"contoh": b"value,id,en\npadi,Padi,Rice\n"}


def test_the_catalogue_is_json_and_names_every_kind() -> None:
    told = json.loads(json.dumps(forms.catalogue()))
    assert [one["kind"] for one in told["kinds"]] == list(forms.kinds())
    shelves, parts = ({one["key"] for one in told[name]} for name in ("shelves", "parts"))
    shared = {one["key"] for one in told["common"]}
    for kind in told["kinds"]:
        assert kind["shelf"] in shelves
        assert set(kind["common"]) <= shared
        for one in (*told["common"], *kind["properties"]):
            assert one["part"] in parts
            assert one["label"]["id"], one
            assert one["label"]["en"], one


def test_in_one_language_every_text_is_one_text() -> None:
    told = forms.catalogue("en")
    assert next(one["title"] for one in told["kinds"] if one["kind"] == "nik") == "Identity number (NIK)"
    labels = [choice["label"] for one in told["common"] for choice in one.get("choices", ())]
    assert labels
    assert all(isinstance(label, str) for label in labels)


@pytest.mark.parametrize("word", list(forms.kinds()))
def test_what_falls_from_the_palette_is_a_question(word: str) -> None:
    words = {"id": "F", "en": "F"}
    page = {"key": "p", "title": words, "fields": [{"key": "fresh", **forms.fresh(word)}]}
    form = forms.read(json.dumps({"format": "loket-form/1", "key": "application", "title": words, "pages": [page]}).encode(), lists=LISTS)
    assert form.pages[0].fields[0].kind.word == word


def test_a_default_is_a_value_of_its_property() -> None:
    told = forms.catalogue()
    found = [*told["common"], *(one for kind in told["kinds"] for one in kind["properties"])]
    small = {name: told["$defs"][name] for name in ("words", "feel", "rule")}
    schemas = {json.dumps([one["default"], one["schema"]], sort_keys=True): one for one in found if "default" in one}
    assert len(schemas) > 10
    for one in schemas.values():
        if one["editor"] != "questions":
            Draft202012Validator({**one["schema"], "$defs": small}).validate(one["default"])


@pytest.mark.parametrize(
    ("examples", "fits", "not_"),
    [
        (["AB-1234"], ["XY-0000"], ["xy-0000", "AB-123", "AB1234", "AB-12345"]),
        (["N 1 A", "AB 1234 XYZ"], ["L 12 BB", "AB1234XYZ"], ["ABC 1 A", "L 12345 A"]),
        (['"SIP"/1/2026', '"SIP"/999/2026'], ["SIP/42/2027"], ["STR/42/2027", "SIP/1234/2027"]),
        (["12", "AB"], ["34", "CD"], ["1A", "123"]),
        (["a.b*c"], ["x.y*z"], ["xaybbz"]),
    ],
)
def test_examples_make_a_pattern(examples: list[str], fits: list[str], not_: list[str]) -> None:
    made = pattern(tuple(examples))
    assert all(re2.fullmatch(made, text) for text in [*map(plain, examples), *fits])
    assert not any(re2.fullmatch(made, text) for text in not_)


DRAWN = re.compile(r"M[0-9][MLHVCSQTAZmlhvcsqtaz0-9 .-]*")


def test_the_sign_of_every_kind_shows_on_every_machine() -> None:
    for word, kind in forms.kinds().items():
        letters = len(kind.icon) <= 3 and all(" " < sign < "\u0100" for sign in kind.icon)
        assert kind.icon and (letters or DRAWN.fullmatch(kind.icon)), f"{word}: letters of Latin-1, or lines; fonts lack other signs"

"""The builder hands files back without noise: what was not changed keeps its bytes, a changed word is one line of difference."""

from __future__ import annotations

import copy
import difflib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.studio.layout import STYLES, text_of

WORKFLOWS = Path(__file__).parents[3] / "workflows"
FORMS = sorted(WORKFLOWS.glob("*/forms/*.json"))
BY_HAND = b"""{ "format" : "loket-form/1",
  "key":"a",  "title": {"id": "Izin", "en":"Permit"},
    "pages": [ {"key": "one", "title": {"id": "Satu", "en": "One"},
      "fields": [
        {"key": "area", "kind": "number",
           "max": 2.0, "label": {"id": "Luas", "en": "Area"}, "noun": {"id": "luas", "en": "the area"}},
        {"include": "person"}
      ] } ]
}"""


def changed_lines(before: bytes, after: bytes) -> list[str]:
    old, new = before.decode().splitlines(), after.decode().splitlines()
    return [line for line in difflib.unified_diff(old, new, n=0, lineterm="") if line[0] in "+-" and line[:3] not in ("+++", "---")]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: "/".join(path.parts[-3:]))
def test_every_shipped_form_comes_back_as_it_was_and_one_word_is_one_line(path: Path) -> None:
    before = path.read_bytes()
    document = json.loads(before)
    assert text_of(document, before) == before
    assert text_of(document) == before, "shipped forms are laid out as the house lays them out; write them with admin.studio.layout.house"
    fields = document["fields"] if "fields" in document else document["pages"][0]["fields"]
    words = next(one["label"] for one in fields if "label" in one)
    words["en"] = words["en"][:-1] + "x"
    assert len(changed_lines(before, text_of(document, before))) == 2


def test_a_file_laid_out_by_hand_keeps_its_text_around_a_change() -> None:
    document = json.loads(BY_HAND)
    assert text_of(document, BY_HAND) == BY_HAND
    document["pages"][0]["fields"][0]["label"]["id"] = "Luas tanah"
    document["pages"][0]["fields"][0]["max"] = 2  # as a browser writes 2.0
    after = text_of(document, BY_HAND)
    assert after == BY_HAND.replace(b'"id": "Luas"', b'"id": "Luas tanah"')
    document["pages"][0]["fields"].append({"include": "proxy"})
    assert json.loads(text_of(document, after)) == document
    assert len(changed_lines(after, text_of(document, after))) == 3
    del document["pages"][0]["fields"][0]
    assert json.loads(text_of(document, after)) == document


@given(st.sampled_from(STYLES), st.booleans())
def test_every_usual_layout_is_kept(style: Any, longer: bool) -> None:
    document = {**json.loads(BY_HAND), "note": "é"}
    before = style(document).encode()
    changed = copy.deepcopy(document)
    changed["pages"][0]["fields"][0]["label"]["id"] = "Luas é" * (9 if longer else 1)
    assert text_of(changed, before) == style(changed).encode()


LEAF = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=4)
JSON = st.recursive(LEAF, lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=3), one, max_size=3))


@given(JSON, JSON)
def test_whatever_becomes_of_a_file_it_says_what_the_document_says(before: Any, after: Any) -> None:
    odd = ("  " + json.dumps(before, indent=3, ensure_ascii=False)).encode()
    assert json.loads(text_of(after, odd)) == after
    assert json.loads(text_of(after, b"{broken")) == after

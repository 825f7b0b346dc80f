"""A new kind of question, one file and one template, is in the builder without a line of the builder's own: palette, panel and page."""

from __future__ import annotations

import forms
from admin.studio.building import catalogue
from admin.studio.drawing import drawn
from tests.forms.test_new_kind import rating  # noqa: F401 (a fixture)


def test_a_new_kind_stands_in_the_palette_with_its_panel_and_is_drawn(rating: None) -> None:  # noqa: F811
    kind = next(one for one in catalogue("en")["kinds"] if one["kind"] == "rating")
    assert (kind["title"], kind["about"], kind["icon"]) == ("Stars", "One to five.", "*")
    assert {"key", "label", "noun", "required", "show_when", "rules"} <= set(kind["common"])
    question = {"key": "stars", **kind["fresh"]}
    assert question["label"] == {"id": "Bintang", "en": "Stars"}
    page = drawn({"pages": [{"fields": [question]}]}, 0, "id", {})
    assert page["broken"] == []
    assert '<input class="stars" id="f-q0"' in page["html"]
    assert forms.fresh("rating") == kind["fresh"]

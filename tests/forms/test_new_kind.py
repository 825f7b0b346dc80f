"""A new kind of question is one file and at most one template: this test adds one, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import forms
from forms import Invalid, fields, formatschema
from forms.catalogue import _fresh
from forms.drawing import environment, template
from forms.reader import _validator

KIND = """
from forms.errors import Fault
from forms.kind import Bad, Good, Kind, tidy
import marshmallow as ma

class Stars(ma.fields.Field):
    def _deserialize(self, value, attr, data, **kwargs):
        if not isinstance(value, str) or value not in {"1", "2", "3", "4", "5"}:
            raise ma.ValidationError(Fault("stars.not"))
        return int(value)

class Rating(Kind):
    word = "rating"
    title = {"id": "Bintang", "en": "Stars"}
    about = {"id": "Satu sampai lima.", "en": "One to five."}
    icon = "*"
    template = "rating"
    feel = "number"
    says = {"stars.not": "{Noun} must be 1 to 5."}
    good = (Good("3", 3),)
    bad = (Bad("6", "stars.not"), Bad("", "required"))

    def marshal(self, field, asked):
        return Stars()

    def raw(self, value, field):
        return str(value)

    def ask(self, view):
        return {"value": view.text}
"""
TEMPLATE = """<label for="{{ view.id }}">{{ view.label_text }}</label>
<input class="stars" id="{{ view.id }}" name="{{ view.path }}" value="{{ p.value }}">"""
CACHES = (fields.kinds, formatschema.format_schema, formatschema.fields_schema, _validator, environment, template, _fresh)


@pytest.fixture
def rating(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A second folder of kinds beside a second folder of templates, as a package of somebody else would bring them."""
    for place, text in (("fields/rating_kind.py", KIND), ("templates/ask/rating.html", TEMPLATE)):
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).write_text(text)
    monkeypatch.setattr(fields, "__path__", [*fields.__path__, str(tmp_path / "fields")])
    for cached in CACHES:
        cached.cache_clear()
    yield
    monkeypatch.undo()
    for cached in CACHES:
        cached.cache_clear()


def test_one_file_and_one_template_make_a_kind(rating: None) -> None:
    words = {"id": "Nilai", "en": "Rating"}
    question = {"key": "stars", **forms.fresh("rating")}
    page = {"key": "p", "title": words, "fields": [question]}
    whole: dict[str, Any] = {"format": "loket-form/1", "key": "application", "title": words, "pages": [page]}
    form = forms.read(json.dumps(whole).encode())
    at = datetime(2026, 11, 23, tzinfo=UTC)
    answers = form.check(forms.decode([("stars", "3")]), at=at)
    assert answers.values == {"stars": 3}
    assert answers.raw == {"stars": "3"}
    with pytest.raises(Invalid) as caught:
        form.check({"stars": "6"}, at=at)
    assert forms.error_summary(form, caught.value.errors, lang="en") == [{"text": "Stars must be 1 to 5.", "href": "#f-stars"}]
    assert '<input class="stars" id="f-stars" name="stars" value="3">' in str(forms.render(form, "p", raw=answers.raw, lang="id"))
    assert "rating" in [one["kind"] for one in forms.catalogue()["kinds"]]
    assert "(`rating`)" in forms.kinds_page()
    assert forms.json_schema(form)["properties"]["stars"]["title"] == "Bintang"
    (section,) = forms.summary(form, answers.values, lang="id")
    assert section.rows[0].text == "3"

"""What a page of questions costs the server: the HTML that Jinja by itself would draw, in far fewer calls. Time is measured in bench/."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from jinja2 import Environment

import forms
from forms import FieldError, drawing

AT = datetime(2026, 11, 23, 3, tzinfo=UTC)
LISTS = {"contoh": b"value,id,en\npadi,Padi,Rice\n"}
MOST_CALLS = 32_000  # Python functions; it takes 30,600 with Jinja 3.1 and govuk-frontend-jinja 4.1
MIXED = ("text", "text", "textarea", "number", "rupiah", "date", "yes_no", "choice", "choices", "select", "nik", "npwp", "phone", "email")


def page_of(*words: str) -> forms.Form:
    """A form of one page with these kinds of questions, each fifth of them with a condition."""
    texts = {"id": "Halaman", "en": "Page"}
    questions: list[dict[str, Any]] = [{**forms.fresh(word), "key": f"q{number}"} for number, word in enumerate(words)]
    for one in questions[3::5]:
        one["show_when"] = "application.q0 != null"
    whole = {"format": "loket-form/1", "key": "application", "title": texts, "pages": [{"key": "p", "title": texts, "fields": questions}]}
    return forms.read(json.dumps(whole).encode(), lists=LISTS)


def draw(form: forms.Form, *, lang: str, wrong: bool = False, raw: dict[str, Any] | None = None) -> str:
    """The page, with a fault at every question when asked for."""
    errors = [FieldError(one.key, "required") for one in form.questions()] if wrong else []
    return str(forms.render(form, "p", raw=raw or {}, lang=lang, errors=errors, at=AT))


def test_the_short_cuts_draw_every_kind_as_jinja_by_itself_does(monkeypatch: pytest.MonkeyPatch) -> None:
    words = list(forms.kinds())
    form = page_of("text", *words)
    raw = {f"q{number}": forms.kinds()[word].good[0].raw for number, word in enumerate(words, 1) if forms.kinds()[word].good}
    ways: list[dict[str, Any]] = [{"lang": "id"}, {"lang": "en", "wrong": True}, {"lang": "id", "raw": {"q0": 'x" onfocus="<b>', **raw}}]
    quick = [draw(form, **way) for way in ways]
    slow = drawing.made_as(Environment, drawing.loader())
    monkeypatch.setattr(sys.modules["forms.render"], "template", lambda name: slow.get_template(f"forms/{name}"))
    for made, way in zip(quick, ways, strict=True):
        assert made == draw(form, **way)
    assert 'value="x&#34; onfocus=&#34;&lt;b&gt;"' in quick[2]


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ({"class": "a & b", "hidden": True}, ' class="a &amp; b" hidden="true"'),
        ({"hidden": {"value": True, "optional": True}, "x": {"value": None, "optional": True}}, " hidden"),
        ({"x": {"value": False, "optional": True}, "y": {"value": "", "optional": True}, "z": {"value": 0}}, ' y="" z="0"'),
        (' already="said"', ' already="said"'),
        (None, ""),
    ],
)
def test_attributes_follow_the_rules_of_govuk(given: Any, made: str) -> None:
    slow = drawing.made_as(Environment, drawing.loader())
    text = '{% from "govuk_frontend_jinja/macros/attributes.html" import govukAttributes %}{{ govukAttributes(given) }}'
    assert str(drawing.attributes_of(given)) == made == slow.from_string(text).render(given=given)


def test_a_page_of_thirty_questions_takes_no_more_python_calls_than_it_may() -> None:
    form, calls = page_of(*MIXED, "region", *MIXED, "region"), 0
    draw(form, lang="id")  # compiles the templates

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        html = draw(form, lang="id")
    finally:
        sys.setprofile(before)
    assert html.count('class="app-question"') == 30
    assert calls <= MOST_CALLS, f"{calls} calls"

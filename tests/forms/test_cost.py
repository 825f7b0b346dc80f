"""What a page of questions costs the server: the HTML that Jinja by itself would draw, in far fewer calls. Time is measured in bench/."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any

import forms

AT = datetime(2026, 11, 23, 3, tzinfo=UTC)
MOST_CALLS = 620  # Python functions; it takes 570 with Jinja 3.1, and 5,900 when every question is drawn anew
MIXED = ("text", "text", "textarea", "number", "rupiah", "date", "yes_no", "choice", "choices", "select", "nik", "npwp", "phone", "email")


def page_of(*words: str) -> forms.Form:
    """A form of one page with these kinds of questions, each fifth of them with a condition."""
    texts = {"id": "Halaman", "en": "Page"}
    questions: list[dict[str, Any]] = [{**forms.fresh(word), "key": f"q{number}"} for number, word in enumerate(words)]
    for one in questions[3::5]:
        one["show_when"] = "application.q0 != null"
    whole = {"format": "loket-form/1", "key": "application", "title": texts, "pages": [{"key": "p", "title": texts, "fields": questions}]}
    return forms.read(json.dumps(whole).encode())


def draw(form: forms.Form, *, lang: str) -> str:
    """The page, nothing answered."""
    return str(forms.render(form, "p", raw={}, lang=lang, at=AT))


def test_a_page_of_thirty_questions_takes_no_more_python_calls_than_it_may() -> None:
    form, calls = page_of(*MIXED, "region", *MIXED, "region"), 0
    for _ in range(2):
        draw(form, lang="id")  # compiles the templates, and cuts the stencils

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

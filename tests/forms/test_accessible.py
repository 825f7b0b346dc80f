"""axe finds nothing in the questions, asked, wrong or answered, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

import forms
from forms import Form, Invalid

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 360, "height": 800})
    yield opened
    opened.close()


def violations(page: Page, questions: str, lang: str) -> list[str]:
    hidden = ".govuk-visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}"
    style = f"{hidden} input,select,button{{min-height:44px;margin:8px}}"  # what the style sheet gives: room to touch
    page.set_content(
        f'<!doctype html><html lang="{lang}"><head><title>Formulir</title><style>{style}</style></head>'
        f'<body><main><h1>Formulir</h1><form method="post">{questions}<button>Lanjut</button></form></main></body></html>'
    )
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in Axe().run(page, options=RULES).response["violations"]]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_axe_finds_nothing_in_a_form_of_all_kinds(page: Page, form: Form, raw: dict[str, Any], kept: Any, at: datetime, lang: str) -> None:
    answered = form.check(raw, at=at, kept=kept).raw
    with pytest.raises(Invalid) as caught:
        form.check({"points": [{"reason": "x"}], "lit": "x", "kind": "z"}, at=at)
    for one in form.pages:
        for shown, errors in (({}, ()), (answered, ()), (caught.value.raw, caught.value.errors)):
            html = forms.render(
                form, one.key, raw=shown, lang=lang, errors=errors, kept=kept, at=at, file_url=lambda file: f"/files/{file}"
            )
            assert violations(page, html, lang) == []


def test_axe_finds_nothing_in_a_correction_and_in_marks(page: Page, form: Form, raw: dict[str, Any], kept: Any, at: datetime) -> None:
    answers = form.check(raw, at=at, kept=kept)
    assert violations(page, forms.render(form, "who", raw=answers.raw, lang="id", kept=kept, only=["ktp"]), "id") == []
    words = {"id": "Tandai", "en": "Mark"}
    question = {"key": "marks", "kind": "marks", "of": "application", "label": words, "noun": words, "help": words}
    text = {"format": "loket-form/1", "key": "verify", "title": words, "pages": [{"key": "one", "title": words, "fields": [question]}]}
    verify = forms.read(json.dumps(text).encode())
    html = forms.render(
        verify, "one", raw={}, lang="id", beside={"application": (form, answers.values)}, file_url=lambda one: f"/files/{one}"
    )
    assert violations(page, html, "id") == []

"""Templates: every text can be translated, and nothing stands inline that the content security policy would refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.sources import files, shown
from tests.house.templates import bare, handed_over, page

TEMPLATES = [path for path in files("hall", "portal", "admin", "forms", ending=(".html",)) if "templates" in path.parts]
UNTRANSLATED = {"Loket", "id", "en", "Bahasa Indonesia", "English", "QR", "PDF", "NIK", "WIB", "Rp"}

templates = pytest.mark.parametrize("path", TEMPLATES, ids=shown)


def has_words(text: str) -> bool:
    """Whether a text has something to translate: two letters in a row that are no name of ours and no class (a block may fill one)."""
    said = re.sub(r"\b(govuk|loket)-[a-z0-9_-]+", "", text)
    return bool(re.search(r"[A-Za-z]{2}", said)) and text.strip() not in UNTRANSLATED


@templates
def test_every_text_of_a_page_can_be_translated(path: Path) -> None:
    raw = [f"line {line}: {text.strip()}" for line, text in [*page(path).texts, *handed_over(path)] if has_words(text)]
    lesson = 'A reader of the other language would see this as it is. Write {{ _("…") }} or {% trans %}…{% endtrans %}:\n'
    assert not raw, lesson + "\n".join(raw)


@templates
def test_nothing_stands_inline_in_a_page(path: Path) -> None:
    found = [f"line {line}: {what}" for line, what in page(path).inline]
    assert not found, (
        "The content security policy refuses inline scripts, styles and handlers. Behaviour goes into frontend/src/islands,\n"
        "looks into frontend/src/style:\n" + "\n".join(found)
    )


def test_the_reader_of_templates_sees_what_it_should(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        '<p title="{{ _("Good") }}">{{ name }}: {% trans %}fine{% endtrans %}</p>\n{# a note #}'
        '<a href="#" onclick="x()" title="Bad title">Bad text</a>\n{{ button({"text": "Bad button", "name": "save"}) }}<script>x()</script>'
    )
    texts = [text for _, text in [*page(path).texts, *handed_over(path)] if has_words(text)]
    assert texts == ["Bad title", "Bad text", "Bad button"]
    assert page(path).inline == [(2, "onclick="), (3, "<script>")]
    assert bare("{{ x }}") == "\ufffc"
    assert not has_words("loket-wide")
    assert has_words("loket-wide words")

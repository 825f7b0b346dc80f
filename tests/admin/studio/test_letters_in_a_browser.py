"""The letter editor in a browser: written by mouse and keyboard, seen in the preview and in the PDF; two administrators; a phone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from engine import procedures
from engine.store import Store
from tests.fixtures.browser import Served, sign_in
from tests.fixtures.databases import KEYS
from tests.fixtures.visitors import PASSWORD, _person

pytestmark = pytest.mark.browser
WORKFLOWS = Path(__file__).parents[3] / "workflows"
FILE = "letters/permit.id.md"
SAVED = '[data-status="saved"]'
MOST = 130_000
"""Bytes of script and style, compressed, that the page of a letter may fetch, those of every page included."""

SEEN = """() => { const top = document.querySelector('.le-panel').getBoundingClientRect().top;
    return [document.querySelector('.ProseMirror-selectednode').getBoundingClientRect().bottom <= top, top >= innerHeight / 2 - 1]; }"""
"""Whether the field that is chosen lies above the panel, and half of the window is left to the letter."""


@pytest.fixture(scope="module")
def store(server: Served) -> Iterator[Store]:
    """The office's store with an administrator in it."""
    made = Store(server.database, KEYS)
    _person(made, datetime.now(UTC), "Rina", "administrator", email="rina@example.org")
    yield made
    made.close()


@pytest.fixture
def draft(store: Store) -> Iterator[str]:
    """An open draft of the shipped permit; gives its key."""
    at = datetime.now(UTC)
    with store.unit() as db:
        procedures.begin_draft(db, "reklame", files=dict(procedures.read_folder(WORKFLOWS / "reklame").files), by="test", at=at)
    yield "reklame"
    with store.unit() as db:
        procedures.discard_draft(db, "reklame", by="test", at=at)


def open_letter(page: Page, server: Served, letter: str, lang: str = "en") -> None:
    sign_in(page, server.url, "rina@example.org", PASSWORD)
    page.context.add_cookies([{"name": "lang", "value": lang, "url": server.url}])
    page.goto(f"{server.url}/admin/studio/reklame/letters/{letter}/")
    page.locator(".st-problems").wait_for()


def at_end(paragraph: Locator) -> None:
    """The cursor behind the last word of a paragraph, however many lines it takes."""
    paragraph.click()
    paragraph.evaluate(
        """one => { const range = document.createRange(); range.selectNodeContents(one); range.collapse(false);
        getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    )


def text_of(store: Store, file: str = FILE) -> str:
    with store.reading() as db:
        return procedures.draft_file(db, "reklame", file)[0].decode()


def changes(store: Store, file: str = FILE) -> tuple[list[str], list[str]]:
    """The lines that are new, and those that are gone."""
    before, after = (WORKFLOWS / "reklame" / file).read_text("utf-8").split("\n"), text_of(store, file).split("\n")
    return [line for line in after if line not in before], [line for line in before if line not in after]


def test_a_letter_is_changed_filled_and_seen_in_its_pdf(new_page: Any, server: Served, store: Store, draft: str, axe: Any) -> None:
    page = new_page()
    open_letter(page, server, "permit")
    expect(page.locator(".st-problems--none")).to_be_visible()
    own = page.evaluate(
        """() => performance.getEntriesByType('resource').filter(one => /\\.(js|css)$/.test(one.name))
        .reduce((sum, one) => sum + one.encodedBodySize, 0)"""
    )
    assert 0 < own <= MOST
    press, paper = page.keyboard.press, page.locator('[data-paper="id"]')

    # a sentence, by keyboard: a new paragraph, a field, words that depend on an answer
    at_end(paper.locator("p", has_text="Reklame yang diizinkan:"))
    press("Enter")
    page.keyboard.type("Masa tayang mulai ")
    page.locator("[name=field]").select_option("application.tgl_mulai long_date")
    page.keyboard.type(" bagi pemasang")
    press("Control+Shift+ArrowLeft")
    page.get_by_role("button", name="Only if …").click()
    panel = page.locator(".le-panel")
    expect(page.locator(".st-problems")).to_contain_text("Choose when this is there")
    panel.get_by_role("button", name="+ Add a condition").click()
    panel.locator(".fb-row__field").select_option("application.penyelenggara")
    panel.locator(".fb-row__value").select_option("biro")
    expect(page.locator(".st-problems--none")).to_be_visible()
    page.locator(SAVED).wait_for()
    new = 'Masa tayang mulai {{ application.tgl_mulai | long_date }} bagi {% if application.penyelenggara == "biro" %}pemasang{% endif %}'
    assert changes(store) == ([new], [])

    # the field is chosen and written otherwise
    paper.locator("p", has_text="Masa tayang mulai").locator(".le-chip--field").click()
    expect(panel.locator("#le-way")).to_be_visible()
    panel.locator("#le-way").select_option("application.tgl_mulai hari")
    page.locator(SAVED).wait_for()
    expect(page.locator('[data-status="saved"]')).to_be_visible()
    page.wait_for_function("() => !document.querySelector('[data-status=waiting], [data-status=saving]')")
    assert "{{ application.tgl_mulai | hari }}" in text_of(store)

    # a whole part that depends on an answer, with its other branch, and undone again
    at_end(paper.locator("p", has_text="Izin ini tidak dipungut biaya."))
    page.get_by_role("button", name="Only if …").click()
    panel.get_by_role("button", name="+ Otherwise …").click()
    page.keyboard.type("Lain.")
    assert paper.locator(".le-box--else").count() == 1
    for _ in range(3):
        page.get_by_role("button", name="Undo").click()
    assert paper.locator(".le-box--else").count() == 0
    axe(page)

    page.locator("[name=preview-lang]").select_option("id")
    page.get_by_role("button", name="Show the preview").click()
    expect(page.locator(".le-page").first).to_be_visible(timeout=60_000)
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Open as PDF").click()
    opened.value.close()
    page.wait_for_function("() => !document.querySelector('[data-status=waiting], [data-status=saving]')")
    assert "{{ application.tgl_mulai | hari }}" in text_of(store)
    assert "Izin ini tidak dipungut biaya." in text_of(store)
    paper_ = page.request.post(
        f"{server.url}/admin/studio/reklame/letters/permit/paper",
        form={
            "csrf_token": page.evaluate("() => JSON.parse(document.getElementById('letter-data').textContent).token"),
            "in": "id", "story": "", "document": page.evaluate(
                "() => fetch('/admin/studio/reklame/letters/permit/parts').then((one) => one.text())"),
        },
    )  # fmt: skip
    said = " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(paper_.body())).pages).split())
    assert "Masa tayang mulai" in said
    assert "PRATINJAU" in said


def test_tables_lists_and_rows_of_a_group_are_made_without_markup(new_page: Any, server: Served, store: Store, draft: str) -> None:
    page = new_page()
    open_letter(page, server, "refusal")
    press, paper, typed = page.keyboard.press, page.locator('[data-paper="en"]'), page.keyboard.type
    at_end(paper.locator("p", has_text="You may apply again"))
    press("Enter")
    typed("First")
    page.get_by_role("button", name="1. Numbers").click()
    press("Enter")
    typed("Second")
    press("Control+b")
    typed(" bold")
    press("Control+b")
    press("Enter")
    press("Enter")
    page.get_by_role("button", name="+ Table").click()
    for word in ("Street", "Class", "Count"):
        typed(word)
        press("Tab")
    page.locator("[name=each]").select_option("application.titik_pasang")
    page.locator("[name=field]").select_option("row.nama_jalan ")
    press("Tab")
    typed("x")
    page.locator(SAVED).wait_for()
    page.wait_for_function("() => !document.querySelector('[data-status=waiting], [data-status=saving]')")
    new, gone = changes(store, "letters/refusal.en.md")
    assert gone == []
    assert "\n".join(new) == "\n".join([
        "1. First",
        "2. Second **bold**",
        "{% if application.titik_pasang %}",
        "| Street | Class | Count |",
        "|---|---|---|",
        "{% for row in shown.application.titik_pasang -%}",
        "| {{ row.nama_jalan }} | x |  |",
        "{% endfor %}",
    ])  # fmt: skip


def test_the_second_of_two_administrators_is_told_and_loses_nothing(new_page: Any, server: Served, store: Store, draft: str) -> None:
    first, second = new_page(), new_page()
    for page in (first, second):
        open_letter(page, server, "notice-refused")
    for page, word in ((first, "Pertama. "), (second, "Kedua. ")):
        page.locator('[data-paper="id"] .ProseMirror p').last.click()
        page.keyboard.press("Home")
        page.keyboard.type(word)
        page.locator(f"{SAVED if page is first else '[data-status=conflict]'}").wait_for()
        page.wait_for_function("() => !document.querySelector('[data-status=waiting], [data-status=saving]')")
    expect(second.locator(".st-conflict")).to_contain_text("Rina")
    second.get_by_role("button", name="Go on with theirs").click()
    expect(second.locator('[data-paper="id"]')).to_contain_text("Pertama.")
    second.get_by_role("button", name="Undo").click()
    second.wait_for_function("() => !document.querySelector('[data-status=waiting], [data-status=saving]')")
    assert "Kedua. " in text_of(store, "letters/notice-refused.id.md")


def test_on_a_phone_everything_can_be_reached(new_page: Any, server: Served, store: Store, draft: str, axe: Any) -> None:
    page = new_page(width=360)
    open_letter(page, server, "notice-to_pay", "id")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    panel, bar = page.locator(".le-panel"), page.locator(".le-panel__bar")
    page.locator('[data-paper="id"] .le-box p').first.click()
    expect(panel.locator("[data-around=frame]").first).to_be_hidden()
    assert panel.evaluate("one => one.getBoundingClientRect().height") <= 60  # one writes, and sees what one writes
    bar.click()
    expect(panel.locator("[data-around=frame]").first).to_be_visible()
    axe(page)
    bar.click()
    for chip in (page.locator('[data-paper="id"] .le-chip').first, page.locator('[data-paper="en"] .le-chip').last):
        chip.click()
        expect(panel.locator("#le-field")).to_be_visible()
        assert page.evaluate(SEEN) == [True, True]
        bar.click()
        expect(panel.locator("#le-field")).to_be_hidden()
    page.get_by_role("button", name="Tampilkan pratinjau").click()
    expect(page.locator(".le-mail")).to_contain_text("Bayar ke rekening kas daerah")
    page.goto(f"{server.url}/admin/studio/reklame/texts/")
    axe(page)
    page.goto(f"{server.url}/admin/studio/reklame/letters/")
    axe(page)

"""The grid of a decision table in a browser: by keyboard alone, by mouse, from a spreadsheet, on a phone; two administrators at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import rules
from engine import procedures
from engine.store import Store
from tests.fixtures.browser import Served, sign_in
from tests.fixtures.databases import KEYS
from tests.fixtures.visitors import PASSWORD, _person

pytestmark = pytest.mark.browser
WORKFLOWS = Path(__file__).parents[3] / "workflows"
FILE = "decisions/tax.dmn"
SAVED = '[data-status="saved"]'
MOST = 60_000
"""Bytes of script and style, compressed, that the page of a table may fetch, those of every page included."""


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


def open_table(page: Page, server: Served, table: str, lang: str = "en") -> None:
    sign_in(page, server.url, "rina@example.org", PASSWORD)
    page.context.add_cookies([{"name": "lang", "value": lang, "url": server.url}])
    page.goto(f"{server.url}/admin/studio/reklame/tables/tax/{table}/")
    page.locator(".st-problems").wait_for()


def table_of(store: Store, table: str) -> Any:
    with store.reading() as db:
        content, _rev = procedures.draft_file(db, "reklame", FILE)
    return rules.table_in(rules.read_decisions(content).model.element(table))  # type: ignore[arg-type]


def cells(store: Store, table: str) -> list[tuple[str, ...]]:
    return [(*rule.inputs, *rule.outputs) for rule in table_of(store, table).rules]


def test_a_table_is_changed_by_keyboard_alone(new_page: Any, server: Served, store: Store, draft: str, axe: Any) -> None:
    page = new_page()
    open_table(page, server, "faktor_tinggi")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.row") == "0":
            break
    press = page.keyboard.press
    page.keyboard.type(">20")
    press("Enter")
    press("ArrowUp")
    press("ArrowRight")
    page.keyboard.type("1.5")
    press("Tab")
    page.keyboard.type("Perwal 1/2027")
    press("Enter")
    press("ArrowUp")
    press("Control+Enter")
    press("Home")
    press("Enter")
    expect(page.locator(".dt-panel select[name=kind]")).to_be_focused()
    press("ArrowDown")
    press("ArrowDown")
    press("ArrowDown")
    press("ArrowDown")
    press("ArrowDown")
    press("ArrowDown")
    expect(page.locator(".dt-panel select[name=kind]")).to_have_value("between")
    press("Tab")
    page.keyboard.type("15")
    press("Tab")
    press("Space")
    press("Tab")
    page.keyboard.type("20")
    press("Escape")
    press("ArrowRight")
    page.keyboard.type("1.2")
    press("Enter")
    page.locator(SAVED).wait_for()
    assert cells(store, "faktor_tinggi") == [("> 20", "1.5"), ("(15..20]", "1.2"), ("-", "1")]
    expect(page.locator(".st-problems--none")).to_be_visible()
    press("Alt+ArrowUp")
    expect(page.locator('[data-rule="1"] .dt-cell').first).to_have_text("any")
    expect(page.locator(".dt-trouble")).to_contain_text("row 2 always comes first")
    press("Control+z")
    expect(page.locator(".st-problems--none")).to_be_visible()
    press("Control+Delete")
    expect(page.locator("[data-rule]")).to_have_count(2)
    press("Control+z")
    page.locator(SAVED).wait_for()
    assert table_of(store, "faktor_tinggi").rules[0].annotations == ("Perwal 1/2027",)
    axe(page)


def test_rows_come_from_a_spreadsheet_and_from_a_day_and_are_dragged(new_page: Any, server: Served, store: Store, draft: str) -> None:
    page = new_page()
    open_table(page, server, "nsr_dasar")
    page.locator('[data-row="14"][data-col="0"]').click()
    page.keyboard.press("ArrowDown")
    block = "Board\tPremium 2\t14,950\thari\tA\nkain; videotron\tkelas_ii\t\t\t\n"
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData('text/plain', text);
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }""",
        block,
    )
    expect(page.locator("[data-rule]")).to_have_count(16)
    expect(page.locator(".dt-trouble").first).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.locator("[data-rule]")).to_have_count(15)
    grip, target = page.locator('[data-rule="1"] .dt-grip'), page.locator('[data-rule="0"] .dt-grip')
    grip.drag_to(target)
    expect(page.locator('[data-rule="1"] .dt-cell').nth(2)).to_have_text("23,575")
    page.locator(SAVED).wait_for()
    page.get_by_role("button", name="New amounts from a day on").click()
    page.get_by_role("button", name="Tell the table the day").click()
    page.locator('.dt-dialog [name="day"]').fill("2027-01-01")
    page.get_by_role("button", name="Make the new rows").click()
    expect(page.locator("[data-rule]")).to_have_count(30)
    page.locator('[data-row="1"][data-col="3"]').click()
    page.keyboard.type("17,000")
    page.keyboard.press("Enter")
    page.locator(SAVED).wait_for()
    expect(page.locator(".st-problems--none")).to_be_visible()
    assert cells(store, "nsr_dasar")[:2] == [
        ('"papan"', '"khusus_premium_1"', '< @"2027-01-01"', "16100", '"hari"'),
        ('"papan"', '"khusus_premium_1"', '>= @"2027-01-01"', "17000", '"hari"'),
    ]


def test_columns_and_test_rows_are_made_by_drop_downs(any_page: Page, server: Served, store: Store, draft: str, axe: Any) -> None:
    page = any_page
    open_table(page, server, "faktor_ruang", "id")
    page.get_by_role("button", name="+ Syarat").click()
    page.locator(".dt-panel [name=asks]").select_option("application.jenis_reklame")
    page.locator('[data-row="0"][data-col="1"]').click()
    page.locator(".dt-panel [name=kind]").select_option("one of")
    page.locator('.dt-panel [value="kain"]').check()
    page.locator('.dt-panel [value="papan"]').check()
    page.locator('[data-row="1"][data-col="2"]').click()
    page.locator(".dt-panel [name=value]").fill("0,75")
    page.get_by_role("button", name="Tambah baris uji").click()
    row = page.locator("[data-test='0']")
    row.locator('[name="application.lokasi_indoor"]').select_option("true")
    row.locator('[name="application.jenis_reklame"]').select_option("kain")
    row.locator('[name="expect.0"]').fill("0,6")
    expect(row.locator(".dt-verdict")).to_contain_text("baris 1")
    row.locator('[name="expect.0"]').fill("0,5")
    expect(row.locator(".dt-verdict")).to_have_attribute("data-ok", "true")
    page.locator(SAVED).wait_for()
    assert cells(store, "faktor_ruang") == [("true", '"papan", "kain"', "0.5"), ("-", "-", "0.75")]
    with store.reading() as db:
        tests = procedures.read_tests(procedures.draft_file(db, "reklame", "decisions/tax.tests.toml")[0])
    assert [(str(each.expect), each.given["application.jenis_reklame"]) for each in tests] == [("0.5", "kain")]
    axe(page)


def test_the_second_of_two_administrators_is_told_and_loses_nothing(new_page: Any, server: Served, store: Store, draft: str) -> None:
    first, second = new_page(), new_page()
    for page in (first, second):
        open_table(page, server, "faktor_produk")
    for page, amount in ((first, "2"), (second, "3")):
        page.locator('[data-row="0"][data-col="1"]').click()
        page.keyboard.type(amount)
        page.keyboard.press("Enter")
        page.locator(SAVED if page is first else '[data-status="conflict"]').wait_for()
    expect(second.locator(".st-conflict")).to_contain_text("Rina")
    second.get_by_role("button", name="Go on with theirs").click()
    expect(second.locator('[data-row="0"][data-col="1"]')).to_have_text("2")
    second.get_by_role("button", name="Undo").click()
    second.locator(SAVED).wait_for()
    assert cells(store, "faktor_produk")[0][1] == "3"


def test_a_closed_laptop_loses_nothing_of_a_table(new_page: Any, server: Served, store: Store, draft: str) -> None:
    page = new_page()
    open_table(page, server, "faktor_produk")
    page.context.set_offline(True)
    page.locator('[data-row="0"][data-col="1"]').click()
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    page.locator('[data-status="offline"]').wait_for()
    page.context.set_offline(False)
    page.once("dialog", lambda asks: asks.accept())  # "leave the page?"
    page.reload()
    expect(page.locator('[data-row="0"][data-col="1"]')).to_have_text("4")
    page.locator(SAVED).wait_for()
    assert cells(store, "faktor_produk")[0][1] == "4"


def test_the_page_of_a_table_is_light(new_page: Any, server: Served, store: Store, draft: str) -> None:
    page = new_page()
    open_table(page, server, "faktor_tinggi")
    own = page.evaluate(
        """() => performance.getEntriesByType('resource').filter(one => /\\.(js|css)$/.test(one.name))
        .reduce((sum, one) => sum + one.encodedBodySize, 0)"""
    )
    assert 0 < own <= MOST

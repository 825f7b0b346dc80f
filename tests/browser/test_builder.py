"""The form builder in a real browser: every state usable by everybody, without a mouse, by two at once, with the line cut."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from engine import procedures
from tests.admin.studio.hand import Builder, expect
from tests.browser.offices import WORDS, Office, small
from tests.browser.test_weight import weight

pytestmark = pytest.mark.browser
MOST = 60_000
FILE = "forms/application.json"


def drawn(builder: Builder) -> None:
    """The server has drawn every question."""
    expect(builder.page.locator(".fb-item__drawn:empty")).to_have_count(0)


def test_the_first_load_of_the_builder_is_light(browser: Any, office: Office, at_work: Callable[..., Builder]) -> None:
    builder = at_work(office.draft(small()))
    drawn(builder)
    state, path = builder.page.context.storage_state(), builder.page.url.removeprefix(office.url)
    found = weight(browser, office.url, path, state, heads=False)
    lines = "\n".join(f"{size:>8} {name}" for name, size in found.items())
    assert sum("main" in name for name in found) == 2, lines
    assert sum(found.values()) <= MOST, f"{sum(found.values())} bytes:\n{lines}"


@contextmanager
def two(office: Office, at_work: Callable[..., Builder], key: str) -> Iterator[tuple[Builder, Builder]]:
    """Two administrators who have read the same state; the first has changed it since."""
    first, second = at_work(key), at_work(key, "budi")
    first.choose(0)
    first.write("label.id", "Jenis papan")
    first.saved()
    yield first, second


@pytest.mark.parametrize(("width", "lang"), [(360, "id"), (1280, "en")])
def test_every_state_of_the_builder_is_usable_by_everybody(
    office: Office, at_work: Callable[..., Builder], axe: Any, width: int, lang: str
) -> None:
    key = office.draft(small(), other={**small(), "key": "other", "pages": [{"key": "p", "title": WORDS, "fields": []}]})
    empty = at_work(key, form="other", width=width, lang=lang)
    expect(empty.page.locator(".fb-empty")).to_be_visible()
    axe(empty.page)
    one = at_work(key, page=empty.page)
    drawn(one)
    axe(one.page)
    one.show("add")
    axe(one.page)
    for item in (0, 1):
        one.choose(item)
        expect(one.panel).to_be_visible()
        expect(one.page.locator(".fb-canvas")).to_be_visible(visible=width > 360)
        one.unfold()
        if item:
            one.panel.locator('[data-prop="show_when"] .fb-condition > .fb-add').click()
        axe(one.page)
    one.write("label.en", "")
    one.page.locator(".fb-problems summary").click()
    one.show("page")
    expect(one.page.locator(".fb-item__wrong")).to_be_visible()
    axe(one.page)
    one.page.locator("[data-view=texts]").click()
    expect(one.page.locator(".fb-texts .fb-missing")).to_have_count(2)  # the question, and its noun that follows it
    axe(one.page)
    one.page.locator("[data-do=gaps]").click()
    expect(one.page.locator(".fb-texts tbody tr")).to_have_count(2)
    one.page.locator(".fb-texts .fb-missing textarea").first.press_sequentially("He")
    expect(one.page.locator(".fb-texts tbody tr")).to_have_count(2)  # what is being written stays in sight
    expect(one.page.locator(".fb-texts .fb-missing")).to_have_count(1)
    one.page.locator(".fb-texts .fb-missing textarea").press_sequentially("he")
    one.page.locator("[data-view=texts]").click()
    one.turn(1)
    one.choose(0)
    one.panel.locator(".fb-inner .fb-link").first.click()
    axe(one.page)
    one.write("label.id", "Isi kotak")
    one.saved()
    other = at_work(key, "budi")
    other.choose(1)
    other.write("label.en", "Height")
    other.saved()
    one.write("label.en", "Content")
    expect(one.page.locator(".fb-conflict")).to_be_visible()
    axe(one.page)
    other.turn(1)
    other.page.locator("[data-try]").click()
    expect(other.page.frame_locator("iframe").locator("h1")).to_contain_text("Dua")
    axe(other.page)


def test_a_small_form_is_made_without_a_mouse(office: Office, at_work: Callable[..., Builder]) -> None:
    key = office.draft({**small(), "pages": [{"key": "one", "title": WORDS, "fields": []}]})
    page = at_work(key).page
    press, text = page.keyboard.press, page.keyboard.insert_text
    here = "document.activeElement"

    def reach(what: str, most: int = 90, back: bool = False) -> None:
        for _ in range(most):
            press("Shift+Tab" if back else "Tab")
            assert page.evaluate(f"{here}.checkVisibility() && {here}.getClientRects().length > 0"), page.evaluate(f"{here}.outerHTML")
            if page.evaluate(f"{here}.matches({json.dumps(what)})"):
                return
        raise AssertionError(f"Tab never comes to {what}")

    def stands(what: str) -> None:
        expect(page.locator(f"{what}:focus")).to_have_count(1)

    reach('[data-kind="choice"]')
    press("Enter")
    stands('[name="label.id"]')
    text("Bentuk kios")
    press("Tab")
    text("Shape")
    reach('[name="choices.0.label.id"]')
    for number, (one, other) in enumerate([("Kotak", "Square"), ("Bulat", "Round"), ("Panjang", "Long")]):
        if number == 2:
            press("Enter")
        elif number == 1:
            reach('[name="choices.1.label.id"]')
        stands(f'[name="choices.{number}.label.id"]')
        press("Control+a")
        text(one)
        press("Tab")
        text(other)
    reach('[data-kind="number"]', most=200, back=True)
    press("Space")
    stands('[name="label.id"]')
    text("Luas")
    press("Tab")
    text("Area")
    reach('[data-prop="show_when"] .fb-condition > .fb-add')
    press("Enter")
    stands(".fb-row__field")
    press("ArrowDown")
    expect(page.locator(".fb-row__operator")).to_be_visible()
    reach(".fb-row__operator")
    reach(".fb-row__value")
    press("ArrowDown")
    press("ArrowDown")
    expect(page.locator('[data-prop="show_when"] .fb-feel')).to_have_value('application.bentuk_kios = "bulat"')
    reach('[data-focus="up.1"]', most=200, back=True)
    press("Enter")
    stands('[data-focus="up.0"]')
    press("Enter")
    stands('[data-focus="up.0"]')
    Builder(page).saved()
    assert office.keys(key) == ["luas", "bentuk_kios"]
    press("Tab")
    press("Enter")
    stands('[data-focus="down.1"]')
    Builder(page).saved()
    (choice, area) = office.form(key)["pages"][0]["fields"]
    assert [one["value"] for one in choice["choices"]] == ["kotak", "bulat", "panjang"]
    assert (area["show_when"], area["noun"]) == ('application.bentuk_kios = "bulat"', {"id": "luas", "en": "area"})
    reach('[aria-label="Keluarkan Luas"]')
    press("Enter")
    stands('[data-focus="choose.0"]')
    expect(page.locator("[role=status]")).to_contain_text("dikeluarkan")
    press("Control+z")
    expect(page.locator(".fb-items > .fb-item")).to_have_count(2)


def test_of_two_administrators_the_second_is_told_and_nobody_s_work_is_lost(office: Office, at_work: Callable[..., Builder]) -> None:
    key = office.draft(small())
    with two(office, at_work, key) as (first, second):
        second.choose(1)
        second.write("label.id", "Tinggi tiang")
        told = second.page.locator(".fb-conflict")
        expect(told).to_contain_text("Rina")
        assert office.form(key)["pages"][0]["fields"][0]["label"]["id"] == "Jenis papan"
        told.locator("[data-do=look]").click()
        expect(told.locator("pre")).to_contain_text("Jenis papan")
        with second.page.expect_download() as mine:
            told.locator("[data-do=keep]").click()
        assert "Tinggi tiang" in mine.value.path().read_text()
        told.locator("[data-do=theirs]").click()
        expect(told).to_have_count(0)
        expect(second.page.locator(".fb-item").first).to_contain_text("Jenis papan")
        second.page.locator("[data-do=undo]").click()
        second.saved()
        assert office.form(key)["pages"][0]["fields"][1]["label"]["id"] == "Tinggi tiang", "mine was one step of undo away"
        first.write("label.id", "Jenis kios")
        expect(first.page.locator(".fb-conflict")).to_contain_text("Budi")
        first.page.locator("[data-do=mine]").click()
        first.saved()
        assert office.form(key)["pages"][0]["fields"][0]["label"]["id"] == "Jenis kios"
    with office.store.reading() as db:
        states = [procedures.draft_file(db, key, FILE, rev=each.rev)[0] for each in procedures.draft_history(db, key, FILE)]
    assert any(b"Tinggi tiang" in one for one in states), "every state that was saved stays"


def test_a_cut_connection_and_a_reload_lose_nothing(office: Office, at_work: Callable[..., Builder]) -> None:
    key = office.draft(small())
    one = at_work(key)
    one.choose(0)
    one.page.context.set_offline(True)
    one.write("label.id", "Jenis kios")
    expect(one.page.locator('.fb-saved[data-status="offline"]')).to_be_visible()
    one.page.context.set_offline(False)
    one.page.once("dialog", lambda asks: asks.accept())  # "leave the page?"
    one.page.reload()
    expect(one.page.locator("[role=status]")).to_contain_text("kembali")
    one.saved()
    assert office.form(key)["pages"][0]["fields"][0]["label"]["id"] == "Jenis kios"
    one.choose(0)
    one.page.context.set_offline(True)
    one.write("label.id", "Jenis warung")
    expect(one.page.locator('.fb-saved[data-status="offline"]')).to_be_visible()
    with office.store.unit() as db:
        form = {**small(), "title": {"id": "Lain", "en": "Other"}}
        procedures.write_draft(db, key, {FILE: json.dumps(form).encode()}, by=office.budi.id, at=datetime.now(UTC))
    one.page.context.set_offline(False)
    one.page.once("dialog", lambda asks: asks.accept())
    one.page.reload()
    expect(one.page.locator(".fb-conflict")).to_be_visible()
    one.page.locator("[data-do=mine]").click()
    one.saved()
    assert office.form(key)["pages"][0]["fields"][0]["label"]["id"] == "Jenis warung"


def test_questions_are_moved_copied_and_had_back_and_a_problem_leads_to_its_place(office: Office, at_work: Callable[..., Builder]) -> None:
    key = office.draft(small(), other={**small(), "key": "other", "pages": [{"key": "p", "title": WORDS, "fields": []}]})
    one = at_work(key)
    drawn(one)
    one.drag(one.page.locator('[data-key="nama"] .fb-item__drawn'), one.page.locator('[data-key="jenis"]'))
    one.saved()
    assert office.keys(key) == ["nama", "jenis", "tinggi"]
    one.choose(0)
    one.panel.locator("[data-do=to-page]").select_option("1")
    one.comes("1.2")
    one.saved()
    assert (office.keys(key), office.keys(key, 1)) == (["jenis", "tinggi"], ["barang", "kuasa", "nama"])
    one.page.locator("[data-do=undo]").click()
    one.saved()
    assert office.keys(key) == ["nama", "jenis", "tinggi"]
    one.page.locator("[data-do=redo]").click()
    one.saved()
    assert office.keys(key, 1) == ["barang", "kuasa", "nama"]
    one.turn(1)
    one.choose(0)
    one.panel.locator("[data-do=copy]").click()
    other = at_work(key, form="other", page=one.page)
    for count in (1, 2):
        other.page.locator(".fb-kind--paste").click()
        other.comes(f"0.{count - 1}", "label.id")
    other.saved()
    first, second = office.form(key, "other")["pages"][0]["fields"]
    assert first == small()["pages"][1]["fields"][0]
    assert (second["key"], second["fields"]) == ("barang_2", first["fields"])
    other.turn(0)
    other.choose(1)
    other.panel.locator(".fb-inner .fb-link").nth(1).click()
    other.panel.locator("[data-do=copy]").click()
    other.panel.locator("button.fb-link").first.click()
    other.panel.locator("[data-do=paste]").click()
    other.comes("0.1.2", "label.id")
    other.saved()
    assert [one["key"] for one in office.form(key, "other")["pages"][0]["fields"][1]["fields"]] == ["isi", "jumlah", "jumlah_2"]
    other.panel.locator("button.fb-link").first.click()
    other.panel.locator(".fb-inner .fb-link").nth(1).click()
    other.write("label.en", "")
    other.turn(0)
    other.page.locator(".fb-problems summary").click()
    other.page.locator(".fb-problems li button").first.click()
    other.comes("0.1.1", "label.id")
    expect(other.panel.locator(".fb-wrong")).not_to_have_count(0)

"""The public pages in a real browser: usable on a phone and a desk's screen, with and without script (WCAG 2.2 AA)."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import procedures
from engine.store import Keyring, Store
from tests.fixtures.databases import KEY

pytestmark = pytest.mark.browser

WORKFLOWS = Path(__file__).parents[2] / "workflows"
PAGES = [
    "/",
    "/permits/reklame",
    "/permits/reklame/estimate",
    "/track",
    "/v",
    "/v/0000-0000-0000-0000",
    "/sign-in",
    "/sign-up",
    "/privacy",
    "/nothing-here",
]


@pytest.fixture(scope="module", autouse=True)
def published(server) -> None:
    """The reklame permit, published in the running office."""
    from datetime import UTC, datetime

    store = Store(server.database, Keyring.read(KEY))
    with store.unit() as db:
        procedures.publish(db, procedures.read_folder(WORKFLOWS / "reklame"), by="seed", at=datetime(2026, 6, 2, 2, 0, tzinfo=UTC))
    store.close()


@pytest.mark.parametrize(("path", "lang"), [*((path, "id") for path in PAGES), ("/", "en"), ("/permits/reklame", "en")])
def test_a_page_is_usable_by_everybody(any_page, axe, server, path: str, lang: str) -> None:
    any_page.goto(f"{server.url}{path}?lang={lang}")
    assert any_page.locator("html").get_attribute("lang") == lang
    axe(any_page)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_usable_without_script(bare_page, axe, server, path: str) -> None:
    bare_page.goto(server.url + path)
    axe(bare_page)


def test_questions_follow_the_answers(new_page, axe, server) -> None:
    page = new_page(width=360)
    page.goto(f"{server.url}/permits/reklame/estimate?lang=id")
    width = page.locator("[name=panjang_m]")
    agency = page.locator("[name=nilai_kontrak]")
    page.wait_for_selector("[data-question=panjang_m]", state="hidden")
    page.check("[name=jenis_reklame][value=kain]")
    width.wait_for(state="visible")
    page.check("[name=penyelenggara][value=biro]")
    agency.wait_for(state="visible")
    page.check("[name=penyelenggara][value=sendiri]")
    agency.wait_for(state="hidden")
    assert agency.is_disabled()
    axe(page)


def test_without_script_every_question_is_there_and_the_server_sorts_them_out(bare_page, server) -> None:
    page = bare_page
    page.goto(f"{server.url}/permits/reklame/estimate?lang=id")
    page.check("[name=jenis_reklame][value=kain]")
    page.check("[name=produk][value=umum]")
    page.check("[name=pembebasan][value=tidak_ada]")
    page.check("[name=lokasi_indoor][value=no]")
    page.fill("[name=panjang_m]", "4")
    page.fill("[name=lebar_m]", "1,5")
    page.fill("[name=ketinggian_m]", "7")  # asked only for boards
    page.locator("[name='titik_pasang.0.kelas_jalan']").select_option(index=1)
    page.fill("[name='titik_pasang.0.jumlah_unit']", "2")
    for name, day in (("tgl_mulai", "1"), ("tgl_selesai", "14")):
        page.fill(f"[name='{name}.day']", day)
        page.fill(f"[name='{name}.month']", "7")
        page.fill(f"[name='{name}.year']", "2026")
    page.check("[name=penyelenggara][value=sendiri]")
    page.get_by_role("button", name="Hitung", exact=True).click()
    assert "tidak perlu diisi" in page.locator(".govuk-error-summary").inner_text()
    page.get_by_role("button", name="Hitung", exact=True).click()
    assert page.locator("#result").inner_text().startswith("Perkiraan Anda")


def test_a_mistake_is_in_focus_and_leads_to_its_box(new_page, axe, server) -> None:
    page = new_page(width=360)
    page.goto(f"{server.url}/sign-up?lang=id")
    page.get_by_role("button", name="Buat akun").click()
    summary = page.locator(".govuk-error-summary")
    summary.wait_for()
    assert page.evaluate("document.activeElement.className").startswith("govuk-error-summary")
    page.get_by_role("link", name="Isi nama lengkap Anda.").click()
    assert page.evaluate("document.activeElement.id") == "name"
    axe(page)


def test_one_comes_through_the_pages_by_keyboard_alone(page, server) -> None:
    page.goto(f"{server.url}/?lang=id")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "govuk-skip-link"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main-content")
    page.get_by_role("link", name="Izin Penyelenggaraan Reklame").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/permits/reklame")


def test_an_account_is_made_used_and_left(new_page, axe, server) -> None:
    page = new_page(width=360)
    page.goto(f"{server.url}/sign-up?lang=id")
    page.fill("[name=name]", "Wayan Sudarma")
    page.fill("[name=phone]", "0812 7777 8888")
    page.fill("[name=password]", "burung camar terbang")
    page.check("[name=consent]")
    page.get_by_role("button", name="Buat akun").click()
    page.get_by_text("Akun Anda sudah siap.").wait_for()
    axe(page)
    page.goto(f"{server.url}/account")
    axe(page)
    page.get_by_role("button", name="Keluar").click()
    page.get_by_text("Anda sudah keluar.").wait_for()
    page.goto(f"{server.url}/account")
    assert "/sign-in?next=" in page.url

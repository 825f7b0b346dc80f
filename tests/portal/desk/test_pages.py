"""A journey through the desk in a real browser: on a phone and on a desk's screen, with axe, and without script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from loket.hands import open_hands
from loket.settings import read_settings
from tests.fixtures.browser import Served
from tests.fixtures.databases import KEY, SECRET
from tests.portal.conftest import PASSWORD
from tests.portal.desk.conftest import Bureau

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def work(server: Served) -> Iterator[Bureau]:
    """A running office with work at several desks."""
    settings = read_settings({}, home=str(server.home), database=server.database, key=KEY, secret=SECRET, log="quiet")
    hands = open_hands(settings, lambda: datetime.now(UTC))
    made = Bureau(hands.store, hands.office, lambda: datetime.now(UTC))
    made.furnish()
    yield made
    hands.store.close()


def sign_in(page, server: Served, who: str) -> None:
    page.goto(f"{server.url}/sign-in")
    page.fill("#login", f"{who}@example.org")
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit], main button:not([type])")
    page.wait_for_url(f"{server.url}/desk")


def test_an_officer_takes_reads_and_returns_an_application(server: Served, work: Bureau, any_page, axe: Callable) -> None:
    case = work.apply()
    page = any_page
    sign_in(page, server, "budi")
    axe(page)
    page.get_by_role("button", name="Ambil tugas berikutnya").click()
    page.wait_for_url(f"{server.url}/desk/tasks/*")
    axe(page)
    page.get_by_label("Perlu perbaikan").check()
    page.get_by_label("KTP", exact=False).first.check()
    axe(page)
    page.get_by_role("button", name="Selesaikan langkah ini").click()
    assert page.locator(".govuk-error-summary").is_visible()
    assert page.title().startswith("Kesalahan: ")
    axe(page)
    page.locator("textarea:visible").first.fill("Tulisan pada KTP tidak terbaca.")
    page.get_by_role("button", name="Selesaikan langkah ini").click()
    page.wait_for_url(f"{server.url}/desk?sent=*")
    assert "dikembalikan kepada pemohon" in page.locator(".govuk-notification-banner--success").inner_text()
    page.get_by_role("link", name="Lihat berkasnya").click()
    page.wait_for_url(f"{server.url}/desk/cases/{case}")
    assert page.locator("#bpmn-revise.is-now").count() == 1
    axe(page)
    page.goto(f"{server.url}/desk/search")
    axe(page)


def test_everything_works_on_a_phone_without_script(server: Served, work: Bureau, bare_page, axe: Callable) -> None:
    case = work.apply(name="Joko Susilo", login="081298765432")
    sign_in(bare_page, server, "budi")
    bare_page.goto(f"{server.url}/desk/tasks/{work.task(case, 'verify')}")
    bare_page.get_by_label("Lengkap dan benar").check()
    axe(bare_page)
    bare_page.get_by_role("button", name="Selesaikan langkah ini").click()
    bare_page.wait_for_url(f"{server.url}/desk?sent=*")
    assert sorted(work.steps(case)) == ["road_check", "survey"]


def test_what_no_step_foresees_is_done_on_pages_for_everybody(server: Served, work: Bureau, any_page, axe: Callable) -> None:
    case, page = work.apply(name="Wulan Sari", login="081298765433"), any_page
    sign_in(page, server, "rudi")
    page.goto(f"{server.url}/desk/cases/{case}")
    axe(page)
    for deed in ("send-back", "stop", "suspend"):
        page.goto(f"{server.url}/desk/cases/{case}/{deed}")
        axe(page)
        page.click("#confirm")
        assert page.locator(".govuk-error-summary").is_visible()
        axe(page)
    page.fill("#reason", "Kantor tutup karena banjir.")
    page.fill("#until", (datetime.now(UTC) + timedelta(days=9)).date().isoformat())
    page.click("#confirm")
    page.wait_for_url(f"{server.url}/desk/cases/{case}")
    assert page.get_by_text("Kantor tutup karena banjir.").first.is_visible()
    axe(page)
    page.goto(f"{server.url}/desk/cases/{case}/resume")
    axe(page)
    page.click("#confirm")
    page.goto(f"{server.url}/desk/cases/{case}/stop")
    page.fill("#reason", "Keliru diajukan.")
    page.click("#confirm")
    page.goto(f"{server.url}/desk/cases/{case}/reopen")
    axe(page)

"""Without a connection: a page that says so in both languages, nothing personal on the device, and a form that can be sent again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.test_kept import until
from tests.browser.test_mishaps import start
from tests.fixtures.browser import Served
from tests.fixtures.hand import BANNER, Hand

pytestmark = pytest.mark.browser
READY = "() => navigator.serviceWorker.ready.then(() => true)"
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url));
  return found.map((one) => one.pathname + one.search);
}"""


@pytest.fixture
def rani(office_served: Served, new_page: Callable[..., Any], axe: Callable[[Any], None]) -> Hand:
    """An applicant whose browser thinks it is online whatever happens, as phones do."""
    page = new_page(width=360, worker=True)
    page.add_init_script("Object.defineProperty(navigator, 'onLine', { get: () => true })")
    made = Hand(page, office_served.url, axe)
    made.open("/")
    assert page.evaluate(READY)
    return made


def test_a_page_that_cannot_be_fetched_says_so_and_nothing_personal_is_kept(rani: Hand) -> None:
    rani.sign_up("Rani Puspita", "0813 7777 0001")
    rani.open("/applications")
    rani.page.context.set_offline(True)
    rani.open("/applications")
    assert rani.heading == "Tidak ada sambungan"
    assert "There is no connection" in rani.text
    assert "Rani" not in rani.page.content()
    rani.look()
    assert rani.page.evaluate("getComputedStyle(document.querySelector('.govuk-button')).backgroundColor") != "rgba(0, 0, 0, 0)", "no style"
    rani.page.context.set_offline(False)
    rani.press("Coba lagi")
    rani.page.wait_for_load_state()
    assert rani.heading == "Permohonan saya"
    kept = rani.page.evaluate(KEPT)
    assert {"/offline", "/offline?unsent"} <= set(kept)
    assert all(path.startswith("/assets/") for path in kept if not path.startswith("/offline")), kept


def test_what_could_not_be_sent_is_sent_again_or_comes_back(rani: Hand) -> None:
    rani.sign_up("Rani Puspita", "0813 7777 0002")
    rani.begin()
    rani.fill(BANNER, start=start(), days=14, until="pemohon")
    rani.arrive("pemohon")
    rani.answer("pemohon", BANNER, start(), 14)
    rani.page.context.set_offline(True)
    rani.go()
    rani.page.get_by_role("heading", name="Belum terkirim").wait_for()
    rani.look()
    rani.press("Kirim lagi")
    rani.page.wait_for_load_state()
    assert "Belum terkirim" in rani.heading
    rani.page.context.set_offline(False)
    rani.press("Kembali ke isian")
    rani.page.wait_for_selector("main form [role=status]")
    assert rani.page.locator("[name=alamat]").input_value() == "Jalan Melati 4, RT 001 RW 002"
    assert rani.page.locator("[name=nik]").input_value() == ""
    rani.answer("pemohon", BANNER, start(), 14)
    rani.page.context.set_offline(True)
    rani.go()
    rani.page.get_by_role("heading", name="Belum terkirim").wait_for()
    rani.page.context.set_offline(False)
    assert until(rani, bool), "what did not arrive is kept"
    rani.press("Kirim lagi")
    rani.arrive("dokumen")
    assert until(rani, lambda store: not store) == {}, "what arrived is not"

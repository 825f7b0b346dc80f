"""What the browser keeps of a page that was not sent: the text, never what is secret, and nothing on a shared device or after the end."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from tests.browser.test_mishaps import start
from tests.fixtures.hand import BANNER, Hand

pytestmark = pytest.mark.browser
PHONES = count(2000)
NIK = "3275011508850002"
ADDRESS = "Jalan Melati 4, RT 001 RW 002"
KEPT = """() => new Promise((done) => {
  const ask = indexedDB.open('keyval-store');
  ask.onupgradeneeded = () => ask.transaction.abort();
  ask.onerror = () => done({});
  ask.onsuccess = () => {
    const all = ask.result.transaction('keyval').objectStore('keyval');
    const names = all.getAllKeys(); const values = all.getAll();
    values.onsuccess = () => {
      ask.result.close();
      done(Object.fromEntries(names.result.map((name, at) => [name, JSON.stringify(values.result[at])])));
    };
  };
})"""


@pytest.fixture
def siti(hand: Callable[..., Hand]) -> Hand:
    """An applicant in front of the page that asks who she is."""
    made = hand(width=360, look=False)
    made.phone = f"0813 5555 {next(PHONES)}"
    made.sign_up("Siti Rahma", made.phone)
    made.begin()
    made.fill(BANNER, start=start(), days=14, until="pemohon")
    made.arrive("pemohon")
    return made


def kept(one: Hand) -> dict[str, str]:
    """What the store of the browser holds, by key."""
    return dict(one.page.evaluate(KEPT))


def until(one: Hand, wanted: Callable[[dict[str, str]], bool]) -> dict[str, str]:
    """The store as soon as it is as wanted; the last look when it never is."""
    for _ in range(200):
        found = kept(one)
        if wanted(found):
            return found
        one.page.wait_for_timeout(100)
    return kept(one)


def typed(one: Hand) -> None:
    one.type(nik=NIK, nama="Siti Rahma binti Amin", alamat=ADDRESS)


def test_unsent_text_comes_back_without_the_identity_number_and_goes_when_it_is_sent_or_the_visit_ends(siti: Hand) -> None:
    typed(siti)
    found = until(siti, lambda store: ADDRESS in "".join(store.values()))
    assert [key.rpartition("/")[2] for key in found] == ["pemohon"]
    assert NIK not in "".join(found.values())
    assert "csrf" not in "".join(found.values())
    siti.page.reload()
    siti.page.wait_for_selector("main form [role=status]")
    assert siti.page.locator("[name=alamat]").input_value() == ADDRESS
    assert siti.page.locator("[name=nama]").input_value() == "Siti Rahma binti Amin"
    assert siti.page.locator("[name=nik]").input_value() == ""
    siti.answer("pemohon", BANNER, start(), 14)
    siti.go()
    siti.arrive("dokumen")
    assert until(siti, lambda store: not store) == {}
    siti.page.go_back()
    siti.type(alamat="Jalan Mawar 9")
    assert until(siti, bool)
    siti.press("Keluar")
    siti.page.wait_for_url(siti.url + "/")
    assert until(siti, lambda store: not store) == {}


def test_sending_the_application_takes_what_other_pages_of_it_had_kept(siti: Hand) -> None:
    for page in ("pemohon", "dokumen", "pernyataan"):
        siti.arrive(page)
        siti.answer(page, BANNER, start(), 14)
        siti.go_on()
    siti.page.wait_for_url("**/check-answers")
    end = siti.page.url
    siti.open(end.removeprefix(siti.url).replace("check-answers", "pages/lahan"))
    siti.tick(status_lahan="milik_sendiri")
    siti.page.locator("[name=status_lahan]").first.dispatch_event("input")
    assert until(siti, bool)
    siti.page.goto(end)
    siti.go()
    siti.page.wait_for_url("**/receipt*")
    assert until(siti, lambda store: not store) == {}


def test_on_a_shared_device_nothing_is_kept(siti: Hand) -> None:
    typed(siti)
    assert until(siti, bool)
    siti.page.locator(".loket-shared summary").click()
    siti.press("Jangan simpan apa pun di peramban ini")
    siti.page.wait_for_load_state()
    assert "perangkat bersama" in siti.text
    assert siti.page.locator("[name=alamat]").input_value() == ADDRESS, "the server has kept the page itself"
    assert until(siti, lambda store: not store) == {}
    siti.type(alamat="Jalan Kenanga 1")
    siti.page.wait_for_timeout(900)
    assert kept(siti) == {}
    siti.page.reload()
    assert siti.page.locator("[name=alamat]").input_value() == ADDRESS
    session = next(each for each in siti.page.context.cookies() if each["name"].endswith("loket"))
    assert session["expires"] == -1, "the session ends with the browser"


def test_without_a_connection_the_page_stays_says_so_and_is_sent_with_one_press(siti: Hand) -> None:
    siti.answer("pemohon", BANNER, start(), 14)
    siti.page.context.set_offline(True)
    siti.go()
    said: Any = siti.page.get_by_role("alert")
    assert "Tidak ada sambungan" in said.inner_text()
    assert siti.page.locator("[name=nik]").input_value() == NIK
    siti.press("Coba kirim lagi")
    assert said.count() == 1
    siti.page.context.set_offline(False)
    siti.press("Coba kirim lagi")
    siti.arrive("dokumen")

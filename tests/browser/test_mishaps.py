"""What happens to people: two clicks, the back button, two tabs, a session that ends, a file that is none.

Each ends in a sentence, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from tests.fixtures.hand import BANNER, Hand

pytestmark = pytest.mark.browser
PHONES = count(1000)


def start() -> Any:
    return datetime.now(UTC).date() + timedelta(days=20)


@pytest.fixture
def joko(hand: Callable[..., Hand]) -> Callable[..., Hand]:
    """`joko(until="dokumen")`: an applicant in a draft, as far as the page named."""

    def go(*, until: str = "", script: bool = True) -> Hand:
        made = hand(width=360, script=script, look=False)
        made.phone = f"0813 4444 {next(PHONES)}"
        made.sign_up("Joko Susilo", made.phone)
        made.begin()
        made.fill(BANNER, start=start(), days=14, until=until)
        return made

    return go


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_two_clicks_send_once_and_back_does_not_send_again(joko: Callable[..., Hand], script: bool) -> None:
    one = joko(script=script)
    one.on("Periksa jawaban Anda")
    button = one.page.locator("main form .loket-actions button")
    button.dblclick(no_wait_after=True)
    # Not `wait_for_function`: its text is evaluated in the page, which the page's own policy refuses.
    one.page.locator("h1", has_text="Periksa jawaban").wait_for(state="detached")
    one.page.wait_for_load_state()
    assert "terkirim" in one.heading or "sudah" in one.text
    one.open("/applications")
    assert one.page.locator(".loket-case").count() == 1
    assert one.page.locator(".loket-case__number").count() == 1


def test_back_after_sending_leads_to_a_sentence(joko: Callable[..., Hand]) -> None:
    one = joko()
    one.go()
    one.page.wait_for_url("**/receipt*")
    one.page.go_back()
    one.page.wait_for_load_state()
    if one.page.locator("main form .loket-actions button").count():
        one.go()
        one.page.wait_for_load_state()
    assert "sudah" in one.text.lower()
    one.open("/applications")
    assert one.page.locator(".loket-case").count() == 1


def test_two_tabs_with_one_draft_both_keep_what_they_save(joko: Callable[..., Hand]) -> None:
    one = joko(until="masa_tayang")
    other = one.page.context.new_page()
    second = Hand(other, one.url)
    second.page.goto(one.page.url.replace("masa_tayang", "penyelenggara"))
    second.answer("penyelenggara", BANNER, start(), 14)
    one.answer("masa_tayang", BANNER, start(), 14)
    second.go()
    other.wait_for_url("**/pages/*")
    one.go()
    one.page.wait_for_url("**/pages/penyelenggara")
    assert one.page.locator("[name=npwpd]").input_value() == "P.2.0054321.01.02"
    assert one.page.locator("[name=penyelenggara][value=sendiri]").is_checked()


def test_of_two_tabs_the_later_send_is_told_that_it_was_sent(joko: Callable[..., Hand]) -> None:
    one = joko()
    other = one.page.context.new_page()
    second = Hand(other, one.url)
    other.goto(one.page.url)
    one.go()
    one.page.wait_for_url("**/receipt*")
    second.go()
    other.wait_for_load_state()
    assert "sudah" in second.text.lower()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_session_that_ends_on_the_way_loses_nothing_that_was_kept(joko: Callable[..., Hand], script: bool) -> None:
    one = joko(until="penyelenggara", script=script)
    place = one.page.url
    one.answer("penyelenggara", BANNER, start(), 14)
    one.page.context.clear_cookies()
    one.go()
    assert "Silakan masuk" in one.heading
    one.page.locator("main .govuk-button").first.click()
    one.sign_in(one.phone)
    assert one.page.url.partition("?")[0] == place
    assert one.page.locator("[name=npwpd]").input_value() == "P.2.0054321.01.02"
    assert one.page.locator("[name=penyelenggara][value=sendiri]").is_checked()
    one.go()
    one.page.wait_for_url("**/pages/pemohon")
    one.open(place.removeprefix(one.url).replace("penyelenggara", "titik"))
    assert one.page.locator("[name='titik_pasang.0.nama_jalan']").input_value() == "Jalan Ir. H. Juanda"


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [("besar.pdf", b"%PDF-1.7\n" + bytes(20_000_000), "5 MB"), ("catatan.pdf", b"ini hanya teks\n" * 20, "bukan")],
    ids=["20 MB", "text called .pdf"],
)
def test_a_file_that_does_not_fit_is_refused_and_the_other_one_stays(
    joko: Callable[..., Hand], file: str, content: bytes, said: str
) -> None:
    one = joko(until="dokumen")
    one.upload("ktp", "ktp.jpg")
    one.upload("desain", file, content)
    one.go()
    one.page.wait_for_selector(".govuk-error-summary")
    assert any(said in each for each in one.errors), one.errors
    assert "ktp.jpg" in one.text
    one.upload("desain", "desain.pdf")
    one.go()
    one.page.wait_for_url("**/pages/pernyataan")


def test_a_link_opened_in_a_tab_of_its_own_is_that_page(joko: Callable[..., Hand]) -> None:
    one = joko(until="lahan")
    with one.page.context.expect_page() as opened:
        one.page.get_by_role("link", name="Lihat semua bagian").click(modifiers=["Control"])
    opened.value.wait_for_load_state()
    assert "Permohonan Anda" in opened.value.locator("h1").inner_text()
    assert one.page.url.endswith("/pages/lahan")

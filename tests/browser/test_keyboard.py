"""Without a mouse: an application's pages and an officer's task, with Tab, Space, arrows and Enter alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.fixtures.hand import BANNER, Hand

pytestmark = pytest.mark.browser
HERE = "document.activeElement"


def reach(page: Any, **what: str) -> None:
    """Press Tab until the box with this name (and value) has the focus; whatever has it must be seen."""
    wanted = " && ".join(f"{HERE}.{key} === {value!r}" for key, value in what.items())
    for _ in range(150):
        page.keyboard.press("Tab")
        assert page.evaluate(f"{HERE}.getClientRects().length > 0"), page.evaluate(f"{HERE}.outerHTML.slice(0, 200)")
        if page.evaluate(wanted):
            return
    raise AssertionError(f"Tab never comes to {what}")


def choose(page: Any, name: str, value: str) -> None:
    """Into a group of radio buttons, then down to the answer."""
    reach(page, name=name)
    for _ in range(20):
        page.keyboard.press("Space")
        if page.evaluate(f"{HERE}.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{name} has no {value}")


def send(page: Any) -> None:
    """The button forward (not the one that Enter in a box presses)."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"{HERE}.matches('main form .loket-actions button:not([name])')"):
            page.keyboard.press("Enter")
            return
    raise AssertionError("Tab never comes to the button forward")


def test_an_application_page_is_filled_by_keyboard(hand: Callable[..., Hand]) -> None:
    joko = hand(look=False)
    joko.sign_up("Joko Susilo", "0813 3333 1001")
    joko.begin()
    page = joko.page
    choose(page, "jenis_permohonan", "baru")
    choose(page, "kelas", "insidentil")
    send(page)
    page.wait_for_url("**/pages/reklame")
    choose(page, "jenis_reklame", "kain")
    reach(page, name="isi_naskah")
    page.keyboard.type("Pasar malam rakyat")
    choose(page, "produk", "umum")
    choose(page, "pembebasan", "tidak_ada")
    choose(page, "lokasi_indoor", "no")
    reach(page, name="panjang_m")
    page.keyboard.type("5")
    reach(page, name="lebar_m")
    page.keyboard.type("1")
    page.keyboard.press("Enter")  # as the button forward
    page.wait_for_url("**/pages/titik")


def test_a_task_is_done_by_keyboard(hand: Callable[..., Hand]) -> None:
    joko = hand(width=360, script=False, look=False)
    joko.sign_up("Joko Susilo", "0813 3333 1002")
    number = joko.apply(BANNER, start=datetime.now(UTC).date() + timedelta(days=20), days=14)
    budi = hand(look=False)
    budi.sign_in("verifikator@example.org")
    page = budi.page
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"{HERE}.innerText") == number:
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/tasks/*")
    choose(page, "result", "return")
    reach(page, type="checkbox", value="ktp")
    page.keyboard.press("Space")
    reach(page, tagName="TEXTAREA")
    page.keyboard.type("Tulisan pada KTP tidak terbaca.")
    send(page)
    page.wait_for_url("**/desk?sent=*")
    assert "dikembalikan kepada pemohon" in budi.text

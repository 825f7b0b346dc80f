"""A permit from an empty draft to the issued letter, in a browser: drawn, its forms built, its fees in a table, tried, told as a story,
published with its reason, applied for by a citizen, worked by the desks. By mouse; and by keyboard alone, to the same procedure."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pypdf
import pytest
import zxingcpp
from playwright.sync_api import expect

from engine import procedures
from engine.flow import load
from engine.store import Store
from tests.browser.clerk import PICTURES, Clerk, KeyClerk
from tests.browser.drawer import normal
from tests.browser.kiosk_drawn import APPLICATION, ROWS, STEPS, SURVEY, by_keyboard, by_mouse
from tests.browser.test_journey import picture_of
from tests.fixtures.browser import Served, serving, sign_in
from tests.fixtures.databases import KEYS
from tests.fixtures.hand import Hand
from tests.fixtures.visitors import PASSWORD, _person

pytestmark = pytest.mark.browser
ZONE = ZoneInfo("Asia/Jakarta")
NAMES = {"id": "Izin kios", "en": "Kiosk permit"}
FEE = "Rp250.000"
OFFICERS = {"Vera": ("Verifikator", "Bendahara"), "Tono": ("Tim teknis", "Penata ruang"), "Kartika": ("Kepala dinas",)}


@contextmanager
def staffed(served: Served) -> Iterator[Store]:
    """The office: an administrator, and officers who so far sit at the counter only."""
    made, at = Store(served.database, KEYS), datetime.now(UTC)
    _person(made, at, "Rina", "administrator", email="rina@example.org")
    for name in OFFICERS:
        _person(made, at, name, "loket", email=f"{name.lower()}@example.org")
    yield made
    made.close()


@pytest.fixture(scope="module")
def store(server: Served) -> Iterator[Store]:
    with staffed(server) as made:
        yield made


def made_by(sort: type[Clerk], key: str, page: Any, url: str, take: Callable[[Any, str], None], draw: Callable[[Any], None]) -> None:
    """From nothing to published."""
    page.set_default_timeout(25_000)
    sign_in(page, url, "rina@example.org", PASSWORD)
    clerk = sort(page, url, key, NAMES, take)
    clerk.begin()
    clerk.form(APPLICATION, "builder")
    clerk.form(SURVEY)
    clerk.table("retribusi", "Retribusi kios", ROWS)
    clerk.draw(draw)
    clerk.about("retribusi")
    clerk.attempt(STEPS, "Langsung disetujui")
    clerk.publish("Izin baru untuk kios milik daerah.", "Peraturan Daerah 4/2024", datetime.now(ZONE).date().isoformat())


def published(store: Store, key: str) -> procedures.Bundle:
    with store.reading() as db:
        version = procedures.current(db, key)
        assert version is not None
        assert (version.note, version.legal_basis) == ("Izin baru untuk kios milik daerah.", "Peraturan Daerah 4/2024")
        return procedures.bundle_of(db, version.id)


def test_a_permit_is_made_from_nothing_by_mouse_and_goes_to_the_letter(
    store: Store, new_page: Callable[..., Any], server: Any, axe: Any, picture: Any, tmp_path: Any
) -> None:
    taken: list[str] = []

    def take(page: Any, name: str) -> None:
        taken.append(name)
        picture(page, name)

    page = new_page()
    made_by(Clerk, "kios", page, server.url, take, by_mouse)
    seat(page, take)
    joko = Hand(new_page(width=360), server.url)
    number = applied(joko)
    case = joko.path.partition("/receipt")[0]
    take(joko.page, "citizen")
    work(new_page, server.url, "vera", number, "Periksa berkas", take, result="return")
    corrected(joko)
    work(new_page, server.url, "vera", number, "Periksa berkas", result="complete")
    work(new_page, server.url, "tono", number, "Survei lokasi", hasil="sesuai")
    work(new_page, server.url, "tono", number, "Telaah", result="accept")
    work(new_page, server.url, "kartika", number, "Putuskan permohonan", result="approve")
    paid(joko, case)
    work(new_page, server.url, "vera", number, "Cocokkan pembayaran", received_on="today")
    joko.open(case)
    issued(joko, tmp_path, take)
    assert taken == PICTURES


def test_the_same_by_keyboard_alone_is_the_same_procedure(
    store: Store, database: Any, new_page: Callable[..., Any], server: Served, tmp_path: Path
) -> None:
    """In another office: this one has the desks by now."""
    with serving(database, tmp_path, worker=False) as served, staffed(served) as other:
        made_by(KeyClerk, "kios", new_page(), served.url, nothing, by_keyboard)
        keys = told(published(other, "kios"))
    with store.reading() as db:
        alone = procedures.current(db, "kios") is None
    if alone:  # the test above ran beside this one, in an office of its own
        made_by(Clerk, "kios", new_page(), server.url, nothing, by_mouse)
    assert keys == told(published(store, "kios"))


def nothing(page: Any, name: str) -> None:
    """No picture is taken."""


def told(bundle: procedures.Bundle) -> dict[str, Any]:
    """What a procedure is, but for where things stand on the drawing and the hour in which its story was told."""
    said = {name: re.sub(r"(?m)^start = .*$", "", content.decode()) for name, content in bundle.files.items()}
    return {**said, "process.bpmn": normal(load(bundle.files["process.bpmn"]))}


def seat(page: Any, take: Callable[[Any, str], None]) -> None:
    """The officers at the desks that came with the procedure."""
    page.get_by_role("link", name="Tugaskan petugas").first.click()
    take(page, "desks")
    for name, desks in OFFICERS.items():
        for each in desks:
            page.goto(page.url.partition("/admin")[0] + "/admin/people/")
            page.locator("main").get_by_role("link", name=name).first.click()
            page.get_by_role("button", name="Tugaskan di meja").click()
            page.locator("main [name=desk]").select_option(label=each)
            page.locator("#confirm").click()
            expect(page.locator("main")).to_contain_text(each)


def applied(joko: Hand) -> str:
    """From the catalogue to the number of the application."""
    joko.open("/")
    joko.follow("Izin kios")
    joko.on("Izin kios")
    joko.press("Ajukan sekarang")
    joko.follow("Buat akun")
    joko.sign_up("Joko Susilo", "0812 9876 7001")
    joko.on("Sebelum Anda mulai")
    joko.go()
    joko.page.wait_for_url("**/pages/one")
    joko.type(lokasi="Pasar Baru blok C", luas="9")
    joko.tick(dagangan="makanan")
    joko.go()
    joko.page.wait_for_url("**/receipt*")
    return str(joko.page.locator(".loket-number").first.inner_text())


def work(make: Callable[..., Any], url: str, login: str, number: str, title: str, take: Any = None, **answers: str) -> None:
    """An officer finds the application in the inbox, answers, completes the step."""
    hand = Hand(make(), url)
    hand.open("/sign-in")
    hand.sign_in(f"{login}@example.org")
    hand.on("Kotak masuk")
    hand.page.get_by_role("row", name=number).filter(has_text=title).get_by_role("link", name=number).first.click()
    for name, value in answers.items():
        if value == "today":
            hand.day(name, datetime.now(ZONE).date())
        else:
            hand.tick(**{name: value})
    if answers.get("result") == "return":
        hand.page.get_by_label("Lokasi kios", exact=False).first.check()
        hand.page.locator("textarea:visible").first.fill("Sebut nomor kiosnya.")
    if take:
        take(hand.page, "officer")
    hand.go()
    hand.page.wait_for_url(lambda address: "/desk?sent=" in address or address.endswith("/check"))
    if hand.path.endswith("/check"):
        hand.press("Selesaikan langkah ini")
        hand.page.wait_for_url("**/desk?sent=*")


def corrected(joko: Hand) -> None:
    """The applicant puts right what was marked."""
    joko.open("/applications")
    joko.press("Perbaiki permohonan")
    assert "Sebut nomor kiosnya." in joko.text
    if "/pages/" not in joko.page.url:
        joko.follow("Permohonan izin kios")
    joko.type(lokasi="Pasar Baru blok C nomor 12")
    joko.go()
    joko.on("Periksa jawaban Anda")
    joko.go()
    joko.page.wait_for_url(lambda address: "/steps/" not in address)


def paid(joko: Hand, case: str) -> None:
    """What the table says, for nine square metres."""
    joko.open(case)
    assert FEE in joko.text
    joko.press("Bayar dan kirim bukti")
    joko.upload("proof", "bukti.jpg")
    joko.day("paid_on", datetime.now(ZONE).date())
    joko.go()
    joko.page.wait_for_url(lambda address: "/steps/" not in address)


def issued(joko: Hand, folder: Any, take: Callable[[Any, str], None]) -> None:
    """The letter, with its number and a code that anybody can check."""
    for _ in range(200):
        joko.page.reload()
        if "Unduh (PDF, Indonesia)" in joko.text:
            break
    take(joko.page, "issued")
    with joko.page.expect_download() as download:
        joko.press("Unduh (PDF, Indonesia)")
    pdf = download.value.path().read_bytes()
    words = " ".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())
    assert "Joko Susilo" in words
    assert f"503/0001/KIOS/{datetime.now(ZONE).year}" in words
    codes = [each.text for each in zxingcpp.read_barcodes(picture_of(pdf, folder))]
    assert len(codes) == 1
    joko.open("/v/" + codes[0].rpartition("/v/")[2])
    joko.on("Izin ini berlaku")

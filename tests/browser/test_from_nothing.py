"""A permit from an empty draft to the issued letter, in a browser: drawn, its forms built, its fees in a table, tried, told as a story,
published with its reason, applied for by a citizen, worked by the desks. By mouse; and by keyboard alone, to the same procedure."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
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
from tests.browser.drawer import Keys, Mouse, automatic, chosen, desk, normal, person
from tests.browser.test_journey import picture_of
from tests.fixtures.browser import sign_in
from tests.fixtures.databases import KEYS
from tests.fixtures.hand import Hand
from tests.fixtures.visitors import PASSWORD, _person

pytestmark = pytest.mark.browser
ZONE = ZoneInfo("Asia/Jakarta")
NAMES = {"id": "Izin kios", "en": "Kiosk permit"}
FEE = "Rp250.000"


def said(key: str, kind: str, indonesian: str, english: str, **more: Any) -> dict[str, Any]:
    """A question whose noun follows its label, as the builder makes it."""
    label, noun = {"id": indonesian, "en": english}, {"id": indonesian.lower(), "en": english.lower()}
    return {"key": key, "kind": kind, "label": label, "noun": noun, **more}


def form(key: str, title: dict[str, str], *fields: dict[str, Any]) -> dict[str, Any]:
    return {"format": "loket-form/1", "key": key, "title": title, "pages": [{"key": "one", "title": title, "fields": list(fields)}]}


def choices(*rows: tuple[str, str, str]) -> list[dict[str, Any]]:
    return [{"value": value, "label": {"id": indonesian, "en": english}} for value, indonesian, english in rows]


APPLICATION = form(
    "application",
    {"id": "Permohonan izin kios", "en": "Application for a kiosk"},
    said("lokasi", "text", "Lokasi kios", "Place of the kiosk"),
    said("luas", "number", "Luas kios", "Area of the kiosk", unit={"id": "m²", "en": "m²"}),
    said(
        "dagangan",
        "choice",
        "Yang dijual",
        "What is sold",
        choices=choices(("makanan", "Makanan", "Food"), ("pakaian", "Pakaian", "Clothes")),
    ),
)
SURVEY = form(
    "survei",
    {"id": "Survei lokasi", "en": "Survey of the place"},
    said(
        "hasil",
        "choice",
        "Hasil survei",
        "Result of the survey",
        choices=choices(("sesuai", "Sesuai", "Fits"), ("belum", "Belum sesuai", "Does not fit yet")),
    ),
    said("catatan", "text", "Catatan", "Note", required=False),
)
ROWS = [("<=", "6", "100000"), (">", "6", "250000")]
STEPS = ["Isi permohonan", "Periksa berkas", "Survei lokasi", "Telaah ruang", "Putuskan", "Bayar retribusi", "Cocokkan pembayaran"]
OFFICERS = {"Vera": ("Verifikator", "Bendahara"), "Tono": ("Tim teknis", "Penata ruang"), "Kartika": ("Kepala dinas",)}


def ready(hand: Mouse | Keys, like: str, key: str) -> None:
    """A new form that begins like one that most procedures need."""
    hand.press("new-form")
    hand.pick("new-form.like", like)
    hand.press("new-form-add")
    expect(hand.panel.locator('[name="form"]')).to_have_value(key)


def payment_clock(hand: Mouse | Keys) -> None:
    """While a payment is awaited the promised time stands still."""
    more = hand.panel.locator('details:has([name="clock"]) > summary')
    more.focus()
    hand.page.keyboard.press("Enter")
    hand.pick("clock", "payment")


def until_the_review(hand: Mouse | Keys) -> None:
    hand.begin()
    hand.add("mulai", "person", "Isi permohonan", "isi_permohonan")
    person(hand, "applicant", "application")
    hand.put("name.en", "Fill in the application")
    hand.add("isi_permohonan", "auto", "Terima permohonan", "terima_permohonan")
    automatic(hand, "receive")
    hand.add("terima_permohonan", "person", "Periksa berkas", "periksa_berkas")
    desk(hand, "Verifikator", "Verifier", "verifikator")
    ready(hand, "verify", "verify")
    hand.put("days", "2")
    hand.put("name.en", "Check the papers")
    hand.add("periksa_berkas", "choice", "Berkas lengkap?", "berkas_lengkap")
    hand.add("berkas_lengkap", "auto", "Berkas diterima", "berkas_diterima")
    automatic(hand, "accept")


def survey(hand: Mouse | Keys) -> None:
    desk(hand, "Tim teknis", "Technical team", "tim_teknis")
    hand.pick("form", "survei")
    hand.put("days", "3")


def room(hand: Mouse | Keys) -> None:
    desk(hand, "Penata ruang", "Spatial planners", "penata_ruang")
    ready(hand, "review", "review")
    hand.put("days", "3")


def decision(hand: Mouse | Keys) -> None:
    hand.pick("desk", "kepala_dinas")
    ready(hand, "decide", "decide")
    hand.put("days", "1")
    hand.tick("not_same_as.periksa_berkas")
    hand.put("name.en", "Decide")
    hand.add("putuskan", "choice", "Disetujui?", "disetujui")


def fee_and_permit(hand: Mouse | Keys) -> None:
    hand.add("disetujui", "table", "Hitung retribusi", "hitung_retribusi")
    hand.pick("decision", "retribusi")
    hand.add("hitung_retribusi", "auto", "Tetapkan retribusi", "tetapkan_retribusi")
    automatic(hand, "charge", amount="= retribusi")
    hand.add("tetapkan_retribusi", "person", "Bayar retribusi", "bayar_retribusi")
    hand.pick("desk", "applicant")
    ready(hand, "payment", "payment")
    payment_clock(hand)
    hand.add("bayar_retribusi", "person", "Cocokkan pembayaran", "cocokkan_pembayaran")
    desk(hand, "Bendahara", "Treasurer", "bendahara")
    ready(hand, "confirm", "confirm")
    hand.put("days", "1")
    payment_clock(hand)
    hand.add("cocokkan_pembayaran", "auto", "Retribusi lunas", "retribusi_lunas")
    automatic(hand, "settle")
    hand.add("retribusi_lunas", "auto", "Beri nomor", "beri_nomor")
    automatic(hand, "number")
    hand.add("beri_nomor", "auto", "Terbitkan izin", "terbitkan_izin")
    automatic(hand, "issue", letter="permit")
    hand.add("terbitkan_izin", "end", "Terbit", "terbit")
    ends(hand, "issued", "Issued", "10")


def ends(hand: Mouse | Keys, means: str, english: str, years: str) -> None:
    """What an end means, and how long the file is kept."""
    hand.put("name.en", english)
    hand.pick("means", means)
    hand.is_chosen(means)
    hand.pick("years", years)


def back_to_the_applicant(hand: Mouse | Keys) -> None:
    person(hand, "applicant", "application")
    hand.tick("revises")


def refusal(hand: Mouse | Keys) -> None:
    automatic(hand, "issue", letter="refusal")
    hand.add("terbitkan_penolakan", "end", "Ditolak", "ditolak")
    ends(hand, "refused", "Refused", "5")
    chosen(hand, "berkas_lengkap", "verify.result", "complete")
    chosen(hand, "disetujui", "decide.result", "approve")


def by_mouse(hand: Mouse) -> None:
    until_the_review(hand)
    hand.add("berkas_diterima", "side", None)
    fork = hand.page.locator(".pd-row--side").first.get_attribute("data-id") or ""
    hand.add(fork, "person", "Survei lokasi", "survei_lokasi")
    survey(hand)
    hand.add("survei_lokasi", "side", None)
    join = next(each for each in (row.get_attribute("data-id") for row in hand.page.locator(".pd-row--side").all()) if each != fork)
    hand.add(join or "", "person", "Putuskan", "putuskan")
    decision(hand)
    hand.add(fork, "person", "Telaah ruang", "telaah_ruang")
    room(hand)
    hand.connect("telaah_ruang", join or "")
    fee_and_permit(hand)
    hand.add("berkas_lengkap", "person", "Perbaiki permohonan", "perbaiki_permohonan")
    back_to_the_applicant(hand)
    hand.connect("perbaiki_permohonan", "periksa_berkas")
    hand.add("disetujui", "auto", "Terbitkan penolakan", "terbitkan_penolakan")
    refusal(hand)


def by_keyboard(hand: Keys) -> None:
    until_the_review(hand)
    hand.add("berkas_diterima", "person", "Survei lokasi", "survei_lokasi")
    survey(hand)
    hand.add("survei_lokasi", "person", "Putuskan", "putuskan")
    decision(hand)
    hand.beside("survei_lokasi", "Telaah ruang", "telaah_ruang")
    room(hand)
    fee_and_permit(hand)
    hand.way("berkas_lengkap", "person", "Perbaiki permohonan", "perbaiki_permohonan")
    back_to_the_applicant(hand)
    hand.choose("perbaiki_permohonan")
    hand.pick("next", "periksa_berkas")
    hand.way("disetujui", "auto", "Terbitkan penolakan", "terbitkan_penolakan")
    refusal(hand)


@pytest.fixture(scope="module")
def store(server: Any) -> Iterator[Store]:
    """The office: an administrator, and officers who so far sit at the counter only."""
    made, at = Store(server.database, KEYS), datetime.now(UTC)
    _person(made, at, "Rina", "administrator", email="rina@example.org")
    for name in OFFICERS:
        _person(made, at, name, "loket", email=f"{name.lower()}@example.org")
    yield made
    made.close()


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
    take(joko.page, "citizen")
    work(new_page, server.url, "vera", number, "Periksa berkas", take, result="return")
    corrected(joko)
    work(new_page, server.url, "vera", number, "Periksa berkas", result="complete")
    work(new_page, server.url, "tono", number, "Survei lokasi", hasil="sesuai")
    work(new_page, server.url, "tono", number, "Telaah", result="accept")
    work(new_page, server.url, "kartika", number, "Putuskan permohonan", result="approve")
    paid(joko)
    work(new_page, server.url, "vera", number, "Cocokkan pembayaran", received_on="today")
    issued(joko, tmp_path, take)
    assert taken == PICTURES


def test_the_same_by_keyboard_alone_is_the_same_procedure(store: Store, new_page: Callable[..., Any], server: Any) -> None:
    made_by(KeyClerk, "kiosk", new_page(), server.url, lambda _page, _name: None, by_keyboard)
    mouse, keys = published(store, "kios"), published(store, "kiosk")
    assert normal(load(mouse.files["process.bpmn"])) == {**normal(load(keys.files["process.bpmn"]))}
    alike = {name: content.replace(b"kiosk", b"kios") for name, content in keys.files.items() if name != "process.bpmn"}
    assert {name: content.decode() for name, content in alike.items()} == {
        name: content.decode() for name, content in mouse.files.items() if name != "process.bpmn"
    }


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
    joko.follow("Permohonan izin kios")
    joko.type(lokasi="Pasar Baru blok C nomor 12")
    joko.go()
    joko.page.wait_for_url(lambda address: "/steps/" not in address)


def paid(joko: Hand) -> None:
    """What the table says, for nine square metres."""
    joko.open("/applications")
    joko.page.locator("main").get_by_role("link", name="KIOS-").first.click()
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

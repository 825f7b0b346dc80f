"""A kiosk permit: what its forms ask, what its table says, and how it is drawn, by mouse or in the list of steps."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser.drawer import Keys, Mouse, automatic, chosen, desk, person


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


def ready(hand: Mouse | Keys, like: str, key: str) -> None:
    """A new form that begins like one that most procedures need."""
    hand.press("new-form")
    hand.pick("new-form.like", like)
    hand.press("new-form-add")
    expect(hand.panel.locator('[name="form"]')).to_have_value(key)


def more(hand: Mouse | Keys, name: str) -> None:
    """Open the part of the panel in which this box is."""
    hand.panel.locator(f'details:has([name="{name}"]) > summary').focus()
    hand.page.keyboard.press("Enter")


def payment_clock(hand: Mouse | Keys) -> None:
    """While a payment is awaited the promised time stands still."""
    more(hand, "clock")
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
    more(hand, "async_before")
    hand.tick("async_before")
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

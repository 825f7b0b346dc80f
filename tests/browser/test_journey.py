"""The main job from a phone to a letter that anybody can check, with script and without; tracking tells the truth all the way."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdf
import pytest
import typst
import zxingcpp
from PIL import Image

from loket.settings import read_settings
from tests.fixtures.databases import KEY, SECRET
from tests.fixtures.hand import BANNER, BOARD, Hand

pytestmark = pytest.mark.browser
ZONE = ZoneInfo("Asia/Jakarta")
STANDS_STILL = "Hitungan hari berhenti"


def today() -> date:
    return datetime.now(ZONE).date()


@dataclass
class Tracking:
    """Somebody with the number and the last four digits, not signed in."""

    hand: Hand

    def begin(self, number: str, digits: str) -> None:
        self.hand.open("/track")
        self.hand.on("Lacak permohonan")
        self.hand.type(number=number, digits=digits)
        self.hand.press("Lacak")
        self.hand.page.wait_for_url("**/track/result")

    def says(self, sentence: str, desks: str, *, latest: date | None = None, still: str = "") -> None:
        """Until the worker has done its part the page is loaded again; then everything on it must be right."""
        self.until(sentence)
        facts = self.facts()
        assert facts.get("Sekarang di") == desks, facts
        if still:
            assert still in facts["Selesai paling lambat"], facts
        elif latest:
            assert self.hand.page.locator("main dl time").last.get_attribute("datetime")[:10] == latest.isoformat(), facts
        assert "Joko" not in self.hand.text
        self.hand.look()

    def until(self, sentence: str) -> None:
        for _ in range(200):
            self.hand.page.reload()
            if sentence in self.hand.text:
                return
        raise AssertionError(f"tracking never said {sentence!r}: {self.hand.text}")

    def facts(self) -> dict[str, str]:
        names, values = self.hand.page.locator("main dl dt").all_inner_texts(), self.hand.page.locator("main dl dd").all_inner_texts()
        return dict(zip(names, values, strict=True))


@dataclass
class Office:
    """The officers, each in a browser of their own."""

    make: Callable[..., Hand]
    script: bool

    def work(self, desk: str, number: str, **answers: str) -> Hand:
        """Sign in, find the application in the inbox, answer, complete the step."""
        hand = self.make(width=1280, script=self.script, widths=(360, 1280) if self.script else ())
        hand.open("/sign-in")
        hand.sign_in(f"{desk}@example.org")
        assert hand.path == "/desk"
        hand.on("Kotak masuk")
        hand.page.get_by_role("link", name=number).click()
        hand.look()
        self.answer(hand, **answers)
        return hand

    def answer(self, hand: Hand, **answers: str) -> None:
        for name, value in answers.items():
            box = hand.page.locator(f'[name="{name}"]')
            if box.first.get_attribute("type") == "radio":
                hand.tick(**{name: value})
            else:
                box.fill(value)

    def done(self, hand: Hand) -> None:
        hand.go()
        hand.page.wait_for_url(lambda address: "/desk?sent=" in address or address.endswith("/check"))
        if hand.path.endswith("/check"):
            hand.on("Periksa jawaban Anda")
            hand.press("Selesaikan langkah ini")
            hand.page.wait_for_url("**/desk?sent=*")
        hand.look()


def latest_day(days: int) -> date:
    """The last working day of a promise that begins to run today."""
    calendar = read_settings({}, key=KEY, secret=SECRET).calendar
    return calendar.add_working_days(datetime.now(ZONE), days).astimezone(ZONE).date()


def picture_of(pdf: bytes, folder: Path) -> Image.Image:
    """The first page of a PDF as a phone's camera would see it."""
    (folder / "letter.pdf").write_bytes(pdf)
    source = b'#set page(width: 210mm, height: 297mm, margin: 0pt)\n#image("letter.pdf", width: 100%)'
    png = typst.compile(source, root=str(folder), format="png", ppi=110.0)
    assert isinstance(png, bytes)
    return Image.open(io.BytesIO(png))


def returned(office: Office, number: str) -> None:
    """The verifier marks one document with a reason."""
    hand = office.work("verifikator", number, result="return")
    hand.page.get_by_label("KTP pemohon", exact=False).first.check()
    if office.script:
        hand.press("Selesaikan langkah ini")
        assert hand.errors
        hand.look()
    hand.page.locator("textarea:visible").first.fill("Tulisan pada KTP tidak terbaca.")
    office.done(hand)


def corrected(hand: Hand) -> None:
    """The applicant sees why, and can change that one document only."""
    hand.open("/applications")
    hand.on("Permohonan saya")
    hand.press("Perbaiki permohonan")
    assert "Tulisan pada KTP tidak terbaca." in hand.text
    hand.look()
    hand.follow("Dokumen")
    assert "Tulisan pada KTP tidak terbaca." in hand.text
    assert hand.page.locator('input[name="desain.new"]').count() == 0
    hand.look()
    hand.page.locator('[name="ktp.kept"]').first.uncheck() if hand.page.locator('input[type=checkbox][name="ktp.kept"]').count() else None
    hand.upload("ktp", "ktp-baru.jpg")
    hand.go()
    hand.on("Periksa jawaban Anda")
    assert "ktp-baru.jpg" in hand.text
    assert "desain.pdf" in hand.text
    hand.go()
    hand.page.wait_for_url(lambda address: "/steps/" not in address)
    hand.look()


def paid(hand: Hand, case: str, amount: str) -> None:
    """The applicant sees the exact amount and sends the proof of the transfer."""
    hand.open(case)
    assert amount in hand.text
    hand.look()
    hand.press("Bayar dan kirim bukti")
    assert amount in hand.text
    hand.look()
    hand.upload("proof", "bukti.jpg")
    hand.day("paid_on", today())
    hand.type(bank="BRI")
    hand.go()
    hand.page.wait_for_url(lambda address: "/steps/" not in address)
    hand.look()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_permit_is_applied_for_paid_for_issued_and_checked(hand: Callable[..., Hand], tmp_path: Path, script: bool) -> None:
    kind, amount, days = (BOARD, "Rp25.185.000", 5) if script else (BANNER, "Rp3.325.000", 2)
    start = today()  # so that the permit is valid at once; the office warns that this is soon
    phone = f"0812 9876 54{30 + script}"
    widths = (360, 1280) if script else ()
    joko, office = hand(width=360, script=script, widths=widths), Office(hand, script)
    tracking = Tracking(hand(width=360, script=script, widths=widths))

    joko.open("/")
    joko.look()
    joko.follow("Izin Penyelenggaraan Reklame")
    joko.on("Izin Penyelenggaraan Reklame")
    joko.press("Ajukan sekarang")
    joko.on("Masuk")
    joko.follow("Buat akun")
    joko.on("Buat akun")
    joko.sign_up("Joko Susilo", phone)
    joko.on("Sebelum Anda mulai")
    joko.go()
    joko.fill(kind, start=start, days=365 if script else 14, until="pernyataan")
    joko.on("Pernyataan")
    joko.page.locator(".govuk-back-link").click()
    joko.on("Dokumen")
    assert "ktp.jpg" in joko.text
    joko.go()
    joko.answer("pernyataan", kind, start, 1)
    joko.go()
    joko.on("Periksa jawaban Anda")
    assert "Jalan Ir. H. Juanda" in joko.text
    assert "Izin mungkin belum terbit pada tanggal ini" in joko.text
    joko.go()
    joko.page.wait_for_url("**/receipt*")
    joko.on("Permohonan Anda terkirim")
    number = joko.page.locator(".loket-number").first.inner_text()
    assert number
    case = joko.path.partition("/receipt")[0]

    tracking.begin(number, phone[-4:])
    tracking.says("Kami sedang memeriksa berkas Anda.", "Verifikator", latest=latest_day(days))
    returned(office, number)
    tracking.says("Permohonan perlu perbaikan.", "Pemohon", still=STANDS_STILL)
    corrected(joko)
    tracking.says("Kami sedang memeriksa berkas Anda.", "Verifikator", latest=latest_day(days))
    hand_of_budi = office.work("verifikator", number, result="complete")
    office.done(hand_of_budi)
    latest = latest_day(days)
    if script:
        reviewed(office, tracking, number, latest)

    tracking.says("Kami menunggu pembayaran pajak reklame Anda.", "Pemohon", still=STANDS_STILL)
    paid(joko, case, amount)
    tracking.says("Bendahara sedang mencocokkan pembayaran Anda.", "Bendahara penerimaan", still="sampai pembayaran Anda dipastikan")
    joko.open(case)
    assert "sampai pembayaran Anda dipastikan" in joko.text
    nina = office.work("bendahara", number, result="received", amount=amount.removeprefix("Rp"))
    nina.day("received_on", today())
    office.done(nina)
    tracking.says("Izin Anda sedang disiapkan.", "Kepala bidang", latest=latest)
    office.done(office.work("kabid", number, result="ok"))
    tracking.says("Izin Anda menunggu keputusan kepala dinas.", "Kepala dinas", latest=latest)
    office.done(office.work("kepala_dinas", number, result="approve"))
    tracking.until("Izin Anda terbit dan dapat diunduh.")
    assert "Sekarang di" not in tracking.facts()
    tracking.hand.look()

    joko.open("/applications")
    joko.look()
    joko.open(case)
    joko.look()
    with joko.page.expect_download() as download:
        joko.press("Unduh (PDF, Indonesia)")
    pdf = download.value.path().read_bytes()
    words = " ".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())
    assert "Joko Susilo" in words
    assert amount in words
    checked_by_anybody(hand(width=360, script=script, widths=widths), pdf, words, tmp_path)
    if script:
        in_english(joko, case, tracking, number)


def reviewed(office: Office, tracking: Tracking, number: str, latest: date) -> None:
    """The technical team and the municipal police inspect side by side."""
    both = "Tim teknis, Satuan Polisi Pamong Praja"
    tracking.says("Titik reklame Anda sedang diperiksa di lapangan.", both, latest=latest)
    tuti = office.work("tim_teknis", number, size_ok="yes", class_ok="yes", findings="Tiang sesuai gambar.", result="accept")
    tuti.day("surveyed_on", today())
    office.done(tuti)
    tracking.says("Titik reklame Anda sedang diperiksa di lapangan.", "Satuan Polisi Pamong Praja", latest=latest)
    agus = office.work("satpol_pp", number, sight_clear="yes", point_free="yes", result="conditions")
    agus.type(conditions="Lampu sorot padam pukul 22.00.")
    agus.day("checked_on", today())
    office.done(agus)


def checked_by_anybody(stranger: Hand, pdf: bytes, words: str, folder: Path) -> None:
    """The code on the paper opens a page that says it is valid, with its number and nothing about the person."""
    found = [each.text for each in zxingcpp.read_barcodes(picture_of(pdf, folder))]
    assert len(found) == 1
    assert "/v/" in found[0]
    stranger.open("/v/" + found[0].rpartition("/v/")[2])
    stranger.on("Izin ini berlaku")
    number = stranger.page.locator("dt", has_text="Nomor").first.locator("xpath=following-sibling::dd").inner_text()
    assert number.endswith(f"/REKLAME/{today().year}")
    assert number in words
    assert "Izin Penyelenggaraan Reklame" in stranger.text
    assert "J. S." in stranger.text
    for secret in ("{", "procedure", "Joko", "3275011508850002", "Melati", "0812"):
        assert secret not in stranger.text


def in_english(joko: Hand, case: str, tracking: Tracking, number: str) -> None:
    """One page of each kind in the other language."""
    for path, heading in (
        ("/permits/reklame", "Permit to display an advertisement"),
        ("/applications", "My applications"),
        (case, number),
        (f"{case}/receipt", "Receipt"),
    ):
        joko.open(f"{path}?lang=en")
        assert joko.page.locator("html").get_attribute("lang") == "en"
        joko.on(heading)
    tracking.hand.open("/track/result?lang=en")
    assert "Your permit is issued and ready to download." in tracking.hand.text
    tracking.hand.look()

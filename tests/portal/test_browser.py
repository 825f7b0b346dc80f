"""One applicant, a phone 360 px wide, with and without JavaScript: every page is used by its own buttons and looked at by axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import TimeoutError as TooLate

import forms
from engine import cases, people, procedures
from engine.stories.stage import sample
from loket.hands import Hands, open_hands
from loket.settings import read_settings
from tests.fixtures.databases import KEY, SECRET
from tests.fixtures.doors import going_on
from tests.portal.conftest import PAGES, PASSWORD, REKLAME

pytestmark = pytest.mark.browser
VILLAGE = {"province": "32", "regency": "32.75", "district": "32.75.01", "village": "32.75.01.1003"}


@pytest.fixture(scope="module")
def hands(server: Any) -> Iterator[Hands]:
    """The hands of the running office: it offers the shipped permit, and Budi checks the papers."""
    opened = open_hands(read_settings({}, home=str(server.home), database=server.database, key=KEY, secret=SECRET, log="quiet"))
    with opened.store.unit() as session:
        boss = people.sign_up(session, name="Admin", phone=None, email="admin@example.org", password=PASSWORD, at=opened.now())
        procedures.publish(session, procedures.read_folder(REKLAME), by=boss.id, at=opened.now())
        budi = people.sign_up(session, name="Budi Santoso", phone=None, email="budi@example.org", password=PASSWORD, at=opened.now())
        people.ensure_desk(session, "verifikator", {"id": "Verifikator"})
        people.add_to_desk(session, budi, "verifikator", by=None, at=opened.now())
    yield opened
    opened.store.close()


@pytest.fixture
def office_url(server: Any, hands: Hands) -> str:
    """Where the office is."""
    return str(server.url)


def complete(hands: Hands, who: str, case: str, step: str, raw: dict[str, Any]) -> None:
    """Somebody completes a step of a case."""
    with hands.store.unit() as session:
        person, found = people.by_login(session, who), session.get(cases.Case, case)
        assert person is not None
        assert found is not None
        task = next(each for each in cases.tasks_of(session, found) if each.step == step and each.is_open)
        page = cases.task_page(session, person, task.id)
        beside = {key: form for key, (form, _) in page.beside.items()}
        answers = page.form.check(raw, at=hands.office.calendar.local(hands.now()), context=page.context, beside=beside)
        cases.complete(session, hands.office, task.id, answers, by=person, at=hands.now())
    going_on(hands.store, hands.office, case, hands.now())


def sent_by(hands: Hands, phone: str) -> str:
    """The case of somebody new who has sent an application."""
    start = hands.now() + timedelta(days=20)
    with hands.store.unit() as session:
        joko = people.sign_up(session, name="Joko Susilo", phone=phone, email=None, password=PASSWORD, at=hands.now())
        case = cases.open_case(session, hands.office, "reklame", applicant=joko, by=joko, at=hands.now()).id
    typed = {name: text for page in PAGES.values() for name, text in page.items() if not name.endswith(".new")}
    for name, moment in (("tgl_mulai", start), ("tgl_selesai", start + timedelta(days=13))):
        typed |= {f"{name}.day": str(moment.day), f"{name}.month": str(moment.month), f"{name}.year": str(moment.year)}
    files = [(f"{key}.new", sample(file)) for key, file in (("ktp", "ktp.jpg"), ("desain", "desain.pdf"))]
    complete(hands, phone, case, "application", forms.decode(typed.items(), files))
    return case


class Hand:
    """What a person does on a page: choose, type, upload, press."""

    def __init__(self, page: Any, axe: Callable[[Any], None], script: bool) -> None:
        self.page, self.axe, self.script = page, axe, script

    def tick(self, **answers: str) -> None:
        for name, value in answers.items():
            self.page.locator(f'[name="{name}"][value="{value}"]').check()

    def type(self, **answers: str) -> None:
        for name, value in answers.items():
            self.page.locator(f'[name="{name.replace("__", ".")}"]').fill(value)

    def day(self, name: str, value: datetime) -> None:
        for part, text in (("day", value.day), ("month", value.month), ("year", value.year)):
            self.page.locator(f'[name="{name}.{part}"]').fill(str(text))

    def village(self, name: str) -> None:
        for level, code in VILLAGE.items():
            self.page.locator(f'[name="{name}.{level}"]').select_option(code)
            if not self.script and level != "village":
                self.page.locator(f'button[name="_refresh"][value="{name}"]').click()

    def upload(self, name: str, file: str, kind: str) -> None:
        given = {"name": file, "mimeType": kind, "buffer": sample(file).content}
        self.page.locator(f'input[type="file"][name="{name}.new"]').set_input_files(given)
        if self.script:  # what becomes of it moves the page's buttons
            question = self.page.locator(f'.app-question[data-question="{name}"]')
            question.locator(".app-files__item", has_text=file.rpartition(".")[0]).first.wait_for()

    def on(self, heading: str) -> None:
        """One heading of the first level says where one is; axe finds nothing."""
        try:
            self.page.locator("h1", has_text=heading).wait_for()  # files may still be on their way
        except TooLate:
            raise AssertionError(f"{self.page.url}: {self.page.locator('h1').inner_text()}") from None
        self.axe(self.page)

    def go(self) -> None:
        self.page.locator("main form .loket-actions button:not([name])").first.click()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_application_is_filled_and_sent_from_a_phone(
    office_url: str, new_page: Callable[..., Any], axe: Callable[[Any], None], script: bool
) -> None:
    page = new_page(width=360, script=script)
    hand = Hand(page, axe, script)
    start = datetime.now(UTC) + timedelta(days=20)
    page.goto(f"{office_url}/apply/reklame")
    page.goto(page.url.replace("/sign-in", "/sign-up"))
    hand.type(name="Joko Susilo", phone=f"0812 9876 543{int(script)}", password=PASSWORD)
    page.locator("[name=consent]").check()
    page.locator("main form button:not([aria-controls])").last.click()
    hand.on("Sebelum Anda mulai")
    hand.go()

    hand.on("Jenis permohonan")
    hand.go()
    assert page.locator(".govuk-error-summary li").count() == 2
    hand.on("Jenis permohonan")
    if script:
        assert page.evaluate("document.activeElement.className").startswith("govuk-error-summary")
    page.locator(".govuk-error-summary a").first.click()
    assert page.evaluate("document.activeElement.name || location.hash") in ("jenis_permohonan", "#f-jenis_permohonan")
    hand.tick(jenis_permohonan="baru", kelas="insidentil")
    hand.go()

    hand.on("Reklame")
    hand.tick(jenis_reklame="kain", produk="umum", pembebasan="tidak_ada", lokasi_indoor="no")
    assert page.locator('[name="jumlah_lembar"]').is_visible() is not script
    hand.type(isi_naskah="Pasar malam rakyat", panjang_m="5", lebar_m="1")
    hand.go()

    hand.on("Titik pemasangan")
    hand.type(titik_pasang__0__nama_jalan="Jalan Juanda", titik_pasang__0__jumlah_unit="10")
    page.locator('[name="titik_pasang.0.kelas_jalan"]').select_option("kelas_ii")
    hand.village("titik_pasang.0.wilayah")
    page.locator('button[name="_add"]').click()
    hand.on("Titik pemasangan")
    page.locator('button[name="_remove"][value="titik_pasang.1"]').click()
    assert page.locator('[name="titik_pasang.0.nama_jalan"]').input_value() == "Jalan Juanda"
    hand.go()

    hand.on("Lahan")
    hand.tick(status_lahan="milik_sendiri")
    hand.go()
    hand.on("Masa tayang")
    hand.day("tgl_mulai", start)
    hand.day("tgl_selesai", start + timedelta(days=13))
    hand.go()
    hand.on("Penyelenggara")
    hand.tick(penyelenggara="sendiri")
    hand.type(npwpd="P.2.0054321.01.02")
    hand.go()
    hand.on("Pemohon")
    hand.type(nik="3275011508850002", nama="Joko Susilo", alamat="Jalan Melati 4", telepon="081298765432")
    hand.tick(diwakilkan="no")
    hand.village("wilayah")
    hand.go()
    hand.on("Dokumen")
    hand.upload("ktp", "ktp.jpg", "image/jpeg")
    hand.go()
    page.locator(".govuk-error-summary").wait_for()
    hand.on("Dokumen")
    assert page.locator(".app-files__item").inner_text().startswith("ktp.jpg")
    hand.upload("desain", "desain.pdf", "application/pdf")
    hand.go()
    hand.on("Pernyataan")
    page.locator('[name="pernyataan.agreed"]').check()
    page.locator("text=Lihat semua bagian").click()
    hand.on("Permohonan Anda")
    page.go_back()
    page.locator('[name="pernyataan.agreed"]').check()
    hand.go()
    hand.on("Periksa jawaban Anda")
    hand.go()
    hand.on("Permohonan Anda terkirim")
    page.locator("text=Buka permohonan").click()
    hand.on("Izin Penyelenggaraan Reklame")
    page.goto(f"{office_url}/applications")
    hand.on("Permohonan saya")


def test_a_correction_and_a_payment_are_sent(office_url: str, hands: Hands, any_page: Any, axe: Callable[[Any], None]) -> None:
    page, hand = any_page, Hand(any_page, axe, True)
    phone = f"0813 5555 {page.viewport_size['width']:04}"
    case = sent_by(hands, phone)
    marks = [{"field": "ktp", "reason": "KTP tidak terbaca."}, {"field": "titik_pasang", "reason": "Nomor bangunan belum ditulis."}]
    complete(hands, "budi@example.org", case, "verify", {"result": "return", "note": "Tinggal dua hal.", "marks": marks})

    page.goto(f"{office_url}/sign-in?next=/applications")
    hand.type(login=phone, password=PASSWORD)
    page.locator("main form button:not([aria-controls])").last.click()
    hand.on("Permohonan saya")
    page.locator("main a:has-text('Izin Penyelenggaraan Reklame')").click()
    hand.on("Izin Penyelenggaraan Reklame")
    page.locator(".loket-now .govuk-button").click()
    hand.on("Perbaiki permohonan")
    page.locator(".loket-actions .govuk-button").first.click()
    hand.on("Titik pemasangan")
    hand.type(titik_pasang__0__nama_jalan="Jalan Ir. H. Juanda 12")
    hand.go()
    hand.on("Dokumen")
    assert page.locator('input[type="file"]').count() == 1
    hand.upload("ktp", "ktp-baru.jpg", "image/jpeg")
    hand.go()
    hand.on("Periksa jawaban Anda")
    hand.go()
    hand.on("Izin Penyelenggaraan Reklame")

    complete(hands, "budi@example.org", case, "verify", {"result": "complete"})
    page.reload()
    hand.on("Izin Penyelenggaraan Reklame")
    page.locator(".loket-now .govuk-button").click()
    hand.on("Bukti bayar pajak")
    page.locator("summary").first.click()
    hand.upload("proof", "bukti.jpg", "image/jpeg")
    hand.day("paid_on", hands.now())
    hand.type(bank="BRI")
    hand.go()
    hand.on("Izin Penyelenggaraan Reklame")
    page.locator("text=Tarik permohonan ini").click()
    hand.on("Tarik permohonan ini?")

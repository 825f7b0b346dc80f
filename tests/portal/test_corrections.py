"""An application that comes back, and one that has to be paid."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine import cases, documents, fees
from engine.store import Store
from tests.portal.conftest import PAGES, Visitor

Officer = Callable[..., None]
MARKS = [
    {"field": "ktp", "reason": "Tulisan pada KTP tidak terbaca."},
    {"field": "isi_naskah", "reason": "Tulis kata-kata yang tepat."},
]
PAID = {"proof.new": "bukti.jpg", "paid_on.day": "2", "paid_on.month": "6", "paid_on.year": "2026", "bank": "BRI"}


@pytest.fixture
def returned(joko: Visitor, officer: Officer) -> str:
    """A case that the verifier sent back with two marks."""
    case = joko.apply()
    officer("budi", case, "verify", result="return", note="Foto ulang KTP di tempat terang.", marks=MARKS)
    return case


@pytest.fixture
def to_pay(joko: Visitor, officer: Officer) -> str:
    """A case that waits for its payment."""
    case = joko.apply()
    officer("budi", case, "verify", result="complete")
    return case


def answers_of(app_store: Store, case: str, form: str) -> dict[str, object]:
    with app_store.reading() as session:
        found = session.get(cases.Case, case)
        assert found is not None
        return {row.field: row.value for row in cases.given_in(session, case) if row.form == form and row.replaced_at is None}


def begin_to_correct(joko: Visitor, case: str) -> None:
    joko.open(f"/applications/{case}/go-on")
    assert joko.last is not None
    joko.open(joko.last.text.split('class="loket-actions"')[1].split('href="')[1].split('"')[0])


def test_the_case_says_on_top_that_it_waits_for_a_correction(joko: Visitor, returned: str) -> None:
    joko.open("/applications")
    assert "Kami menunggu Anda" in joko.text
    joko.open(f"/applications/{returned}")
    assert "Perlu perbaikan" in joko.text
    assert "Hitungan hari kami berhenti" in joko.text


def test_every_mark_stands_with_its_reason_in_the_list_and_beside_its_question(joko: Visitor, returned: str) -> None:
    joko.open(f"/applications/{returned}/go-on")
    for mark in MARKS:
        assert mark["reason"] in joko.text
    assert "Foto ulang KTP di tempat terang." in joko.text
    begin_to_correct(joko, returned)
    assert joko.where.endswith("/pages/reklame")
    assert joko.last is not None
    assert 'id="f-isi_naskah-error"' in joko.last.text
    assert MARKS[1]["reason"] in joko.text
    assert 'name="jenis_reklame"' not in joko.last.text
    assert "Kain (spanduk" in joko.text


def test_correcting_the_marked_answers_changes_them_and_nothing_else(joko: Visitor, returned: str, app_store: Store) -> None:
    before = answers_of(app_store, returned, "application")
    begin_to_correct(joko, returned)
    joko.send({"isi_naskah": "Pasar Malam Rakyat, 15–28 Juni"})
    assert joko.where.endswith("/pages/dokumen")
    assert "desain.pdf" in joko.text
    joko.send({"ktp.new": "ktp-baru.jpg"})
    assert joko.where.endswith("/check-answers")
    assert joko.text.count("Sudah diperbaiki") == 2
    joko.send({})
    assert joko.where == f"/applications/{returned}"
    assert "Kantor melanjutkan pemeriksaan." in joko.text
    after = answers_of(app_store, returned, "application")
    assert {key for key in after if after[key] != before.get(key)} == {"ktp", "isi_naskah"}
    with app_store.reading() as session:
        found = session.get(cases.Case, returned)
        assert found is not None
        assert [each.step for each in cases.status_of(session, found).waiting] == ["verify"]


def test_an_answer_that_was_not_marked_cannot_be_slipped_in(joko: Visitor, returned: str, app_store: Store) -> None:
    before = answers_of(app_store, returned, "application")
    begin_to_correct(joko, returned)
    page = joko.where
    answer = joko.send({"isi_naskah": "Baru", "panjang_m": "20"}, page)
    assert answer.status_code == 422
    assert "tidak dapat diubah" in joko.errors[0]
    answer = joko.send({"isi_naskah": "Baru", "nama": "Orang Lain"}, page)
    assert answer.status_code == 422
    assert "nama" in joko.errors[0]
    joko.send({"isi_naskah": "Baru"}, page)
    joko.send({"ktp.new": "ktp-baru.jpg"})
    joko.send({})
    after = answers_of(app_store, returned, "application")
    assert (after["panjang_m"], after["nama"]) == (before["panjang_m"], "Joko Susilo")


def test_a_mark_that_was_not_answered_is_pointed_out_before_sending(joko: Visitor, returned: str) -> None:
    begin_to_correct(joko, returned)
    joko.send({"isi_naskah": PAGES["reklame"]["isi_naskah"]})
    assert joko.last is not None
    kept = joko.last.text.split('name="ktp.keep" value="')[1].split('"')[0]
    joko.send({"ktp.keep": kept})
    assert joko.where.endswith("/check-answers")
    assert joko.text.count("Belum diubah") == 2


def test_paying_shows_amount_account_and_reference_and_takes_only_the_proof(joko: Visitor, to_pay: str, app_store: Store) -> None:
    joko.open(f"/applications/{to_pay}")
    assert "Rp3.325.000" in joko.text
    assert "Belum dibayar" in joko.text
    assert "Kelas II (kendali sedang): 10 unit, 14 hari" in joko.text
    joko.open(f"/applications/{to_pay}/go-on")
    for said in ("Rp3.325.000", "000-123-456", "Bank Contoh", "REKLAME-2026-00001"):
        assert said in joko.text
    page = joko.where
    assert joko.send({**PAID, "amount": "1"}, page).status_code == 422
    assert "amount" in joko.errors[0]
    joko.open(page)
    joko.send({key: value for key, value in PAID.items() if key != "proof.new"} | {"proof.keep": keep_of(joko)}, page)
    assert joko.where == f"/applications/{to_pay}"
    assert "Bendahara sedang mencocokkan pembayaran Anda." in joko.text
    with app_store.reading() as session:
        assert [fee.amount for fee in fees.fees_of(session, to_pay)] == [3_325_000]
        assert [each.name for each in documents.files_of(session, to_pay)].count("bukti.jpg") == 1


def keep_of(joko: Visitor) -> str:
    assert joko.last is not None
    return joko.last.text.split('name="proof.keep" value="')[1].split('"')[0]


def test_a_step_that_was_sent_already_says_so(joko: Visitor, to_pay: str) -> None:
    joko.open(f"/applications/{to_pay}/go-on")
    page = joko.where
    joko.send(PAID)
    assert joko.open(page).status_code == 409
    assert "Ini sudah selesai, atau tidak diperlukan lagi." in joko.text, joko.text


def test_the_permit_is_downloaded_by_its_applicant(joko: Visitor, to_pay: str, officer: Officer, carry_on: Callable[[], None]) -> None:
    joko.open(f"/applications/{to_pay}/go-on")
    joko.send(PAID)
    officer("nina", to_pay, "confirm", result="received", received_on="2026-06-02", amount="3325000")
    officer("rudi", to_pay, "initial", result="ok")
    officer("dewi", to_pay, "approve", result="approve")
    carry_on()
    joko.open(f"/applications/{to_pay}")
    assert "Izin Anda terbit dan dapat diunduh." in joko.text
    assert "503/0001/REKLAME/2026" in joko.text
    assert "Lunas" in joko.text
    assert joko.last is not None
    link = next(part.split('"')[0] for part in joko.last.text.split('href="') if "/documents/" in part)
    answer = joko.client.get(link)
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Cache-Control"] == "no-store"

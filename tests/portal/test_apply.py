"""From signing up to the receipt."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from engine import cases, documents, people
from engine.store import Store
from engine.stories.stage import sample
from tests.portal.conftest import PAGES, Visitor


def test_somebody_new_signs_up_on_the_way_and_comes_back_to_the_application(visitor: Callable[[], Visitor]) -> None:
    who = visitor()
    who.open("/apply/reklame")
    assert "/sign-in" in who.where
    assert "next=" in who.where
    who.open(who.where.replace("/sign-in", "/sign-up"))
    who.sign_up()
    assert who.where == "/apply/reklame"


def test_beginning_without_being_signed_in_leads_to_signing_in_and_back(visitor: Callable[[], Visitor]) -> None:
    who = visitor()
    who.open("/sign-in")
    who.send({}, "/apply/reklame")
    assert who.where == "/sign-in?next=/apply/reklame"


@pytest.mark.sql
def test_an_application_with_two_files_is_sent_and_receipted(joko: Visitor, app_store: Store) -> None:
    case = joko.apply()
    assert "REKLAME-2026-00001" in joko.text
    assert "Kamis, 4 Juni 2026 pukul 16.00 WIB" in joko.text  # two working days for an incidental advertisement
    with app_store.reading() as session:
        found = session.get(cases.Case, case)
        assert found is not None
        assert found.submitted_at is not None
        assert [each.step for each in cases.status_of(session, found).waiting] == ["verify"]
        assert sorted(each.name for each in documents.files_of(session, case)) == ["desain.pdf", "ktp.jpg"]


def test_a_page_with_a_fault_comes_back_with_what_was_typed_and_says_so_at_the_top(joko: Visitor) -> None:
    joko.begin()
    joko.send(PAGES["permohonan"])
    answer = joko.send({**PAGES["reklame"], "panjang_m": "tiga"})
    assert answer.status_code == 422
    assert answer.text.count("<h1") == 1
    assert "Kesalahan: " in answer.text.split("<title>")[1]
    assert len(joko.errors) == 1
    assert "anjang" in joko.errors[0]
    assert 'value="tiga"' in answer.text
    assert "Pasar malam rakyat, gratis masuk" in answer.text


def test_what_was_typed_on_a_page_with_faults_is_there_another_day(joko: Visitor) -> None:
    joko.begin()
    joko.send(PAGES["permohonan"])
    page = joko.where
    joko.send({"jenis_reklame": "kain", "isi_naskah": "Belum selesai saya tulis"})
    assert joko.errors
    assert "Belum selesai saya tulis" in joko.open(page).text


def test_a_good_file_is_kept_when_another_answer_of_its_page_is_wrong(joko: Visitor, app_store: Store) -> None:
    joko.begin()
    joko.fill(until="dokumen")
    first = joko.send({"ktp.new": "ktp.jpg"})
    assert first.status_code == 422
    assert [each for each in joko.errors if "desain" in each]
    kept = first.text.split('name="ktp.keep" value="')[1].split('"')[0]
    joko.send({"ktp.keep": kept, "desain.new": "desain.pdf"})
    assert joko.where.endswith("/pages/pernyataan")
    with app_store.reading() as session:
        case = joko.where.split("/")[2]
        assert sorted(each.name for each in documents.files_of(session, case)) == ["desain.pdf", "ktp.jpg"]


def test_who_has_uploaded_enough_for_a_day_hears_so_at_the_file_and_keeps_what_was_typed(
    joko: Visitor, app: Flask, app_store: Store
) -> None:
    joko.begin()
    joko.fill(until="dokumen")
    app.extensions["loket"].office.cabinet.daily = 100_000
    page = joko.where
    big = ("ktp.pdf", sample("desain.pdf").content + b"%" * 100_000)
    refused = joko.send({"ktp.new": big, "desain.new": "desain.pdf"})
    assert refused.status_code == 422
    assert [each for each in joko.errors if "24 jam" in each]
    with app_store.reading() as session:
        assert documents.files_of(session, page.split("/")[2]) == []
    joko.where = page
    joko.send(PAGES["dokumen"])
    assert joko.where.endswith("/pages/pernyataan")
    assert app.extensions["loket"].office.cabinet.daily == 100_000


def test_a_good_file_inside_a_row_is_kept_when_the_row_is_wrong(joko: Visitor) -> None:
    joko.begin()
    joko.fill(until="titik")
    answer = joko.send({**PAGES["titik"], "titik_pasang.0.jumlah_unit": "banyak", "titik_pasang.0.foto.new": "lokasi.jpg"})
    assert answer.status_code == 422
    assert 'name="titik_pasang.0.foto.keep"' in answer.text


def test_a_row_is_added_and_removed_without_losing_the_others(joko: Visitor) -> None:
    joko.begin()
    joko.fill(until="titik")
    page = joko.where
    added = joko.send({**PAGES["titik"], "_add": "titik_pasang"})
    assert added.status_code == 200
    assert joko.where == page
    assert "Jalan Ir. H. Juanda" in added.text
    assert 'name="titik_pasang.1.nama_jalan"' in added.text
    assert not joko.errors
    removed = joko.send({**PAGES["titik"], "titik_pasang.1.nama_jalan": "Jalan Mawar", "_remove": "titik_pasang.0"})
    assert "Jalan Mawar" in removed.text
    assert "Juanda" not in removed.text
    assert "titik_pasang.1" not in removed.text


def test_saving_for_later_keeps_a_half_filled_page_and_the_list_leads_back(joko: Visitor) -> None:
    joko.begin()
    joko.send(PAGES["permohonan"])
    joko.send({"jenis_reklame": "kain", "_later": "1"})
    assert joko.where == "/applications"
    assert "Isian Anda tersimpan." in joko.text
    assert "Lanjutkan dari bagian terakhir" in joko.text
    joko.open(joko.client.get(joko.where).text.split('class="govuk-button" href="')[1].split('"')[0])
    assert "Lanjut di sini" in joko.text


def test_a_begun_draft_is_offered_again_and_a_new_one_only_on_request(joko: Visitor, app_store: Store) -> None:
    joko.begin()
    joko.send(PAGES["permohonan"])
    joko.open("/apply/reklame")
    assert "Anda pernah memulai permohonan ini" in joko.text
    assert joko.send({"asked": "yes"}).status_code == 422
    joko.send({"draft": "new", "asked": "yes"})
    assert joko.where.endswith("/pages/permohonan")
    with app_store.reading() as session:
        who = people.by_login(session, "081298765432")
        assert who is not None
        assert len(cases.drafts(session, who, "reklame")) == 2


def test_a_draft_in_which_nothing_was_typed_is_used_again(joko: Visitor) -> None:
    first = joko.begin()
    assert joko.begin() == first


def test_changing_one_answer_on_the_check_page_leads_back_to_it(joko: Visitor) -> None:
    joko.begin()
    joko.fill()
    assert joko.where.endswith("/check-answers")
    change = next(part.split('"')[0] for part in joko.client.get(joko.where).text.split('href="') if "/pages/reklame?back=check" in part)
    joko.open(change)
    joko.send({**PAGES["reklame"], "isi_naskah": "Pasar kaget"}, change.split("#")[0])
    assert joko.where.endswith("/check-answers")
    assert "Pasar kaget" in joko.text


def test_a_change_that_opens_new_questions_leads_to_them_first(joko: Visitor) -> None:
    joko.begin()
    joko.fill()
    first = joko.where.replace("check-answers", "pages/permohonan?back=check")
    joko.open(first)
    joko.send({"jenis_permohonan": "baru", "kelas": "permanen_besar"}, first)
    assert "/pages/dokumen?back=check" in joko.where
    assert "Gambar dan perhitungan konstruksi" in joko.text


def test_checking_before_all_is_answered_leads_to_what_is_missing(joko: Visitor) -> None:
    joko.begin()
    joko.send(PAGES["permohonan"])
    joko.open(joko.where.replace("pages/reklame", "check-answers"))
    assert "/pages/reklame" in joko.where


def test_a_draft_can_be_thrown_away_with_its_files(joko: Visitor, app_store: Store) -> None:
    joko.begin()
    joko.fill(until="pernyataan")
    case = joko.where.split("/")[2]
    joko.open(f"/applications/{case}/discard")
    joko.send({})
    assert joko.where == "/applications"
    assert "Anda belum punya permohonan." in joko.text
    with app_store.reading() as session:
        assert documents.files_of(session, case) == []


def test_a_sent_application_is_withdrawn_after_one_more_question(joko: Visitor) -> None:
    case = joko.apply()
    joko.open(f"/applications/{case}/withdraw")
    assert "Tarik permohonan ini?" in joko.text
    joko.send({"reason": "Acara batal"})
    assert joko.where == f"/applications/{case}"
    assert "Anda membatalkan permohonan ini." in joko.text


def test_every_page_speaks_english_too(joko: Visitor) -> None:
    case = joko.apply()
    joko.open(f"/applications/{case}?lang=en")
    assert "We are checking your papers." in joko.text
    assert "What you sent" in joko.text


def test_while_the_treasurer_matches_the_proof_the_costs_say_so(
    joko: Visitor, officer: Callable[..., None], carry_on: Callable[[], None]
) -> None:
    case = joko.apply()
    officer("budi", case, "verify", result="complete")
    carry_on()
    assert "To pay" in joko.open(f"/applications/{case}?lang=en").text
    joko.open(f"/applications/{case}/go-on")
    proof = {"paid_on.day": "2", "paid_on.month": "6", "paid_on.year": "2026", "bank": "Bank Contoh", "proof.new": "ktp.jpg"}
    joko.send(proof)
    assert "Proof received, being checked" in joko.open(f"/applications/{case}").text, joko.text
    assert "To pay" not in joko.last.text

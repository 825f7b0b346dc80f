"""What the applicant's door refuses, and how it says so."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import text

from engine import cases
from engine.store import Store
from tests.portal.conftest import PAGES, PASSWORD, Visitor

ID = "[0-9A-Z]{26}"


@pytest.fixture
def siti(visitor: Callable[[], Visitor]) -> Visitor:
    """Somebody else."""
    return visitor().sign_up("Siti Aminah", "0811 1111 2222")


def test_nothing_of_another_persons_application_can_be_opened_or_changed(joko: Visitor, siti: Visitor) -> None:
    joko.begin()
    joko.fill(until="pernyataan")
    page = joko.where
    case = page.split("/")[2]
    listing = joko.open(page.replace("pernyataan", "dokumen")).text
    file = re.search(rf"/applications/{case}/files/{ID}", listing)
    assert file
    assert joko.client.get(file.group()).status_code == 200
    siti.open("/")
    own = f"/applications/{case}"
    for path in (own, page, page.split("/pages")[0], f"{own}/go-on", file.group(), f"{own}/discard"):
        answer = siti.open(path)
        assert answer.status_code == 404, path
        assert "Joko" not in siti.text
    siti.open("/account")
    for path in (page, f"/applications/{case}/discard", f"/applications/{case}/withdraw", page.split("/pages")[0] + "/check-answers"):
        siti.open("/account")
        assert siti.send({"pernyataan.agreed": "yes"}, path).status_code == 404, path
    assert joko.open(page).status_code == 200


def test_an_officer_does_not_come_in_by_the_applicants_door(joko: Visitor, visitor: Callable[[], Visitor]) -> None:
    case = joko.apply()
    budi = visitor()
    budi.open("/sign-in")
    budi.send({"login": "budi@example.org", "password": "kopi hitam tanpa gula"})
    assert budi.open(f"/applications/{case}").status_code == 404


def test_a_task_of_one_case_cannot_be_reached_through_another(joko: Visitor) -> None:
    first = joko.begin()
    joko.send(PAGES["permohonan"])
    joko.open("/apply/reklame")
    joko.send({"draft": "new"})
    other = joko.where.split("/")[2]
    assert joko.open(first.replace(first.split("/")[2], other)).status_code == 404


def test_a_form_without_the_token_of_its_page_is_refused(joko: Visitor) -> None:
    joko.begin()
    answer = joko.send(PAGES["permohonan"], token=False)
    assert answer.status_code == 400
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ({"fee": "0"}, "fee"),
        ({"nama": "x"}, "nama"),
        ({"nomor_izin_lama": "123"}, "omor izin lama"),
        ({"__proto__.admin": "1", "a..b": "1"}, ""),
        ({"kelas": "gratis"}, "elas reklame"),
    ],
)
def test_what_the_page_does_not_ask_is_refused_with_a_sentence(joko: Visitor, extra: dict[str, str], said: str) -> None:
    joko.begin()
    answer = joko.send({**PAGES["permohonan"], **extra})
    assert answer.status_code == 422
    assert any(said in each for each in joko.errors), joko.errors


def test_a_file_of_somebody_else_cannot_be_claimed(joko: Visitor, siti: Visitor) -> None:
    siti.begin()
    siti.fill(until="pernyataan")
    foreign = re.search(rf'name="ktp.keep" value="({ID})"', siti.open(siti.where.replace("pernyataan", "dokumen")).text)
    assert foreign
    joko.begin()
    joko.fill(until="dokumen")
    answer = joko.send({"ktp.keep": foreign.group(1), "desain.new": "desain.pdf"})
    assert answer.status_code == 422
    assert "KTP" in joko.errors[0]
    assert foreign.group(1) not in answer.text.replace(joko.where, "")


def test_a_file_of_20_mb_is_refused_with_a_sentence_and_the_rest_is_kept(joko: Visitor) -> None:
    joko.begin()
    joko.fill(until="dokumen")
    answer = joko.send({"ktp.new": ("ktp.jpg", b"\xff\xd8\xff\xe0" + bytes(20_000_000)), "desain.new": "desain.pdf"})
    assert answer.status_code == 422
    assert joko.errors == ["“ktp.jpg” lebih besar dari 5 MB. Pilih berkas yang lebih kecil."]
    assert 'name="desain.keep"' in answer.text


def test_more_than_everything_together_may_be_is_refused_and_earlier_answers_stay(joko: Visitor) -> None:
    joko.begin()
    joko.fill(until="dokumen")
    page = joko.where
    answer = joko.send({"ktp.new": ("ktp.jpg", bytes(26 * 1024 * 1024))})
    assert answer.status_code == 413
    assert "25 MB" in joko.text
    assert "Joko Susilo" in joko.open(page.replace("dokumen", "pemohon")).text


def test_a_file_is_judged_by_its_content(joko: Visitor) -> None:
    joko.begin()
    joko.fill(until="dokumen")
    answer = joko.send({"ktp.new": ("ktp.jpg", b"<html><script>alert(1)</script></html>"), "desain.new": "desain.pdf"})
    assert answer.status_code == 422
    assert "ktp.jpg" in joko.errors[0]


def test_private_pages_and_files_are_kept_by_no_browser(joko: Visitor) -> None:
    joko.begin()
    joko.fill(until="pernyataan")
    case = joko.where.split("/")[2]
    file = re.search(rf"/applications/{case}/files/{ID}", joko.open(joko.where.replace("pernyataan", "dokumen")).text)
    assert file
    for path in ("/applications", f"/applications/{case}/go-on", joko.where, file.group()):
        answer = joko.client.get(path)
        assert answer.headers["Cache-Control"] == "no-store", path
    assert joko.client.get(file.group()).headers["Content-Disposition"].startswith("attachment;")


def test_typed_markup_is_shown_as_text(joko: Visitor, app_store: Store) -> None:
    joko.begin()
    evil = "<script>alert(1)</script>"
    joko.fill(reklame={"isi_naskah": evil})
    assert joko.last is not None
    assert evil not in joko.last.text
    assert "&lt;script&gt;alert(1)" in joko.last.text


def test_whoever_is_not_signed_in_is_asked_to(visitor: Callable[[], Visitor]) -> None:
    who = visitor()
    for path in ("/applications", f"/applications/{'0' * 26}", f"/applications/{'0' * 26}/files/{'0' * 26}"):
        who.open(path)
        assert who.where.startswith("/sign-in?next="), path


def test_why_somebody_withdrew_is_sealed_and_the_staff_read_it(joko: Visitor, app_store: Store, visitor: Callable[[], Visitor]) -> None:
    case = joko.apply()
    why = "Suami saya sakit ginjal"
    joko.open(f"/applications/{case}/withdraw")
    assert joko.send({"reason": why}).status_code == 200
    with app_store.reading() as db:
        kept = [bytes(each) for line in db.execute(text("SELECT facts, sealed FROM journal")) for each in line if each is not None]
    assert not any(b"ginjal" in each for each in kept)
    budi = visitor()
    budi.open("/sign-in")
    budi.send({"login": "budi@example.org", "password": PASSWORD})
    budi.open(f"/desk/cases/{case}")
    assert why in budi.text


def test_a_draft_is_not_withdrawn_because_its_files_would_stay(joko: Visitor, app_store: Store) -> None:
    joko.begin()
    case = joko.where.split("/")[2]
    assert joko.send({}, f"/applications/{case}/withdraw").status_code == 404
    with app_store.reading() as db:
        found = db.get(cases.Case, case)
        assert found is not None
        assert found.outcome is None

"""A task at the desk: seen, taken, filled, refused, and what happens next."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from engine import cases
from engine.store import Store
from tests.portal.conftest import Visitor
from tests.portal.desk.conftest import Bureau

AtDesk = Callable[[str], Visitor]
RETURN = {
    "result": "return",
    "marks.ktp.tick": "yes",
    "marks.ktp.reason": "Tulisan pada KTP tidak terbaca.",
    "note": "Foto ulang di tempat terang.",
}


def opened(bureau: Bureau, who: Visitor, case: str, step: str) -> str:
    """Open the task of a step; its address."""
    path = f"/desk/tasks/{bureau.task(case, step)}"
    who.open(path)
    return path


def test_the_task_shows_its_form_and_what_the_applicant_sent(bureau: Bureau, at_desk: AtDesk) -> None:
    case = bureau.apply()
    budi = at_desk("budi")
    opened(bureau, budi, case, "verify")
    for said in ("Hasil pemeriksaan", "Kopi Nusantara, rasa asli petani", "3275014107900001", "sample.jpg", "Permohonan diterima", "Besok"):
        assert said in budi.text
    assert f"/desk/cases/{case}/files/" in budi.last.text
    assert budi.last.headers["Cache-Control"] == "no-store"


def test_completing_leads_to_the_inbox_and_says_what_happened_next(bureau: Bureau, at_desk: AtDesk) -> None:
    case = bureau.apply()
    budi = at_desk("budi")
    path = opened(bureau, budi, case, "verify")
    budi.send({"result": "complete"}, f"{path}/pages/verify")
    assert budi.where.startswith("/desk?sent=")
    assert f"Permohonan {bureau.number(case)} sekarang di: Tim teknis, Satuan Polisi Pamong Praja." in budi.text
    assert "Ambil tugas berikutnya" in budi.text
    assert sorted(bureau.steps(case)) == ["road_check", "survey"]


def test_marking_an_answer_returns_the_application_to_its_applicant(bureau: Bureau, at_desk: AtDesk, app_store: Store) -> None:
    case = bureau.apply()
    budi = at_desk("budi")
    path = opened(bureau, budi, case, "verify")
    budi.send(RETURN, f"{path}/pages/verify")
    assert f"Permohonan {bureau.number(case)} dikembalikan kepada pemohon." in budi.text
    with app_store.reading() as session:
        found = session.get(cases.Case, case)
        assert [each.desk for each in cases.status_of(session, found).waiting] == ["applicant"]


def test_a_mistake_is_said_on_the_same_page_and_nothing_typed_is_lost(bureau: Bureau, at_desk: AtDesk) -> None:
    case = bureau.apply()
    budi = at_desk("budi")
    path = opened(bureau, budi, case, "verify")
    answer = budi.send({**RETURN, "marks.ktp.reason": ""}, f"{path}/pages/verify")
    assert answer.status_code == 422
    assert budi.errors == ["Tulis mengapa jawaban ini perlu diperbaiki."]
    assert "Foto ulang di tempat terang." in budi.text
    assert "<title>Kesalahan: " in answer.text
    assert bureau.steps(case) == ["verify"]


def test_what_is_saved_for_later_is_there_again_and_the_task_is_taken(bureau: Bureau, at_desk: AtDesk) -> None:
    case = bureau.apply()
    budi = at_desk("budi")
    path = opened(bureau, budi, case, "verify")
    budi.send({"result": "refuse", "reason": "Tanah sengketa.", "_later": "1"}, f"{path}/pages/verify")
    assert budi.where == "/desk"
    assert "Anda" in budi.text
    budi.open(path)
    assert "Tanah sengketa." in budi.text
    assert "Anda sudah mengambil tugas ini" in budi.text


def test_a_task_given_back_can_be_taken_by_a_colleague(bureau: Bureau, at_desk: AtDesk) -> None:
    case = bureau.apply()
    budi, putri = at_desk("budi"), at_desk("putri")
    path = opened(bureau, budi, case, "verify")
    budi.send({}, f"{path}/claim")
    putri.open(path)
    assert "Budi Santoso sedang mengerjakan langkah ini." in putri.text
    assert "<textarea" not in putri.last.text
    budi.send({}, f"{path}/release")
    assert "Tugas dikembalikan ke meja." in budi.text
    putri.open(path)
    putri.send({"result": "complete"}, f"{path}/pages/verify")
    assert "sekarang di: Tim teknis" in putri.text


def test_of_two_officers_who_claim_at_once_one_wins_and_the_other_hears_who(bureau: Bureau, at_desk: AtDesk) -> None:
    case = bureau.apply()
    budi, putri = at_desk("budi"), at_desk("putri")
    path = opened(bureau, budi, case, "verify")
    putri.open(path)
    budi.send({}, f"{path}/claim")
    answer = putri.send({}, f"{path}/claim")
    assert answer.status_code == 409
    assert "Budi Santoso sedang mengerjakan langkah ini." in putri.text


def test_claims_of_the_same_moment_have_one_winner(bureau: Bureau, at_desk: AtDesk) -> None:
    case = bureau.apply()
    officers = [at_desk(who) for who in ("budi", "putri", "rudi")]
    path = f"/desk/tasks/{bureau.task(case, 'verify')}"
    for each in officers:
        each.open(path)
    gate = Barrier(len(officers))

    def claim(who: Visitor) -> int:
        gate.wait()
        return who.send({}, f"{path}/claim").status_code

    with ThreadPoolExecutor(len(officers)) as threads:
        assert sorted(threads.map(claim, officers)) == [200, 409, 409]


def test_of_two_officers_with_the_same_page_open_the_second_changes_nothing(bureau: Bureau, at_desk: AtDesk) -> None:
    case = bureau.apply()
    budi, putri = at_desk("budi"), at_desk("putri")
    path = opened(bureau, budi, case, "verify")
    putri.open(path)
    budi.send({"result": "complete"}, f"{path}/pages/verify")
    answer = putri.send({"result": "refuse", "reason": "Tidak memenuhi."}, f"{path}/pages/verify")
    assert answer.status_code == 409
    assert "sudah dikerjakan" in putri.text
    assert sorted(bureau.steps(case)) == ["road_check", "survey"]


def test_the_task_of_another_desk_cannot_be_opened_claimed_or_completed(bureau: Bureau, at_desk: AtDesk) -> None:
    case = bureau.apply()
    nina = at_desk("nina")
    path = f"/desk/tasks/{bureau.task(case, 'verify')}"
    assert nina.open(path).status_code == 403
    assert "Langkah ini dikerjakan oleh: Verifikator. Anda tidak bertugas di meja itu." in nina.text
    nina.open("/desk")
    for sub, fields in (("claim", {}), ("release", {}), ("pages/verify", {"result": "complete"}), ("check", {})):
        nina.open("/desk")
        assert nina.send(fields, f"{path}/{sub}").status_code == 403, sub
    assert bureau.steps(case) == ["verify"]


def test_four_eyes_are_explained_before_anything_is_typed(bureau: Bureau, at_desk: AtDesk) -> None:
    case = bureau.apply()
    bureau.answer("rudi", case, "verify")
    bureau.until(case, "initial")
    rudi = at_desk("rudi")
    path = opened(bureau, rudi, case, "initial")
    assert "Anda sudah mengerjakan “Periksa berkas” dalam permohonan ini." in rudi.text
    assert "prinsip empat mata" in rudi.text
    assert "Selesaikan langkah ini" not in rudi.text
    rudi.open("/desk")
    assert rudi.send({"result": "ok"}, f"{path}/pages/initial").status_code == 403
    assert "prinsip empat mata" in rudi.text
    assert bureau.steps(case) == ["initial"]


def test_nobody_works_on_their_own_application(bureau: Bureau, at_desk: AtDesk) -> None:
    case = bureau.apply(name="Budi Santoso", login="budi@example.org")
    budi = at_desk("budi")
    path = f"/desk/tasks/{bureau.task(case, 'verify')}"
    assert budi.open(path).status_code == 403
    assert "Ini permohonan Anda sendiri." in budi.text
    budi.open("/desk")
    assert budi.send({"result": "complete"}, f"{path}/pages/verify").status_code == 403
    assert bureau.steps(case) == ["verify"]
    budi.open(f"/desk/cases/{case}")
    assert budi.where == f"/applications/{case}"


def test_the_last_step_is_checked_once_more_before_the_permit_goes_out(bureau: Bureau, at_desk: AtDesk) -> None:
    case = bureau.apply()
    bureau.until(case, "approve")
    dewi = at_desk("dewi")
    path = opened(bureau, dewi, case, "approve")
    dewi.send({"result": "approve"}, f"{path}/pages/approve")
    assert dewi.where == f"{path}/check"
    assert "Ini tidak dapat dibatalkan." in dewi.text
    assert "Sari Wulandari" in dewi.text
    assert bureau.steps(case) == ["approve"]
    dewi.send({})
    assert f"Permohonan {bureau.number(case)}" in dewi.text
    assert "approve" not in bureau.steps(case)


def test_a_refusal_is_checked_once_more_with_its_reason(bureau: Bureau, at_desk: AtDesk) -> None:
    case = bureau.apply()
    bureau.answer("budi", case, "verify", result="refuse", reason="Titik di taman kota.")
    dewi = at_desk("dewi")
    path = opened(bureau, dewi, case, "decide_refusal")
    dewi.send({"reason_code": "forbidden_place", "reason": "Perda Nomor 5 melarang reklame di taman."}, f"{path}/pages/refusal")
    assert "Perda Nomor 5" in dewi.text
    assert "Ini tidak dapat dibatalkan." in dewi.text
    dewi.send({})
    assert "decide_refusal" not in bureau.steps(case)


def test_a_task_that_is_done_leads_to_the_file_of_the_application(bureau: Bureau, at_desk: AtDesk) -> None:
    case = bureau.apply()
    task = bureau.task(case, "verify")
    bureau.answer("budi", case, "verify")
    budi = at_desk("budi")
    budi.open(f"/desk/tasks/{task}")
    assert budi.where == f"/desk/cases/{case}"
    assert "Langkah “Periksa berkas” sudah selesai" in budi.text


def test_the_treasurer_sees_the_bill_beside_the_proof(bureau: Bureau, at_desk: AtDesk) -> None:
    case = bureau.apply()
    bureau.until(case, "confirm")
    nina = at_desk("nina")
    path = opened(bureau, nina, case, "confirm")
    assert "Rp25.185.000" in nina.text
    assert "Bukti transfer" in nina.text
    answer = nina.send(
        {"result": "received", "received_on.day": "2", "received_on.month": "6", "received_on.year": "2026", "amount": "1000"},
        f"{path}/pages/confirm",
    )
    assert answer.status_code == 422
    assert "kurang dari pajak" in nina.errors[0]


def test_a_task_that_is_not_there_is_not_found(bureau: Bureau, at_desk: AtDesk) -> None:
    budi = at_desk("budi")
    assert budi.open("/desk/tasks/00000000-0000-4000-8000-000000000000").status_code == 404
    case = bureau.apply()
    assert budi.open(f"/desk/tasks/{bureau.task(case, 'verify')}/pages/nothing").status_code == 404

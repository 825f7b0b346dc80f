"""The file of an application, and finding it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.timeline import Event
from portal.desk.told import SENTENCES, sentence
from tests.fixtures.doors import Clock
from tests.portal.conftest import Visitor
from tests.portal.desk.conftest import Bureau

AtDesk = Callable[[str], Visitor]
ENGINE = Path(__file__).parents[3] / "engine"


def test_the_file_tells_everything_about_a_finished_application(bureau: Bureau, at_desk: AtDesk, office) -> None:
    from engine import jobs

    case = bureau.apply()
    bureau.until(case, "approve")
    bureau.answer("dewi", case, "approve")
    jobs.run_due(bureau.store, office, bureau.clock())
    dewi = at_desk("dewi")
    assert dewi.open(f"/desk/cases/{case}").status_code == 200
    for said in (
        "Terbit", "Kopi Nusantara", "Tiang sesuai gambar.", "Rp25.185.000", "baris 5", "Perwal Bekasi 51/2024", "503/0001/REKLAME/2026",
        "Nina Kartika", "Selesai: Periksa berkas", "Dokumen terbit", "Mulai", "081234567890"[1:],
    ):  # fmt: skip
        assert said in dewi.text, said
    assert "case.ended" not in dewi.text


def test_a_replaced_answer_stays_readable_with_who_and_when(bureau: Bureau, at_desk: AtDesk, clock: Clock) -> None:
    case = bureau.apply()
    marks = [{"field": "isi_naskah", "reason": "Ejaan salah."}]
    bureau.answer("budi", case, "verify", result="return", marks=marks)
    clock.forward(hours=2)
    bureau.answer("081234567890", case, "revise", isi_naskah="Kopi Nusantara yang asli")
    budi = at_desk("budi")
    budi.open(f"/desk/cases/{case}")
    assert "Kopi Nusantara yang asli" in budi.text
    assert "1 nilai sebelumnya" in budi.text
    assert re.search(r"<del[^>]*>Kopi Nusantara, rasa asli petani</del>", budi.last.text)


def test_files_are_downloads_and_only_of_their_own_application(bureau: Bureau, at_desk: AtDesk) -> None:
    first, second = bureau.apply(), bureau.apply(name="Joko Susilo", login="081298765432")
    budi = at_desk("budi")
    budi.open(f"/desk/cases/{first}")
    path = re.search(rf"/desk/cases/{first}/files/[0-9A-Z]+", budi.last.text).group(0)
    answer = budi.client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert budi.client.get(path.replace(first, second)).status_code == 404
    assert at_desk("081298765432").client.get(path).status_code == 403


def test_a_draft_has_no_file_at_the_desk(bureau: Bureau, at_desk: AtDesk) -> None:
    from engine import cases, people

    with bureau.store.unit() as session:
        who = people.sign_up(session, name="Tono", phone="081311112222", email=None, password="kopi hitam tanpa gula", at=bureau.clock())
        case = cases.open_case(session, bureau.office, "reklame", applicant=who, by=who, at=bureau.clock()).id
    assert at_desk("budi").open(f"/desk/cases/{case}").status_code == 404


def test_the_diagram_shows_the_way_and_is_told_in_words(bureau: Bureau, at_desk: AtDesk) -> None:
    case = bureau.apply()
    bureau.answer("budi", case, "verify")
    budi = at_desk("budi")
    text = budi.open(f"/desk/cases/{case}").text
    for step, state in (("verify", "passed"), ("survey", "now"), ("road_check", "now"), ("approve", "next"), ("revise", "next")):
        assert re.search(rf'class="loket-bpmn__user is-{state}" id="bpmn-{step}"', text), step
    assert '<title id="bpmn-title">Perjalanan permohonan' in text
    assert re.search(r'<desc id="bpmn-desc">Sekarang di: [^<]*Survei titik reklame', text)
    assert re.search(r'<li aria-current="step">Survei titik reklame', text)
    assert "style=" not in text


def test_applications_are_found_by_number_name_phone_and_mail(bureau: Bureau, at_desk: AtDesk) -> None:
    sari = bureau.number(bureau.apply())
    joko = bureau.number(bureau.apply(name="Joko Susilo", login="joko@example.org"))
    budi = at_desk("budi")
    found = {
        "": {sari, joko}, sari: {sari}, sari.lower()[:-1]: {sari, joko}, "sari wul": {sari}, "0812 3456 7890": {sari},
        "joko@example.org": {joko},
        "tidak ada": set(), "%": set(),
    }  # fmt: skip
    for text, expected in found.items():
        budi.open(f"/desk/search?q={text.replace('%', '%25')}")
        assert {number for number in (sari, joko) if f">{number}<" in budi.last.text} == expected, text
    assert "Tidak ada permohonan yang cocok." in budi.text


def test_applications_are_filtered_by_permit_and_state(bureau: Bureau, at_desk: AtDesk, clock: Clock) -> None:
    running, returned = bureau.apply(), bureau.apply(name="Joko Susilo", login="081298765432")
    bureau.answer("budi", returned, "verify", result="return", marks=[{"field": "ktp", "reason": "Buram."}])
    names = {bureau.number(running): "running", bureau.number(returned): "returned"}
    budi = at_desk("budi")

    def shown(query: str) -> set[str]:
        text = budi.open(f"/desk/search?{query}").text
        return {name for number, name in names.items() if f">{number}<" in text}

    assert shown("state=running") == {"running", "returned"}
    assert shown("state=applicant") == {"returned"}
    assert shown("state=ended") == shown("state=issued") == shown("state=late") == set()
    assert shown("procedure=reklame") == {"running", "returned"}
    assert shown("procedure=other") == set()
    clock.forward(days=30)
    budi = at_desk("budi")
    assert shown("state=late") == {"running"}


def test_an_officer_without_a_desk_in_the_procedure_finds_nothing(bureau: Bureau, at_desk: AtDesk) -> None:
    from engine import people

    case = bureau.apply()
    with bureau.store.unit() as session:
        who = people.sign_up(
            session, name="Wati", phone=None, email="wati@example.org", password="kopi hitam tanpa gula", at=bureau.clock()
        )
        people.ensure_desk(session, "pengaduan", {"id": "Pengaduan"})
        people.add_to_desk(session, who, "pengaduan", by=None, at=bureau.clock())
    wati = at_desk("wati")
    wati.open("/desk/search")
    assert bureau.number(case) not in wati.text
    assert wati.open(f"/desk/cases/{case}").status_code == 404
    assert wati.open(f"/desk/tasks/{bureau.task(case, 'verify')}").status_code == 404


def words_of_cases() -> Iterator[str]:
    """Every word the engine tells a case's timeline."""
    for path in ENGINE.rglob("*.py"):
        for call in re.findall(r"timeline\.tell\((.*)", path.read_text(encoding="utf-8")):
            if "case=" in call:
                yield re.findall(r'"([a-z]+\.[a-z_]+)"', call)[0]


@pytest.mark.parametrize("word", sorted(set(words_of_cases())))
def test_every_event_of_a_case_has_a_sentence(word: str) -> None:
    assert word in SENTENCES


def test_an_event_nobody_knows_is_still_readable() -> None:
    assert sentence(Event(what="visit.moved_on", facts={}), None) == "Visit: moved on"

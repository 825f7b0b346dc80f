"""Lists: they show what is there in both languages, ask the database a bounded number of things, and count nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from admin.house.sentences import SENTENCES
from engine import calendar, jobs
from engine.cases import Case
from engine.people import Person
from engine.store import Errand, Store, enqueue, new_id
from engine.timeline import Event
from tests.admin.conftest import Statements
from tests.fixtures.visitors import Visitor
from tests.house.sources import ROOT

pytestmark = pytest.mark.sql
TOLD = re.compile(r'timeline\.tell\([\w.]+, "([a-z_.]+)"')

EXPECTED = {
    "people/": ("Rina", "Administrator"),
    "people/?show=all": ("Rina",),
    "desks/": ("Administrator", "verifikator"),
    "procedures/": ("Permit to display an advertisement", "Offered"),
    "procedures/reklame": ("Version 1", "current"),
    "procedures/reklame/1": ("process.bpmn", "Nothing is wrong", "Fingerprint"),
    "cases/": ("REKLAME-2026-00001", "Issued"),
    "cases/?show=ended": ("REKLAME-2026-00001",),
    "cases/?search=reklame-2026": ("REKLAME-2026-00001",),
    "tasks/?show=over": ("REKLAME-2026-00001", "Done"),
    "timers/?show=over": ("Timers",),
    "documents/": ("Valid",),
    "messages/": ("REKLAME-2026-00001",),
    "errands/?show=done": ("Carry out an automatic step", "Done"),
    "events/": ("Closed the office on", "HUT Kabupaten"),
    "events/?search=REKLAME-2026-00001": ("Issued the document",),
    "calendar/": ("HUT Kabupaten", "closed"),
    "system/": ("Worker", "Free disk space"),
    "": ("This needs somebody", "Worker"),
}


@pytest.fixture
def office_at_work(played: str, app_store: Store, rina: Person, clock) -> None:
    """A finished application, and a day of the office's own."""
    with app_store.unit() as db:
        calendar.set_own_day(db, clock().date() + timedelta(days=9), open=False, name="HUT Kabupaten", by=rina.id, at=clock())


@pytest.mark.usefixtures("office_at_work")
def test_every_list_shows_what_is_there(boss: Visitor) -> None:
    for path, texts in EXPECTED.items():
        answer = boss.get(f"/admin/{path}")
        assert answer.status_code == 200, path
        missing = [text for text in texts if text not in answer.text.replace("\u00a0", " ")]
        assert not missing, f"{path}: {missing}"


@pytest.mark.usefixtures("office_at_work")
def test_every_list_speaks_indonesian(boss: Visitor) -> None:
    boss.get("/?lang=id")
    expected = {"cases/": "Permohonan", "people/": "Petugas", "errands/": "Tugas sistem", "system/": "Sistem", "": "Administrasi"}
    for path, text in expected.items():
        answer = boss.get(f"/admin/{path}")
        assert '<html lang="id"' in answer.text
        assert text in answer.text
    assert "Meliburkan kantor pada" in boss.get("/admin/events/").text


@pytest.mark.usefixtures("office_at_work")
def test_every_list_asks_a_bounded_number_of_things(boss: Visitor, statements: Statements) -> None:
    for path in EXPECTED:
        boss.get(f"/admin/{path}")  # once before, so that the bundles are in memory
        with statements() as seen:
            boss.get(f"/admin/{path}")
        asked = [each for each in seen if each.startswith(("SELECT", "WITH"))]
        assert len(asked) <= 12, f"{path} asks {len(asked)} times:\n" + "\n".join(asked)


def test_more_rows_do_not_mean_more_statements(boss: Visitor, statements: Statements, app_store: Store, clock, seated) -> None:
    def asked() -> int:
        with statements() as seen:
            boss.get("/admin/people/")
        return len(seen)

    asked()
    before = asked()
    for number in range(20):
        seated(f"Petugas{number}", "verifikator")
    assert asked() == before


def test_events_call_a_message_as_the_applicants_page_does_and_none_is_a_bare_word(boss: Visitor, played: str) -> None:
    page = boss.get("/admin/events/?search=REKLAME-2026-00001").text
    assert "Wrote a message: We have received application REKLAME-2026-00001." in page
    assert "Wrote a message: Advertisement tax REKLAME-2026-00001: …." in page
    assert "message: received" not in page and "<code>" not in page
    boss.get("/?lang=id")
    assert "Menulis pesan: Permohonan REKLAME-2026-00001 kami terima." in boss.get("/admin/events/?search=REKLAME-2026-00001").text


def test_every_event_that_the_engine_tells_has_a_sentence() -> None:
    told = {word for path in (ROOT / "engine").rglob("*.py") for word in TOLD.findall(path.read_text("utf-8"))}
    assert len(told) > 40
    assert {word for word in told if word not in SENTENCES and f"{word}.open" not in SENTENCES} == set()


def test_a_hundred_thousand_events_are_never_counted(boss: Visitor, app_store: Store, statements: Statements, clock) -> None:
    rows = [{"id": new_id(), "at": clock(), "what": "case.complete", "case_id": None, "by": None, "facts": {}} for _ in range(100_000)]
    with app_store.unit() as db:
        db.execute(insert(Event), rows)
    with statements() as seen:
        first = boss.get("/admin/events/")
    assert not [each for each in seen if "count(" in each.lower()]
    assert first.text.count("The application is complete.") == 25
    second = first.text.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
    with statements() as seen:
        assert boss.get(second).text.count("The application is complete.") == 25
    assert [each for each in seen if re.search(r"journal\.id\)? < ", each)], "the second page begins where the first one ended"
    assert not [each for each in seen if "count(" in each.lower()]


def test_pages_follow_each_other_without_gap_or_double(boss: Visitor, app_store: Store, clock) -> None:
    with app_store.unit() as db:
        for number in range(60):
            enqueue(db, "send_notice", {"notice": "x"}, key=f"test:{number}", at=clock() + timedelta(minutes=number))
    with app_store.reading() as db:
        expected = set(db.scalars(select(Errand.id)))
    seen: list[str] = []
    path: str | None = "/admin/errands/"
    while path:
        text = boss.get(path).text
        seen += [part.partition('"')[0] for part in text.split('href="/admin/errands/')[1:] if len(part.partition('"')[0]) == 26]
        following = text.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
        path = following if 'rel="next"' in text else None
    assert len(seen) == 60
    assert set(seen) == expected


def test_what_is_late_stands_out(boss: Visitor, played: str, app_store: Store, clock) -> None:
    with app_store.unit() as db:
        case = db.get_one(Case, played)
        case.ended_at, case.outcome, case.due_at = None, None, clock() - timedelta(days=400)
    assert "is-late" in boss.get("/admin/cases/?show=running").text


def test_an_unknown_event_is_shown_by_its_word(boss: Visitor, app_store: Store, clock) -> None:
    with app_store.unit() as db:
        db.add(Event(what="moon.rose", by=None, at=clock(), facts={"phase": "<b>full</b>"}))
    text = boss.get("/admin/events/").text
    assert "moon.rose" in text
    assert "<b>full" not in text


def test_the_system_page_says_when_the_worker_is_well(boss: Visitor, app_store: Store, clock) -> None:
    assert "no sign of life" in boss.get("/admin/system/").text
    jobs.beat(app_store, "worker", clock())
    assert "Everything is well" in boss.get("/admin/system/").text
    clock.forward(minutes=10)
    assert "Start it with: loket serve" in boss.get("/admin/system/").text

"""Deadlines of steps and cases, the clock that stands while somebody else is awaited, and timers that ring once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine import cases, timeline
from engine.notices import Notice
from engine.store import Errand, Store
from tests.engine.cases.scene import Scene, billboard, race, small_ads
from tests.engine.cases.small import begun_with_timer, stall, stall_case

MARKS = [{"field": "isi_naskah", "reason": "Kurang."}]


def end_of(day: int, month: int = 6) -> datetime:
    """The end of service on a day of 2026 in Jakarta: 16.00, on a Friday 16.30."""
    moment = datetime(2026, month, day, 9, 0, tzinfo=UTC)
    return moment + timedelta(minutes=30) if moment.weekday() == 4 else moment


def due(scene: Scene, step: str) -> datetime | None:
    return scene.rows(cases.Task, cases.Task.id == scene.task(step))[0].due_at


def wake(scene: Scene) -> None:
    with scene.store.unit() as session:
        cases.wake(session, scene.office, scene.case, at=scene.now)


def returned(store: Store, tmp_path: Path) -> Scene:
    scene = small_ads(store, tmp_path).play(("joko", "application"))
    scene.do("budi", "verify", {"result": "return", "marks": MARKS})
    return scene


def test_a_step_is_due_at_the_end_of_its_last_working_day(store: Store, tmp_path: Path) -> None:
    scene = billboard(store, tmp_path).play(("sari", "application"))
    assert due(scene, "verify") == end_of(3)
    scene.now = datetime(2026, 6, 4, 8, 59, tzinfo=UTC)  # Thursday, a minute before closing
    scene.play(("budi", "verify"))
    assert due(scene, "survey") == due(scene, "road_check") == end_of(8)  # Friday and Monday
    assert due(scene, "application") is None


def test_the_case_has_the_days_of_its_class_and_they_are_counted_from_complete_papers(store: Store, tmp_path: Path) -> None:
    five = billboard(store, tmp_path).play(("sari", "application"))
    assert five.row().due_at == end_of(9)  # Tuesday 2 June and five working days
    five.now += timedelta(days=1)
    five.play(("budi", "verify"))
    assert (five.row().complete_since, five.row().due_at) == (five.now, end_of(10))


def test_the_two_day_class_has_two_days(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path)
    assert scene.row().due_at is None
    scene.play(("joko", "application"))
    assert scene.row().due_at == end_of(4)


def test_the_clock_stands_while_a_correction_is_awaited(store: Store, tmp_path: Path) -> None:
    scene = returned(store, tmp_path)
    assert scene.row().due_at is None
    with store.reading() as session:
        status = cases.status_of(session, scene.row())
        assert (status.word, status.stopped, status.due) == ("yours", True, None)
    scene.now = datetime(2026, 6, 10, 2, 0, tzinfo=UTC)  # Wednesday of the next week
    scene.do("joko", "revise", {"isi_naskah": "Baru"})
    assert scene.row().due_at == end_of(11)  # six closings were not the office's


def test_the_clock_stands_while_a_payment_is_awaited_and_matched(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"), ("budi", "verify"))
    assert scene.row().due_at is None
    with store.reading() as session:
        assert cases.status_of(session, scene.row()).word == "payment"
    scene.now = datetime(2026, 6, 8, 2, 0, tzinfo=UTC)
    scene.play(("joko", "pay"))
    assert scene.row().due_at is None
    scene.now = datetime(2026, 6, 9, 2, 0, tzinfo=UTC)
    scene.play(("nina", "confirm"))
    assert scene.row().due_at == end_of(10)


def test_an_ended_case_keeps_the_date_it_was_promised(store: Store, tmp_path: Path) -> None:
    way = (("joko", "application"), ("budi", "verify"), ("joko", "pay"), ("nina", "confirm"), ("rudi", "initial"))
    scene = small_ads(store, tmp_path).play(*way)
    promised = scene.row().due_at
    assert promised is not None
    scene.now += timedelta(days=30)
    scene.play(("dewi", "approve"))
    assert (scene.row().due_at, scene.row().ended_at) == (promised, scene.now)


def test_a_lapsed_application_is_told_once_however_often_the_clock_is_asked(store: Store, tmp_path: Path) -> None:
    scene = returned(store, tmp_path)
    (timer,) = scene.rows(cases.Timer)
    assert timer.due_at == end_of(23)  # fourteen working days; 16 June is a holiday
    scene.now = timer.due_at - timedelta(seconds=1)
    before = scene.dump()
    wake(scene)
    assert scene.work() == []
    assert scene.dump() == before
    scene.now = timer.due_at
    wake(scene)
    assert scene.row().outcome == "lapsed"
    after = scene.dump()
    wake(scene)
    wake(scene)
    assert scene.work() == []
    assert scene.dump() == after
    assert [each.what for each in scene.rows(Notice)].count("lapsed") == 1
    with store.reading() as session:
        assert [each.what for each in timeline.of_case(session, scene.case)].count("timer.rang") == 1
        assert cases.claim_due(session, scene.now + timedelta(days=99)) is None


def test_a_correction_in_time_takes_the_timer_away(store: Store, tmp_path: Path) -> None:
    scene = returned(store, tmp_path)
    scene.now += timedelta(days=5)
    scene.do("joko", "revise", {"isi_naskah": "Baru"})
    assert scene.rows(cases.Timer)[0].over_at == scene.now
    scene.now += timedelta(days=60)
    assert scene.work() == []
    assert scene.waiting() == ["verify"]


def test_several_workers_ring_a_timer_once(store: Store, tmp_path: Path) -> None:
    scene = returned(store, tmp_path)
    scene.now = scene.rows(cases.Timer)[0].due_at
    assert race(*(lambda: wake(scene) for _ in range(3))) == [None, None, None]
    assert scene.row().outcome == "lapsed"
    assert [each.what for each in scene.rows(Notice)].count("lapsed") == 1


def test_a_timer_that_fails_does_not_stand_in_the_way_of_the_next_case(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path, stall(begun_with_timer()))
    scene.do("sari", "application", {"area": "1"})
    broken = scene.case
    scene.now += timedelta(minutes=5)
    scene.open("sari")
    scene.do("sari", "application", {"area": "1"})
    with store.unit() as session:
        row = session.get_one(cases.Case, broken)
        state, row.state = row.state, b"not a state"
    scene.now += timedelta(days=10)
    troubles = scene.work()
    assert len(troubles) == 1
    assert broken in troubles[0]
    assert scene.waiting() == ["verify"]
    (again,) = scene.rows(Errand, Errand.name == cases.WAKE)
    assert (again.case_id, again.run_at) == (broken, scene.now + timedelta(minutes=1))
    assert scene.work() == []  # not before its pause is over, and not by the clock again
    scene.now += timedelta(minutes=1)
    assert len(scene.work()) == 1
    with store.unit() as session:
        session.get_one(cases.Case, broken).state = state
    scene.now += timedelta(minutes=1)
    assert scene.work() == []
    scene.case = broken
    assert scene.waiting() == ["verify"]

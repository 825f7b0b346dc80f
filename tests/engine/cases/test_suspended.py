"""A suspended case stands still with all its deadlines; a message lets go on what waits for it, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from engine import cases, flow
from engine.cases import BadMessage, MessageUsed, NotAllowed, NothingWaits, WrongUntil
from engine.store import Store
from tests.engine.cases.scene import Scene, billboard, race, small_ads
from tests.engine.cases.small import stall, stall_case
from tests.engine.cases.test_deeds import WHY, deed, notices, told
from tests.engine.cases.test_time import due, end_of, returned
from tests.engine.cases.test_verbs import refused
from tests.engine.flow.drawing import Drawing

# suspend and resume


def test_a_suspended_case_stands_still_and_goes_on_by_itself_with_all_its_deadlines_moved(store: Store, tmp_path: Path) -> None:
    scene = billboard(store, tmp_path).play(("sari", "application"))
    assert (due(scene, "verify"), scene.row().due_at) == (end_of(3), end_of(9))
    until = datetime(2026, 6, 9, 17, 0, tzinfo=UTC)  # midnight in Jakarta: up to and with Tuesday the 9th
    deed(scene, "rudi", "suspend", until=until, reason=WHY)
    assert (due(scene, "verify"), scene.row().due_at) == (end_of(10), end_of(17))
    with store.reading() as session:
        status = cases.status_of(session, session.get_one(cases.Case, scene.case))
    assert status.suspended == cases.Suspended(scene.now, until, WHY)
    assert status.stopped
    assert WHY in notices(scene)[-1].body
    assert "9 Juni 2026" in notices(scene)[-1].body
    answers = scene.check("budi", scene.task("verify"), {"result": "complete"})
    why = refused(scene, NotAllowed, lambda: scene.complete("budi", scene.task("verify"), answers))
    assert why.facts["why"] == "goes_on"
    refused(scene, NotAllowed, lambda: deed(scene, "rudi", "suspend", until=until + timedelta(days=2), reason=WHY))
    scene.now = until - timedelta(seconds=1)
    assert scene.work() == []
    assert scene.row().suspended_until == until
    scene.now = until + timedelta(minutes=3)
    assert scene.work() == []
    assert scene.row().suspended_until is None
    assert (due(scene, "verify"), scene.row().due_at) == (end_of(10), end_of(17))
    assert told(scene)[-2:] == ["case.resumed", "notice.written"]
    scene.play(("budi", "verify"))
    assert scene.row().due_at == end_of(17) or scene.row().complete_since is not None


def test_a_case_that_goes_on_early_gets_its_days_back(store: Store, tmp_path: Path) -> None:
    scene = billboard(store, tmp_path).play(("sari", "application"))
    deed(scene, "rudi", "suspend", until=datetime(2026, 6, 30, 17, 0, tzinfo=UTC), reason=WHY)
    refused(scene, NotAllowed, lambda: deed(scene, "budi", "resume"))
    scene.now = datetime(2026, 6, 3, 3, 0, tzinfo=UTC)
    deed(scene, "rudi", "resume")
    assert (due(scene, "verify"), scene.row().due_at) == (end_of(3), end_of(9))  # the first day never counts
    assert scene.rows(cases.Task, cases.Task.id == scene.task("verify"))[0].turn_at == end_of(3)
    refused(scene, NotAllowed, lambda: deed(scene, "rudi", "resume"))
    scene.now = datetime(2026, 7, 2, 3, 0, tzinfo=UTC)
    before = scene.dump()["case_file"]
    assert scene.work() == []
    assert scene.dump()["case_file"] == before  # the day that was announced means nothing any more


def test_the_applicants_time_stands_still_too_and_they_may_answer_meanwhile(store: Store, tmp_path: Path) -> None:
    scene = returned(store, tmp_path)
    (timer,) = scene.rows(cases.Timer)
    assert timer.due_at == end_of(23)
    until = datetime(2026, 6, 9, 17, 0, tzinfo=UTC)
    deed(scene, "rudi", "suspend", until=until, reason=WHY)
    moved = end_of(30)  # the ends of 3, 4, 5, 8 and 9 June lie in it
    assert scene.rows(cases.Timer)[0].due_at == moved
    scene.now = until + timedelta(minutes=1)
    assert scene.work() == []
    scene.now = end_of(23)
    assert scene.work() == []
    assert scene.waiting() == ["revise"]
    scene.now = moved
    assert scene.work() == []
    assert scene.row().outcome == "lapsed"


def test_what_the_applicant_sends_meanwhile_opens_steps_whose_days_count_from_when_the_case_goes_on(store: Store, tmp_path: Path) -> None:
    scene = returned(store, tmp_path)
    deed(scene, "rudi", "suspend", until=datetime(2026, 6, 9, 17, 0, tzinfo=UTC), reason=WHY)
    scene.now += timedelta(days=1)
    scene.do("joko", "revise", {"isi_naskah": "Baru"})
    assert (scene.waiting(), due(scene, "verify")) == (["verify"], end_of(10))
    scene.now = datetime(2026, 6, 4, 3, 0, tzinfo=UTC)
    deed(scene, "rudi", "resume")
    assert due(scene, "verify") == end_of(4)
    scene.do("budi", "verify", {"result": "complete"})


def test_an_automatic_step_waits_for_the_end_of_a_suspension(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path)
    scene.do("sari", "application", {"area": "1"})
    scene.do("budi", "verify", {"result": "yes"})  # the letter is an errand now
    deed(scene, "admin", "suspend", until=scene.now + timedelta(days=9), reason=WHY)
    assert scene.work() == []
    assert scene.row().outcome is None
    deed(scene, "admin", "resume")
    assert scene.work() == []
    assert scene.row().outcome == "issued"


def test_a_suspension_ends_on_a_day_to_come_and_a_stop_ends_it(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"))
    for until in (scene.now, scene.now - timedelta(days=1), scene.now + timedelta(days=800)):
        refused(scene, WrongUntil, lambda until=until: deed(scene, "rudi", "suspend", until=until, reason=WHY))
    deed(scene, "rudi", "suspend", until=scene.now + timedelta(days=30), reason=WHY)
    deed(scene, "rudi", "stop", reason=WHY)
    assert scene.row().suspended_until is None
    assert [pause.over_at for pause in scene.rows(cases.Pause)] == [scene.now]


# messages


def waits_for_news() -> Drawing:
    """application, receive, the message `news`, then verify."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive", notice="no")
    pen.receive("waits", "news").user("verify", desk="verifikator", days="1", public="verify").choice("ok", "is_refused")
    pen.service("issue", "issue", letter="permit").end("issued").end("refused")
    pen.chain("begin", "application", "receive", "waits", "verify", "ok").chain("issue", "issued")
    return pen.flow("ok", "issue", '= verify.result = "yes"', "is_ok").flow("ok", "refused", ident="is_refused")


def receive(scene: Scene, key: str = "pay-1", message: str = "news", who: str | None = None, number: str = "", **payload: Any) -> bool:
    with scene.store.unit() as session:
        by = scene.person(session, who) if who else None
        return cases.receive(session, scene.office, message, payload, key=key, case=number or scene.case, by=by, at=scene.now)


def test_a_message_lets_the_case_go_on_once_however_often_it_comes(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path, stall(waits_for_news()))
    scene.do("sari", "application", {"area": "1"})
    with store.reading() as session:
        assert cases.awaited(session, scene.bundle, session.get_one(cases.Case, scene.case)) == ("news",)
    got = race(*(lambda: receive(scene, number=str(scene.row().number), news={"amount": 5, "on": "2026-06-02"}) for _ in range(3)))
    assert sorted(got) == [False, False, True]
    assert scene.waiting() == ["verify"]
    assert told(scene).count("message.received") == 1
    with store.reading() as session:
        case = session.get_one(cases.Case, scene.case)
        assert flow.snapshot(scene.bundle.process, case.state).facts["waits"] == {"news": {"amount": 5, "on": "2026-06-02"}}
    refused(scene, NothingWaits, lambda: receive(scene, key="pay-2"))
    refused(scene, NothingWaits, lambda: receive(scene, key="pay-3", message="nonsense"))
    refused(scene, MessageUsed, lambda: receive(scene, key="pay-1", message="other"))


def test_a_message_cannot_write_over_what_the_procedure_writes_and_is_refused_where_it_is_none(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path, stall(waits_for_news()))
    scene.do("sari", "application", {"area": "1"})
    for payload in ({"a b": 1}, {"big": "x" * 70_000}, {"thing": object()}):
        refused(scene, BadMessage, lambda payload=payload: receive(scene, **payload))
    for key in ("", " ", "x" * 200, "a\0b"):
        refused(scene, BadMessage, lambda key=key: receive(scene, key=key))
    refused(scene, NotAllowed, lambda: receive(scene, who="sari"))
    assert receive(scene, who="budi", application={"area": 9}, verify=1, case=1)
    assert scene.waiting() == ["verify"]
    with store.reading() as session:
        facts = flow.snapshot(scene.bundle.process, session.get_one(cases.Case, scene.case).state).facts
        assert (facts["application"], facts["waits"]) == ({"area": 1}, {"application": {"area": 9}, "verify": 1, "case": 1})
        assert not {"verify", "case"} & set(facts)

"""The deeds that no step foresees: stop, open again, send back, suspend, receive a message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from engine import cases, documents, flow, timeline
from engine.cases import (
    BadMessage,
    CannotGoTo,
    CaseEnded,
    LaterCase,
    MessageUsed,
    NeedsStep,
    NotAllowed,
    NothingWaits,
    PermitIssued,
    ReasonNeeded,
    WrongOutcome,
    WrongUntil,
)
from engine.notices import Notice
from engine.store import Store
from tests.engine.cases.scene import Scene, billboard, race, small_ads
from tests.engine.cases.small import choice, stall, stall_case
from tests.engine.cases.test_time import due, end_of, returned
from tests.engine.cases.test_verbs import refused
from tests.engine.flow.drawing import Drawing

ONE_DAY = timedelta(days=1)
WHY = "Berkas asli hilang saat banjir."


def deed(scene: Scene, who: str, verb: str, **more: Any) -> Any:
    """One of the verbs, in a unit of its own."""
    with scene.store.unit() as session:
        return getattr(cases, verb)(session, scene.office, scene.case, by=scene.person(session, who), at=scene.now, **more)


def told(scene: Scene) -> list[str]:
    with scene.store.reading() as session:
        return [event.what for event in timeline.of_case(session, scene.case)]


def notices(scene: Scene) -> list[Notice]:
    return scene.rows(Notice, Notice.case_id == scene.case)


def open_steps(scene: Scene) -> list[str]:
    return [each.step for each in scene.rows(cases.Task, cases.Task.case_id == scene.case, cases.tables.OPEN)]


def seats(scene: Scene) -> list[str]:
    """The desks at which the case waits."""
    first = [task.desk for task in scene.rows(cases.Task, cases.Task.case_id == scene.case, cases.tables.OPEN) if task.desk]
    return sorted([*first, *(seat.desk for seat in scene.rows(cases.Seat))])


# stop


def test_a_stopped_case_is_ended_with_its_reason_its_bill_waived_and_the_applicant_told(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"), ("budi", "verify"))
    assert [fee.is_open for fee in scene.fees()] == [True]
    deed(scene, "rudi", "stop", reason=WHY)
    row = scene.row()
    assert (row.outcome, row.ended_at, scene.waiting(), scene.rows(cases.Seat)) == ("stopped", scene.now, [], [])
    assert not any(fee.is_open for fee in scene.fees())
    (last,) = [each for each in notices(scene) if each.what == "stopped"]
    assert WHY in last.body
    assert row.number in last.subject
    assert [each.text for each in scene.rows(cases.Remark)] == [WHY]
    assert {"case.stopped", "case.ended", "fee.dropped"} <= set(told(scene))
    with store.reading() as session:
        event = timeline.last(session, scene.case, "case.stopped")
        assert WHY not in str(event.facts)  # events are kept in the clear for ever
        bundle = scene.bundle
        assert (cases.retention_of(bundle, "stopped"), cases.retention_of(bundle, "lapsed")) == ("P2Y", "P2Y")
    refused(scene, CaseEnded, lambda: deed(scene, "rudi", "stop", reason=WHY))


def test_stopping_needs_a_reason_a_known_outcome_and_somebody_who_leads(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"))
    for reason in ("", "  ", "x" * 1001):
        refused(scene, ReasonNeeded, lambda reason=reason: deed(scene, "rudi", "stop", reason=reason))
    assert cases.outcomes_to_stop(scene.bundle) == ("stopped", "lapsed", "withdrawn")
    for outcome in ("issued", "refused", "nonsense"):
        refused(scene, WrongOutcome, lambda outcome=outcome: deed(scene, "rudi", "stop", reason=WHY, outcome=outcome))
    refused(scene, NotAllowed, lambda: deed(scene, "budi", "stop", reason=WHY))
    deed(scene, "admin", "stop", reason=WHY, outcome="lapsed")
    assert scene.row().outcome == "lapsed"


# reopen


def test_a_stopped_case_goes_back_to_the_state_it_had_with_bill_timer_draft_and_who_has_it(store: Store, tmp_path: Path) -> None:
    scene = billboard(store, tmp_path).play(("sari", "application"), ("budi", "verify"), ONE_DAY, ("tuti", "survey"))
    with store.unit() as session:
        task, agus = scene.task("road_check"), scene.person(session, "agus")
        cases.claim(session, task, by=agus, at=scene.now)
        cases.keep_typed(session, scene.office, task, {"result": "ok"}, page="road_check", by=agus, at=scene.now)
    before, was_due, promised = open_steps(scene), due(scene, "road_check"), scene.row().due_at
    deed(scene, "rudi", "stop", reason=WHY)
    scene.now += timedelta(days=7)
    deed(scene, "rudi", "reopen", reason="Keliru menutup.")
    row, task = scene.row(), scene.rows(cases.Task, cases.Task.id == task)[0]
    assert (row.ended_at, row.outcome, open_steps(scene)) == (None, None, before)
    assert (task.assignee, task.draft["raw"]) == (scene.cast["agus"], {"result": "ok"})
    assert seats(scene) == ["satpol_pp"]
    calendar = scene.office.calendar
    assert task.due_at > was_due
    assert calendar.working_days_between(was_due, task.due_at) == calendar.working_days_between(promised, row.due_at) == 5
    assert [each.what for each in notices(scene)][-1] == "reopened"
    scene.play(("agus", "road_check"), ("sari", "pay"), ("nina", "confirm"), ("rudi", "initial"), ("dewi", "approve"))
    assert scene.row().outcome == "issued"


def test_a_bill_that_was_waived_is_asked_for_again_and_timers_run_on(store: Store, tmp_path: Path) -> None:
    scene = returned(store, tmp_path)
    rings = scene.rows(cases.Timer)[0].due_at
    deed(scene, "rudi", "stop", reason=WHY)
    assert scene.rows(cases.Timer, cases.Timer.over_at.is_(None)) == []
    scene.now += timedelta(days=7)
    deed(scene, "rudi", "reopen", reason=WHY)
    (timer,) = scene.rows(cases.Timer, cases.Timer.over_at.is_(None))
    assert scene.office.calendar.working_days_between(rings, timer.due_at) == 4  # the ends of 3, 4, 5 and 8 June
    scene.do("joko", "revise", {"isi_naskah": "Baru"})
    scene.do("budi", "verify", {"result": "complete"})
    assert sum(fee.is_open for fee in scene.fees()) == 1
    deed(scene, "rudi", "stop", reason=WHY)
    deed(scene, "rudi", "reopen", reason=WHY)
    assert sum(fee.is_open for fee in scene.fees()) == 1
    assert scene.waiting() == ["pay"]


def test_a_refusal_by_mistake_is_taken_back_to_a_step_and_its_letter_revoked(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path, stall(refusing()))
    scene.do("sari", "application", {"area": "1"})
    scene.do("budi", "verify", {"result": "no"})
    assert scene.work() == []
    assert scene.row().outcome == "refused"
    refused(scene, NeedsStep, lambda: deed(scene, "admin", "reopen", reason=WHY))
    refused(scene, CannotGoTo, lambda: deed(scene, "admin", "reopen", reason=WHY, to="issue"))
    deed(scene, "admin", "reopen", reason=WHY, to="verify")
    with store.reading() as session:
        assert [document.revoked_reason for document in documents.of_case(session, scene.case)] == [WHY]
    assert (scene.waiting(), seats(scene)) == (["verify"], ["verifikator"])
    scene.do("budi", "verify", {"result": "yes"})
    assert scene.work() == []
    assert scene.row().outcome == "issued"
    refused(scene, PermitIssued, lambda: deed(scene, "admin", "reopen", reason=WHY, to="verify"))


def refusing() -> Drawing:
    """As `straight`, where a refusal is a letter."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive", notice="no")
    pen.user("verify", desk="verifikator", days="1", public="verify").choice("ok", "is_refused")
    pen.service("issue", "issue", letter="permit", signed_by="verify").service("tell", "issue", letter="refusal", signed_by="verify")
    pen.end("issued").end("refused").chain("begin", "application", "receive", "verify", "ok").chain("issue", "issued")
    pen.chain("tell", "refused")
    return pen.flow("ok", "issue", '= verify.result = "yes"', "is_ok").flow("ok", "tell", ident="is_refused")


def test_a_withdrawn_case_is_opened_again_but_not_beside_a_later_one(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path)
    scene.do("sari", "application", {"area": "1"})
    deed(scene, "sari", "withdraw")
    first = scene.case
    scene.open("sari")
    scene.do("sari", "application", {"area": "2"})
    second, scene.case = scene.case, first
    later = refused(scene, LaterCase, lambda: deed(scene, "admin", "reopen", reason=WHY))
    assert str(later.facts["number"]).startswith("STALL-2026-")
    scene.case = second
    refused(scene, NotAllowed, lambda: deed(scene, "admin", "reopen", reason=WHY))  # it runs
    deed(scene, "sari", "withdraw")
    scene.case = first
    deed(scene, "admin", "reopen", reason=WHY)
    assert scene.waiting() == ["verify"]


# send back


def test_a_case_goes_back_to_an_earlier_step_with_all_that_was_answered(store: Store, tmp_path: Path) -> None:
    scene = billboard(store, tmp_path).play(("sari", "application"), ("budi", "verify"), ONE_DAY, ("tuti", "survey"))
    assert open_steps(scene) == ["road_check"]
    deed(scene, "rudi", "send_back", to="survey", reason=WHY)
    assert sorted(open_steps(scene)) == ["road_check", "survey"]  # the branch beside goes on
    (task,) = scene.rows(cases.Task, cases.Task.step == "survey", cases.tables.OPEN)
    assert task.draft["raw"]["result"] == scene.deeds["survey"].answers["result"]
    deed(scene, "rudi", "send_back", to="verify", reason=WHY)
    assert open_steps(scene) == ["verify"]
    with store.reading() as session:
        file = cases.case_file(session, scene.person(session, "rudi"), scene.case)
        assert file.answers["survey"] and file.answers["application"]
        assert [each.facts["to"] for each in file.events if each.what == "case.sent_back"] == ["survey", "verify"]
        assert {each.text for each in file.remarks.values()} == {WHY}
    scene.play(("budi", "verify"), ("tuti", "survey"), ("agus", "road_check"), ONE_DAY, ("sari", "pay"))
    scene.play(("nina", "confirm"), ("rudi", "initial"), ("dewi", "approve"))
    assert scene.row().outcome == "issued"


def test_the_applicant_is_told_in_words_when_the_step_is_theirs_and_begins_with_their_answers(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"))
    count = len(notices(scene))
    deed(scene, "rudi", "send_back", to="application", reason=WHY)
    assert scene.waiting() == ["application"]
    (said,) = notices(scene)[count:]
    assert WHY in said.body
    with store.reading() as session:
        page = cases.task_page(session, scene.person(session, "joko"), scene.task("application"))
        assert page.draft["nama"] == scene.deeds["application"].answers["nama"]
        assert page.draft["ktp"][0] in page.kept
    scene.do("joko", "application", {**page.draft}, {})
    assert scene.waiting() == ["verify"]
    assert len({row.number for row in scene.rows(cases.Case)}) == 1


def test_an_officer_who_holds_the_task_may_send_back_to_the_steps_that_it_names(store: Store, tmp_path: Path) -> None:
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive")
    pen.user("verify", desk="verifikator", public="verify").user("second", desk="bendahara", may_send_back="verify").choice("ok", "no")
    pen.end("issued").end("refused").chain("begin", "application", "receive", "verify", "second", "ok")
    pen.flow("ok", "issued", '= second.result = "yes"', "yes").flow("ok", "refused", ident="no")
    scene = stall_case(store, tmp_path, stall(pen, **{"forms/second.json": choice("second")}))
    scene.do("sari", "application", {"area": "1"})
    scene.do("budi", "verify", {"result": "yes"})
    task = scene.task("second")
    refused(scene, NotAllowed, lambda: deed(scene, "nina", "send_back", to="verify", reason=WHY, task=task))  # not taken
    with store.unit() as session:
        cases.claim(session, task, by=scene.person(session, "nina"), at=scene.now)
    refused(scene, NotAllowed, lambda: deed(scene, "nina", "send_back", to="application", reason=WHY, task=task))
    refused(scene, NotAllowed, lambda: deed(scene, "rudi", "send_back", to="verify", reason=WHY, task=task))
    deed(scene, "nina", "send_back", to="verify", reason=WHY, task=task)
    assert scene.waiting() == ["verify"]


def test_a_step_that_was_not_reached_or_is_open_cannot_be_gone_back_to(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"))
    for to in ("verify", "approve", "nowhere", "receive_it"):
        refused(scene, CannotGoTo, lambda to=to: deed(scene, "rudi", "send_back", to=to, reason=WHY))
    refused(scene, ReasonNeeded, lambda: deed(scene, "rudi", "send_back", to="application", reason=" "))
    with store.reading() as session:
        case = session.get_one(cases.Case, scene.case)
        assert cases.steps_back(cases.hold(session, scene.office, case, None, scene.now)) == ("application",)


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
        assert flow.snapshot(scene.bundle.process, case.state).facts["news"] == {"amount": 5, "on": "2026-06-02"}
    refused(scene, NothingWaits, lambda: receive(scene, key="pay-2"))
    refused(scene, NothingWaits, lambda: receive(scene, key="pay-3", message="nonsense"))
    refused(scene, MessageUsed, lambda: receive(scene, key="pay-1", message="other"))


def test_a_message_is_refused_that_would_write_over_what_the_procedure_writes(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path, stall(waits_for_news()))
    scene.do("sari", "application", {"area": "1"})
    for payload in ({"application": {"area": 9}}, {"verify": 1}, {"case": 1}, {"a b": 1}, {"big": "x" * 70_000}, {"thing": object()}):
        refused(scene, BadMessage, lambda payload=payload: receive(scene, **payload))
    for key in ("", " ", "x" * 200, "a\0b"):
        refused(scene, BadMessage, lambda key=key: receive(scene, key=key))
    refused(scene, NotAllowed, lambda: receive(scene, who="sari"))
    assert receive(scene, who="budi")
    assert scene.waiting() == ["verify"]

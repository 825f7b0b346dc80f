"""The deeds that no step foresees: stop, open again, send back, suspend, receive a message."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine import cases, documents, timeline
from engine.cases import (
    CannotGoTo,
    CaseEnded,
    LaterCase,
    NeedsStep,
    NotAllowed,
    PermitIssued,
    ReasonNeeded,
    WrongOutcome,
)
from engine.cases.hand import at_hand
from engine.notices import Notice
from engine.store import Store
from tests.engine.cases.scene import Scene, billboard, small_ads
from tests.engine.cases.small import choice, stall, stall_case
from tests.engine.cases.test_time import due, returned
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
    assert scene.work() == []
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


def test_a_verb_that_forgets_what_is_at_hand_is_found_out(store: Store, tmp_path: Path, what_is_at_hand_is_true: list[str]) -> None:
    """What every test of this room is watched for, seen to be seen."""
    scene = stall_case(store, tmp_path)
    scene.do("sari", "application", {"area": "1"})
    assert what_is_at_hand_is_true.count(scene.case) > 1

    def forgetful() -> None:
        with store.unit() as session:
            session.get_one(cases.Task, scene.task("application")).done_by = scene.cast["budi"]

    with pytest.raises(AssertionError, match="did"):
        forgetful()
    with store.unit() as session:
        session.get_one(cases.Case, scene.case).at_hand = None


def test_what_an_older_version_of_loket_had_at_hand_is_gathered_again(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"), ("budi", "verify"))
    with store.unit() as session:
        case = session.get_one(cases.Case, scene.case)
        kept = {**(case.at_hand or {})}
        assert kept.pop("charged") == ["charge"]
        case.at_hand = kept
        assert at_hand(session, case).charged == ["charge"]
        case.at_hand = None

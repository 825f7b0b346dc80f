"""Who may do what: every right, every kind of person, every state of a case. The table is written out here once more, by hand."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine import cases, people
from engine.cases.context import ask, load_task
from engine.cases.may import refusal
from engine.store import NotFound, Store
from tests.engine.cases.scene import Scene, small_ads

EVERYBODY = ("joko", "sari", "budi", "beni", "nina", "rudi", "dewi", "sinta", "admin", "tuti", "agus")
CASE_RIGHTS = ("see the case", "see the staff's file", "withdraw", "discard")
TASK_RIGHTS = ("see the task", "claim", "release", "complete")
LEAD_RIGHTS = ("send back", "stop", "reopen", "suspend", "resume")
OTHER_RIGHTS = ("receive a message", "move cases")
STAFF = {"budi", "beni", "nina", "rudi", "dewi", "sinta", "tuti", "agus", "admin"}


def allowed(scene: Scene, right: str, step: str | None = None) -> set[str]:
    """Everybody who may."""
    with scene.store.reading() as session:
        case = session.get_one(cases.Case, scene.case)
        task = load_task(session, scene.task(step)) if step else None
        return {who for who in EVERYBODY if cases.may(right, ask(session, scene.person(session, who), case, task))}


def leading(scene: Scene, right: str) -> set[str]:
    """Everybody who may do what no step foresees."""
    with scene.store.reading() as session:
        case = session.get_one(cases.Case, scene.case)
        return {who for who in EVERYBODY if cases.may(right, cases.ask_leading(session, scene.person(session, who), case))}


def why(scene: Scene, who: str, right: str, step: str) -> str | None:
    with scene.store.reading() as session:
        case = session.get_one(cases.Case, scene.case)
        return refusal(right, ask(session, scene.person(session, who), case, load_task(session, scene.task(step))))


def close(scene: Scene, who: str) -> None:
    with scene.store.unit() as session:
        scene.person(session, who).active = False


def test_every_right_is_in_this_test() -> None:
    assert set(cases.RIGHTS) - {"open a case"} == {*CASE_RIGHTS, *TASK_RIGHTS, *LEAD_RIGHTS, *OTHER_RIGHTS}


def test_a_draft_is_its_applicants_alone(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path)
    assert {right: allowed(scene, right) for right in CASE_RIGHTS} == {
        "see the case": {"joko"},
        "see the staff's file": set(),
        "withdraw": {"joko"},
        "discard": {"joko"},
    }
    assert {right: allowed(scene, right, "application") for right in TASK_RIGHTS} == {
        "see the task": {"joko"},
        "claim": {"joko"},
        "release": set(),
        "complete": {"joko"},
    }


def test_a_submitted_case_is_seen_by_its_applicant_and_the_offices_desks_and_worked_on_by_the_desk_of_the_step(
    store: Store, tmp_path: Path
) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"))
    assert {right: allowed(scene, right) for right in CASE_RIGHTS} == {
        "see the case": STAFF | {"joko"},
        "see the staff's file": STAFF,
        "withdraw": {"joko"},
        "discard": set(),
    }
    desk = {"budi", "beni", "sinta"}
    assert {right: allowed(scene, right, "verify") for right in TASK_RIGHTS} == {
        "see the task": desk,
        "claim": desk,
        "release": set(),
        "complete": desk,
    }


@pytest.mark.parametrize(
    ("played", "step", "who"),
    [
        (1, "verify", {"budi", "beni", "sinta"}),
        (2, "pay", {"joko"}),
        (3, "confirm", {"nina"}),
        (4, "initial", {"rudi", "sinta"}),
        (5, "approve", {"dewi"}),
    ],
)
def test_each_step_is_its_own_desks(store: Store, tmp_path: Path, played: int, step: str, who: set[str]) -> None:
    way = (("joko", "application"), ("budi", "verify"), ("joko", "pay"), ("nina", "confirm"), ("rudi", "initial"))
    scene = small_ads(store, tmp_path).play(*way[:played])
    assert allowed(scene, "complete", step) == who


def test_an_ended_case_is_only_looked_at(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"))
    with store.unit() as session:
        cases.withdraw(session, scene.office, scene.case, by=scene.person(session, "joko"), at=scene.now)
    assert allowed(scene, "see the case") == STAFF | {"joko"}
    assert not any(allowed(scene, right) for right in ("withdraw", "discard"))
    assert not any(allowed(scene, right, "verify") for right in ("claim", "release", "complete"))
    assert why(scene, "budi", "complete", "verify") == "has_not_ended"


def test_a_closed_account_may_nothing_whoever_it_was(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"))
    for who in EVERYBODY:
        close(scene, who)
    assert not any(allowed(scene, right) for right in CASE_RIGHTS)
    assert not any(allowed(scene, right, "verify") for right in TASK_RIGHTS)
    assert why(scene, "budi", "complete", "verify") == "is_active"
    with store.unit() as session:
        person = scene.person(session, "sari")
        with pytest.raises(cases.NotAllowed, match="is_active"):
            cases.open_case(session, scene.office, "reklame", applicant=person, by=person, at=scene.now)


def test_only_staff_may_open_an_application_for_somebody_else(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path)
    with store.unit() as session:
        joko, sari, budi = (scene.person(session, who) for who in ("joko", "sari", "budi"))
        assert cases.open_case(session, scene.office, "reklame", applicant=joko, by=budi, at=scene.now).applicant_id == joko.id
        with pytest.raises(cases.NotAllowed, match="for_oneself_or_as_staff"):
            cases.open_case(session, scene.office, "reklame", applicant=joko, by=sari, at=scene.now)


def test_an_officer_does_not_work_on_their_own_application_nor_read_the_offices_file_about_it(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path, who="budi").play(("budi", "application"))
    assert allowed(scene, "complete", "verify") == {"beni", "sinta"}
    assert allowed(scene, "see the task", "verify") == {"beni", "sinta"}
    assert why(scene, "budi", "complete", "verify") == "not_own_application"
    assert "budi" in allowed(scene, "see the case")
    assert "budi" not in allowed(scene, "see the staff's file")
    with store.reading() as session:
        assert cases.case_file(session, scene.person(session, "budi"), scene.case).as_staff is False


def test_who_verified_does_not_initial_even_with_both_desks_and_even_pass_after_pass(store: Store, tmp_path: Path) -> None:
    way = (("joko", "application"), ("sinta", "verify"), ("joko", "pay"), ("nina", "confirm"))
    scene = small_ads(store, tmp_path).play(*way)
    assert allowed(scene, "complete", "initial") == {"rudi"}
    assert why(scene, "sinta", "complete", "initial") == why(scene, "sinta", "claim", "initial") == "four_eyes"
    scene.do("rudi", "initial", {"result": "back", "note": "Periksa lagi."})
    scene.do("budi", "verify")
    assert allowed(scene, "complete", "initial") == {"rudi"}  # Sinta verified in an earlier pass: that counts


def test_what_somebody_has_taken_nobody_else_completes_and_only_they_give_back(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"))
    with store.unit() as session:
        cases.claim(session, scene.task("verify"), by=scene.person(session, "budi"), at=scene.now)
    assert {right: allowed(scene, right, "verify") for right in TASK_RIGHTS} == {
        "see the task": {"budi", "beni", "sinta"},
        "claim": {"budi"},
        "release": {"budi"},
        "complete": {"budi"},
    }
    assert why(scene, "beni", "complete", "verify") == "free_or_mine"


def test_somebody_who_left_the_desk_may_no_longer(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(("joko", "application"))
    with store.unit() as session:
        people.remove_from_desk(session, scene.person(session, "budi"), "verifikator", by=None, at=scene.now)
    assert allowed(scene, "complete", "verify") == {"beni", "sinta"}
    assert "budi" not in allowed(scene, "see the case")


@pytest.mark.parametrize("who", ["sari", "budi", "admin"])
def test_those_who_may_not_even_know_of_a_draft_find_nothing(store: Store, tmp_path: Path, who: str) -> None:
    scene = small_ads(store, tmp_path)
    with store.reading() as session:
        with pytest.raises(NotFound):
            cases.case_file(session, scene.person(session, who), scene.case)
        with pytest.raises(NotFound):
            cases.task_page(session, scene.person(session, who), scene.task("application"))


def test_what_no_step_foresees_is_done_by_the_owner_of_the_service_who_signs_its_papers_and_administrators(
    store: Store, tmp_path: Path
) -> None:
    leads = {"rudi", "sinta", "dewi", "admin"}  # kabid owns reklame, kepala_dinas signs
    scene = small_ads(store, tmp_path)
    rights = (*LEAD_RIGHTS, *OTHER_RIGHTS)
    assert {right: leading(scene, right) for right in rights} == {**{right: set() for right in rights}, "move cases": {"admin"}}
    scene.play(("joko", "application"))
    running = {"send back": leads, "stop": leads, "reopen": set(), "suspend": leads, "resume": set()}
    assert {right: leading(scene, right) for right in rights} == {**running, "receive a message": STAFF, "move cases": {"admin"}}
    with store.unit() as session:
        until = scene.now + timedelta(days=5)
        cases.suspend(session, scene.office, scene.case, until=until, reason="Banjir.", by=scene.person(session, "dewi"), at=scene.now)
    suspended = {"send back": set(), "stop": leads, "reopen": set(), "suspend": set(), "resume": leads}
    assert {right: leading(scene, right) for right in rights} == {**suspended, "receive a message": set(), "move cases": {"admin"}}
    assert allowed(scene, "complete", "verify") == set()
    with store.unit() as session:
        cases.stop(session, scene.office, scene.case, reason="Banjir.", by=scene.person(session, "admin"), at=scene.now)
    ended = {**{right: set() for right in rights}, "reopen": leads, "move cases": {"admin"}}
    assert {right: leading(scene, right) for right in rights} == ended


def test_who_leads_a_service_does_not_lead_their_own_application(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path, who="rudi").play(("rudi", "application"))
    assert leading(scene, "stop") == {"sinta", "dewi", "admin"}

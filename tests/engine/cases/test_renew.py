"""Filling in beforehand: from the account, from what the person sent in earlier, from the permit they renew; nothing of anybody else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine import cases, people, timeline
from engine.cases import NotRenewable
from engine.cases.tables import Submission
from engine.store import NotFound, Store
from tests.engine.cases.scene import Scene
from tests.engine.cases.small import stall, stall_case
from tests.engine.procedures.sample import form, question

NIK = "3525015708900002"
ROWS = [{"street": "Jalan Satu", "paper": "sewa.pdf"}, {"street": "Jalan Dua"}]
SENT: dict[str, Any] = {"name": "Sari W.", "nik": NIK, "area": "12,5", "note": "di tepi jalan", "old": "lama", "points": ROWS[1:]}
QUESTIONS = (
    question("name", "text", prefill="applicant.name"),
    question("phone", "phone", prefill="applicant.phone", required=False),
    question("nik", "nik", prefill="earlier"),
    question("area", "number", decimals=1),
    question("note", "text", required=False),
    question("old", "text", prefill="permit.number", required=False),
    question("ends", "date", prefill="permit.valid_until", required=False),
    question("again", "text", prefill="permit.note", required=False),
    question("points", "group", fields=[question("street", "text"), question("paper", "file", required=False)]),
    question("ktp", "file", required=False),
    question("first", "yes_no", show_when="permit.number != null", required=False),
)


@pytest.fixture
def scene(store: Store, tmp_path: Path) -> Scene:
    """A stall permit that can be renewed in its last 60 days, and a draft of Sari's."""
    asked = {"forms/application.json": form("application", *QUESTIONS)}
    made = stall_case(store, tmp_path, stall(**asked))
    with made.store.unit() as session:
        people.by_id(session, made.cast["sari"]).phone = "+6281234567890"
    return made


def known(scene: Scene, who: str = "sari") -> dict[str, tuple[Any, str]]:
    """What stands in the form beforehand for this person."""
    with scene.store.reading() as session:
        page = cases.task_page(session, people.by_id(session, scene.cast["sari"]), scene.task("application"))
        keys = {one.key for one in page.form.questions()}
        found = cases.prefilled(session, page, keys, by=people.by_id(session, scene.cast[who]))
        return {key: (one.raw, one.source) for key, one in found.items()}


def renew(scene: Scene, case: str, who: str = "sari") -> None:
    with scene.store.unit() as session:
        person = people.by_id(session, scene.cast[who])
        new = cases.open_case(session, scene.office, "stall", applicant=person, by=person, at=scene.now, renews=case)
        scene.case = new.id


def issued(scene: Scene) -> str:
    scene.do("sari", "application", SENT)
    scene.do("budi", "verify", {"result": "yes"})
    assert scene.work() == []
    return scene.case


def test_the_account_is_known_at_once_and_earlier_answers_are_the_persons_own(scene: Scene) -> None:
    account = {"name": ("Sari", "account"), "phone": ("+6281234567890", "account")}
    assert known(scene) == account
    assert known(scene, "budi") == known(scene, "joko") == {}, "only the applicant's own page is filled in"
    scene.do("sari", "application", SENT)
    scene.open("sari")
    assert known(scene) == {**account, "nik": (NIK, "earlier")}
    scene.open("joko")
    with scene.store.reading() as session:
        joko = people.by_id(session, scene.cast["joko"])
        page = cases.task_page(session, joko, scene.task("application"))
        assert set(cases.prefilled(session, page, {"name", "nik"}, by=joko)) == {"name"}


def test_what_somebody_else_typed_in_for_a_person_is_not_shown_to_them_as_theirs(scene: Scene) -> None:
    facts = {"task": scene.task("application"), "version": scene.row().version_id}
    first, shown = scene.case, []
    scene.open("sari")
    for who in ("budi", "sari"):
        with scene.store.unit() as session:
            by = scene.cast[who]
            timeline.enter(session, Submission, "application", case=first, by=by, at=scene.now, facts=facts, sealed={"nik": NIK})
        shown.append("nik" in known(scene))
    assert shown == [False, True]


def test_a_renewal_begins_with_the_answers_for_the_permit_but_for_files_and_what_is_asked_again(scene: Scene) -> None:
    case = issued(scene)
    with pytest.raises(NotRenewable):
        renew(scene, case)
    scene.now += timedelta(days=180)
    with pytest.raises(NotFound):
        renew(scene, case, "joko")
    renew(scene, case)
    found = known(scene)
    assert found["old"] == ("STALL-2026-00001", "permit")
    assert found["ends"] == ("2027-01-01", "permit")
    assert found["again"] == found["note"] == ("di tepi jalan", "permit")
    assert "area" not in found, "the procedure asks it again"
    assert found["points"] == ([{"street": "Jalan Dua"}], "permit")
    assert found["name"] == ("Sari", "account"), "what the form names goes before"
    assert "ktp" not in found
    with scene.store.reading() as session:
        page = cases.task_page(session, people.by_id(session, scene.cast["sari"]), scene.task("application"))
        assert page.context["permit"]["number"] == "STALL-2026-00001"
    assert scene.check("sari", scene.task("application"), {**SENT, "first": "yes"}), "expressions know the permit"
    scene.now += timedelta(days=60)
    with pytest.raises(NotRenewable):
        renew(scene, case)

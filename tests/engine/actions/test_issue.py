"""The permit passes a gate that no diagram leaves out; it is issued once, under a number without a gap."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from engine import cases, documents
from engine.actions import GateClosed, find
from engine.documents import Document, StoredFile
from engine.notices import Notice
from engine.store import Errand, Store
from tests.engine.cases.scene import Scene, race, small_ads
from tests.engine.cases.small import choice, stall, stall_case
from tests.engine.flow.drawing import Drawing

PAID = (("joko", "application"), ("budi", "verify"), ("joko", "pay"), ("nina", "confirm"), ("rudi", "initial"))


def carry(scene: Scene) -> None:
    """What a worker does with the open automatic step of the case."""
    with scene.store.reading() as session:
        query = select(Errand).where(Errand.name == "carry_out", Errand.case_id == scene.case)
        args = session.scalars(query.order_by(Errand.id.desc())).first().args
    cases.carry_out(scene.store, scene.office, args["case"], args["task"], at=scene.now)


def sneaky(branch: Drawing, *way: str) -> Drawing:
    """A diagram that goes to the letter while another branch is not finished; they meet only behind it."""
    branch.fork("both").fork("join").service("issue", "issue", letter="permit").end("issued").end("refused").choice("ok", "is_fine")
    branch.chain("begin", "application", "receive", "ok").flow("ok", "both", ident="is_fine")
    branch.chain("both", "issue", "join", "issued").chain("both", *way, "join")
    return branch.flow("ok", "refused", "= application.area > 99", "too_large")


def begun() -> Drawing:
    return Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive")


def gate_of(store: Store, tmp_path: Path, pen: Drawing, area: str = "1") -> tuple[Scene, GateClosed]:
    """The case at the closed gate, and what the gate said; nothing has changed."""
    scene = stall_case(store, tmp_path, stall(pen))
    scene.do("sari", "application", {"area": area})
    before = scene.dump()
    with pytest.raises(GateClosed) as told:
        carry(scene)
    assert scene.dump() == before
    return scene, told.value


def test_no_diagram_issues_a_permit_while_somebody_still_looks_at_it(store: Store, tmp_path: Path) -> None:
    pen = sneaky(begun().user("verify", desk="verifikator", days="1", public="verify"), "verify")
    scene, told = gate_of(store, tmp_path, pen)
    assert told.facts == {"why": "open_steps", "steps": "verify"}
    scene.do("budi", "verify", {"result": "yes"})
    carry(scene)
    assert scene.row().outcome == "issued"
    assert len(scene.rows(Document)) == 1


def test_no_diagram_issues_a_permit_while_a_later_review_waits_for_its_day(store: Store, tmp_path: Path) -> None:
    pen = begun().timer("two_days", "= working days(2)").user("verify", desk="verifikator", days="1", public="verify")
    _, told = gate_of(store, tmp_path, sneaky(pen, "two_days", "verify"))
    assert told.facts == {"why": "open_steps", "steps": "two_days"}


def test_no_diagram_issues_a_permit_while_an_answer_from_outside_is_awaited(store: Store, tmp_path: Path) -> None:
    pen = begun().receive("opinion", "opinion").user("verify", desk="verifikator", days="1", public="verify")
    _, told = gate_of(store, tmp_path, sneaky(pen, "opinion", "verify"))
    assert told.facts == {"why": "open_steps", "steps": "opinion"}


def test_no_diagram_issues_a_permit_that_is_not_paid(store: Store, tmp_path: Path) -> None:
    pen = begun().rule("price", "fee", "fee").service("charge", "charge", amount="= fee", title="stall")
    pen.service("issue", "issue", letter="permit")
    pen.end("issued").end("refused").choice("ok", "is_fine").chain("begin", "application", "receive", "price", "charge", "ok")
    pen.flow("ok", "issue", ident="is_fine").flow("ok", "refused", "= application.area > 99", "too_large").chain("issue", "issued")
    _, told = gate_of(store, tmp_path, pen)
    assert told.facts["why"] == "unpaid"


def test_a_gate_that_opens_later_is_passed_by_the_next_try_of_the_errand(store: Store, tmp_path: Path) -> None:
    pen = sneaky(begun().user("verify", desk="verifikator", days="1", public="verify"), "verify")
    scene = stall_case(store, tmp_path, stall(pen))
    scene.do("sari", "application", {"area": "1"})
    assert "open_steps" in scene.work()[0]
    scene.do("budi", "verify", {"result": "yes"})
    assert scene.work() == []  # its pause is not over
    scene.now += timedelta(minutes=2)
    assert scene.work() == []
    assert len(scene.rows(Document)) == 1


def test_carried_out_twice_is_issued_once(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(*PAID)
    scene.do("dewi", "approve")
    carry(scene)
    before = scene.dump()
    carry(scene)
    assert scene.work() == []
    assert scene.row().outcome == "issued"
    assert [each.number for each in scene.rows(Document)] == ["503/0001/REKLAME/2026"]
    assert scene.dump()["document"] == before["document"]
    assert [each.what for each in scene.rows(Notice)].count("issued") == 1


def test_two_who_carry_it_out_at_once_issue_one_paper(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(*PAID)
    scene.do("dewi", "approve")
    told = race(partial(carry, scene), partial(carry, scene), partial(carry, scene))
    assert told == [None, None, None]
    assert len(scene.rows(Document)) == 1
    assert scene.row().outcome == "issued"


def test_a_worker_that_dies_between_the_setting_and_the_books_leaves_nothing_and_the_next_one_issues(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = small_ads(store, tmp_path).play(*PAID)
    scene.do("dewi", "approve")
    before = scene.dump()

    class PowerCut(BaseException):
        """Nothing in the house catches this."""

    def dies(work: object, prepared: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(find("issue"), "run", dies)
        with pytest.raises(PowerCut):
            carry(scene)
    assert scene.dump() == before
    carry(scene)
    assert [each.number for each in scene.rows(Document)] == ["503/0001/REKLAME/2026"]


def test_what_fails_after_the_papers_lie_in_the_cabinet_leaves_no_row_and_the_bytes_are_swept(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = small_ads(store, tmp_path).play(*PAID)
    scene.do("dewi", "approve")
    files = len(scene.rows(StoredFile))

    def fails(*args: object, **facts: object) -> None:
        raise RuntimeError("the diagram could not go on")

    with monkeypatch.context() as patch:
        patch.setattr("engine.flow.complete", fails)
        with pytest.raises(RuntimeError):
            carry(scene)
    assert (len(scene.rows(StoredFile)), scene.rows(Document)) == (files, [])
    places = len(list(scene.office.cabinet.places()))
    with store.unit() as session:
        documents.sweep(session, scene.office.cabinet, at=scene.now + timedelta(days=9_000))
    assert len(list(scene.office.cabinet.places())) == places - 2 == files


def test_a_number_is_not_lost_when_the_unit_that_took_it_fails(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = small_ads(store, tmp_path)
    second = scene.open("joko")
    scene.play(*PAID)

    def fails(*args: object, **facts: object) -> None:
        raise RuntimeError("no errand can be written")

    with monkeypatch.context() as patch:
        patch.setattr("engine.cases.follow.enqueue", fails)
        with pytest.raises(RuntimeError):
            scene.do("dewi", "approve")
    assert (scene.waiting(), scene.case) == (["approve"], second)
    scene.play(("dewi", "approve"))
    assert [each.number for each in scene.rows(Document)] == ["503/0001/REKLAME/2026"]


def test_a_question_that_is_called_number_does_not_number_the_paper(store: Store, tmp_path: Path) -> None:
    pen = begun().user("verify", desk="verifikator", days="1", public="verify").user("reference", desk="applicant", public="verify")
    pen.service("issue", "issue", letter="permit").end("issued").end("refused").choice("ok", "is_fine")
    pen.chain("begin", "application", "receive", "verify", "ok").chain("reference", "issue", "issued")
    pen.flow("ok", "reference", ident="is_fine").flow("ok", "refused", '= verify.result = "no"', "no")
    bundle = stall(pen, **{"forms/reference.json": choice("reference").replace(b'"key": "result"', b'"key": "number"')})
    scene = stall_case(store, tmp_path, bundle)
    scene.do("sari", "application", {"area": "1"})
    scene.do("budi", "verify", {"result": "yes"})
    scene.do("sari", "reference", {"number": "yes"})
    assert scene.work() == []
    assert [each.number for each in scene.rows(Document)] == [scene.row().number] == ["STALL-2026-00001"]


def test_the_public_books_know_the_holder_only_by_initials(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path).play(*PAID, ("dewi", "approve"))
    (document,) = scene.rows(Document)
    assert document.issued_by is None
    assert set(document.files) == {"id", "en"}
    assert document.public["holder"] == "J."
    assert "Joko" not in repr(document.public)

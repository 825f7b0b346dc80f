"""What offices ask to have changed, each on an office with open applications: the new ones follow the change, the open ones stay right."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from engine import cases, people, procedures
from engine.cases import Case
from engine.fees import fees_of
from engine.notices import Notice
from engine.procedures import Version
from engine.store import Store
from forms import Invalid
from tests.engine.cases.scene import TUESDAY, Scene
from tests.engine.cases.small import TABLE, choice, stall, stall_case, straight
from tests.engine.flow.drawing import Drawing
from tests.engine.procedures.sample import form, question, words

AREA = {"area": "3"}
NEW_YEAR = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)  # 1 January 2027, 00.00 WIB


def change(scene: Scene, since: datetime | None = None, **files: bytes | str | None) -> Version:
    """A draft of what is offered, some files of it written anew, published."""
    by = scene.cast["admin"]
    with scene.store.unit() as session:
        procedures.begin_draft(session, "stall", by=by, at=scene.now)
        written = {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}
        procedures.write_draft(session, "stall", written, by=by, at=scene.now)
        return procedures.publish_draft(session, "stall", by=by, at=scene.now, note="diminta", since=since)


def sent(scene: Scene, answers: Mapping[str, Any] = AREA) -> str:
    """One more application, sent."""
    case = scene.open("sari")
    scene.do("sari", "application", answers)
    assert scene.work() == []
    return case


def open_steps(scene: Scene, case: str) -> dict[str, datetime | None]:
    with scene.store.reading() as session:
        return {each.step: each.due for each in cases.status_of(session, session.get_one(Case, case)).waiting}


def at(scene: Scene, case: str) -> Scene:
    scene.case = case
    return scene


def test_a_required_question_is_asked_in_new_applications_and_not_in_open_ones(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path)
    begun = scene.case
    change(scene, **{"forms/application.json": form("application", question("area", "number"), question("npwpd", "text"))})

    at(scene, begun).do("sari", "application", AREA)
    assert "verify" in open_steps(scene, begun)
    scene.open("joko")
    with pytest.raises(Invalid) as wrong:
        scene.do("joko", "application", AREA)
    assert [(each.path, each.code) for each in wrong.value.errors] == [("npwpd", "required")]
    scene.do("joko", "application", {**AREA, "npwpd": "P.1"})
    assert "verify" in open_steps(scene, scene.case)


def paid() -> Drawing:
    """application, price, charge, verify, settled and issued."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive")
    pen.rule("price", "fee", "fee").service("charge", "charge", amount="= fee", title="stall")
    pen.user("verify", desk="verifikator", days="2", public="verify", not_same_as="applicant").choice("ok", "is_refused")
    pen.service("settle", "settle", confirm="verify").service("issue", "issue", letter="permit").service("tell", "notify", notice="no")
    pen.end("issued").end("refused").chain("begin", "application", "receive", "price", "charge", "verify", "ok")
    pen.chain("settle", "issue", "issued").chain("tell", "refused")
    return pen.flow("ok", "settle", '= verify.result = "yes"', "is_ok").flow("ok", "tell", ident="is_refused")


def test_a_new_fee_from_the_first_of_january_is_for_applications_begun_from_then_on(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path, stall(paid()))
    scene.now = NEW_YEAR - timedelta(days=20)
    change(scene, since=NEW_YEAR, **{"decisions/fee.dmn": TABLE.replace("25000", "26500")})

    def fee(case: str) -> int:
        with store.reading() as session:
            return sum(each.amount for each in fees_of(session, case))

    earlier = sent(scene)
    scene.now = NEW_YEAR - timedelta(minutes=1)
    begun = scene.open("sari")
    scene.now = NEW_YEAR
    later = sent(scene)  # nobody has woken the worker yet: whoever begins a case sees to it
    at(scene, begun).do("sari", "application", AREA)
    assert scene.work() == []
    assert (fee(earlier), fee(begun), fee(later)) == (25_000, 25_000, 26_500)
    with store.reading() as session:
        current = procedures.current(session, "stall")
        assert current is not None and current.number == 2


def test_a_shorter_deadline_is_promised_to_new_applications_and_the_open_ones_keep_theirs(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path, stall(paced("3")))
    old = sent(scene)
    promised = open_steps(scene, old)["verify"]
    change(scene, **{"process.bpmn": paced("1").bytes()})
    new = sent(scene)
    assert open_steps(scene, old)["verify"] == promised
    due = open_steps(scene, new)["verify"]
    assert due is not None and promised is not None and due < promised


def paced(days: str) -> Drawing:
    """As `straight`, with so many days to verify."""
    pen = straight()
    pen.parts = [each.replace('value="1"', f'value="{days}"') if 'id="verify"' in each else each for each in pen.parts]
    return pen


def before_the_head(*, parallel: bool) -> Drawing:
    """One more desk between verifying and the letter: always, or beside another above a threshold."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive", notice="no")
    pen.user("verify", desk="verifikator", days="1", public="verify", not_same_as="applicant").choice("ok", "is_refused")
    pen.user("second", form="verify2", desk="kabid", days="1", public="verify")
    pen.service("issue", "issue", letter="permit").service("tell", "notify", notice="no").end("issued").end("refused")
    if parallel:
        pen.user("third", form="verify3", desk="kepala_dinas", days="1", public="verify")
        pen.choice("large", "is_small").fork("split").fork("join")
        pen.chain("begin", "application", "receive", "verify", "ok").chain("issue", "issued").chain("tell", "refused")
        pen.flow("ok", "large", '= verify.result = "yes"', "is_ok").flow("ok", "tell", ident="is_refused")
        pen.flow("large", "split", "= application.area > 100", "is_large").flow("large", "issue", ident="is_small")
        return pen.chain("split", "second", "join").chain("split", "third", "join").chain("join", "issue")
    pen.chain("begin", "application", "receive", "verify", "ok").chain("second", "issue", "issued").chain("tell", "refused")
    return pen.flow("ok", "second", '= verify.result = "yes"', "is_ok").flow("ok", "tell", ident="is_refused")


def test_an_extra_initial_before_the_letter_is_for_new_applications(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path)
    old = sent(scene)
    change(scene, **{"process.bpmn": before_the_head(parallel=False).bytes(), "forms/verify2.json": choice("verify2")})
    new = sent(scene)
    at(scene, old).do("budi", "verify", {"result": "yes"})
    assert scene.work() == [] and scene.row().outcome == "issued"
    at(scene, new).do("budi", "verify", {"result": "yes"})
    assert scene.work() == [] and list(open_steps(scene, new)) == ["second"]


def test_a_second_review_beside_the_first_above_a_threshold_is_for_large_new_applications(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path)
    old = sent(scene, {"area": "500"})
    files = {"forms/verify2.json": choice("verify2"), "forms/verify3.json": choice("verify3")}
    change(scene, **{"process.bpmn": before_the_head(parallel=True).bytes(), **files})
    small, large = sent(scene), sent(scene, {"area": "500"})
    for case in (old, small, large):
        at(scene, case).do("budi", "verify", {"result": "yes"})
        assert scene.work() == []
    assert (at(scene, old).row().outcome, at(scene, small).row().outcome) == ("issued", "issued")
    assert set(open_steps(scene, large)) == {"second", "third"}
    at(scene, large).do("rudi", "second", {"result": "yes"})
    assert scene.row().outcome is None
    scene.do("dewi", "third", {"result": "yes"})
    assert scene.work() == [] and scene.row().outcome == "issued"


def test_pages_are_swapped_for_who_begins_now_and_stay_for_who_has_begun(store: Store, tmp_path: Path) -> None:
    def paged(*keys: str) -> bytes:
        asked = {"one": question("area", "number"), "two": question("street", "text")}
        pages = [{"key": key, "title": words(key), "fields": [asked[key]]} for key in keys]
        return json.dumps({"format": "loket-form/1", "key": "application", "title": words("x"), "pages": pages}).encode()

    scene = stall_case(store, tmp_path, stall(**{"forms/application.json": paged("one", "two")}))
    begun = scene.case
    change(scene, **{"forms/application.json": paged("two", "one")})
    new = scene.open("sari")

    def pages(case: str) -> list[str]:
        with store.reading() as session:
            page = cases.task_page(session, scene.person(session, "sari"), at(scene, case).task("application"))
            return [each.key for each in page.form.pages]

    assert (pages(begun), pages(new)) == (["one", "two"], ["two", "one"])
    at(scene, begun).do("sari", "application", {**AREA, "street": "Mawar"})
    assert "verify" in open_steps(scene, begun)


def lapsing() -> Drawing:
    """As `straight`, but the applicant confirms first, and after 14 working days without an answer the application is closed."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive", notice="no")
    pen.user("confirm", desk="applicant", public="application").boundary("late", "confirm", "= working days(14)")
    pen.user("verify", desk="verifikator", days="1", public="verify", not_same_as="applicant").choice("ok", "is_refused")
    pen.service("issue", "issue", letter="permit").service("tell", "notify", notice="no").end("issued").end("refused")
    pen.chain("begin", "application", "receive", "confirm", "verify", "ok").chain("issue", "issued").chain("late", "tell", "refused")
    return pen.flow("ok", "issue", '= verify.result = "yes"', "is_ok").flow("ok", "tell", ident="is_refused")


def test_after_14_working_days_without_an_answer_new_applications_are_closed_with_a_letter(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path)
    old = sent(scene)
    change(scene, **{"process.bpmn": lapsing().bytes(), "forms/confirm.json": choice("confirm")})
    new = sent(scene)
    scene.now = scene.office.calendar.add_working_days(TUESDAY, 13)
    assert scene.work() == [] and at(scene, new).row().ended_at is None
    scene.now = scene.office.calendar.add_working_days(TUESDAY, 15)
    assert scene.work() == []
    assert (at(scene, new).row().outcome, at(scene, old).row().outcome) == ("refused", None)
    with store.reading() as session:
        assert session.scalars(select(Notice.what).where(Notice.case_id == new)).all()[-1] == "no"
    assert list(open_steps(scene, old)) == ["verify"]


def test_a_copied_permit_has_its_own_key_register_and_applications(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path)
    old = sent(scene)
    by = scene.cast["admin"]
    with store.unit() as session:
        procedures.copy_procedure(session, "stall", "kiosk", {"id": "Izin kios", "en": "Kiosk permit"}, by=by, at=scene.now)
        version = procedures.publish_draft(session, "kiosk", by=by, at=scene.now)
        bundle = procedures.bundle_of(session, version.id)
    assert (bundle.key, bundle.about.register.key, bundle.about.name["en"]) == ("kiosk", "kiosk", "Kiosk permit")
    scene.bundle = bundle
    new = sent(scene)
    with store.reading() as session:
        assert {session.get_one(Case, each).procedure_key for each in (old, new)} == {"stall", "kiosk"}
    at(scene, old).do("budi", "verify", {"result": "yes"})
    assert scene.work() == [] and scene.row().outcome == "issued"


def test_a_desk_that_is_renamed_keeps_its_people_and_its_open_tasks(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path)
    old = sent(scene)
    with store.unit() as session:
        people.rename_desk(session, "verifikator", {"id": "Petugas berkas", "en": "Front office"}, by=scene.cast["admin"], at=scene.now)
    new_texts = stall().files["texts/id.toml"].decode().replace("verifikator = 'verifikator'", "verifikator = 'Petugas berkas'")
    change(scene, **{"texts/id.toml": new_texts})
    with store.reading() as session:
        inbox = cases.inbox(session, scene.person(session, "budi"))
        assert [line.case for line in inbox.rows] == [old]
    at(scene, old).do("budi", "verify", {"result": "yes"})
    assert scene.work() == [] and scene.row().outcome == "issued"


def test_after_a_mistaken_version_one_goes_back_and_its_applications_are_moved_along(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path)
    old, first = sent(scene), scene.bundle
    mistaken = change(scene, **{"forms/verify.json": choice("verify").replace(b'"no"', b'"nope"'), "process.bpmn": paced("2").bytes()})
    wrong = sent(scene)
    by = scene.cast["admin"]
    with store.unit() as session:
        again = procedures.publish(session, first, by=by, at=scene.now, note="kembali")
        assert (again.number, mistaken.number) == (1, 2)
        moved = cases.move(session, "stall", again.id, by=scene.person(session, "admin"), at=scene.now)
    assert scene.work() == []
    new = sent(scene)
    with store.reading() as session:
        assert {session.get_one(Case, each).version_id for each in (old, wrong, new)} == {again.id}
        assert dict(cases.progress_of(session, moved.id).counts) == {"moved": 1}
    assert list(open_steps(scene, wrong)) == ["verify"]
    at(scene, wrong).do("budi", "verify", {"result": "no"})
    assert scene.work() == [] and scene.row().outcome == "refused"

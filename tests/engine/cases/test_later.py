"""A step that comes later (`async_before`): what was answered is kept first, the case goes on by itself; nobody's work hangs on a table."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from engine import cases, jobs, procedures
from engine.cases import Case, Decided, Submission, Task
from engine.procedures import Bundle
from engine.store import Store
from tests.engine.cases.scene import Scene
from tests.engine.cases.small import stall, stall_case
from tests.engine.flow.drawing import Drawing
from tests.engine.procedures.sample import TABLE

WHY = "Tabelnya tidak punya baris untuk ini."
GAP = TABLE.replace("&gt;= 2", "[2..4]")  # nothing for an area beyond


def drawn(*, later: bool = True) -> Drawing:
    """application, receive, verify, then the fee: a table, and a charge with a message."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive", notice="no")
    pen.user("verify", desk="verifikator", days="1", public="verify", not_same_as="applicant").rule("price", "fee", "fee", later=later)
    pen.service("charge", "charge", amount="= fee", title="stall", notice="no").user("pay", "verify", desk="applicant", clock="payment")
    pen.service("tell", "notify", notice="no").end("issued").end("refused").choice("ok", "is_refused")
    pen.chain("begin", "application", "receive", "verify", "ok").chain("price", "charge", "pay", "issued").chain("tell", "refused")
    return pen.flow("ok", "price", '= verify.result = "yes"', "is_ok").flow("ok", "tell", ident="is_refused")


def bundle(*, table: str = TABLE, later: bool = True) -> Bundle:
    return stall(drawn(later=later), **{"decisions/fee.dmn": table})


def verified(scene: Scene, area: str = "5") -> Scene:
    """The officer has checked the papers; nothing else has happened yet."""
    scene.do("sari", "application", {"area": area})
    scene.do("budi", "verify", {"result": "yes"})
    return scene


def open_steps(scene: Scene) -> list[tuple[str, str]]:
    return [(row.step, row.kind) for row in scene.rows(Task, cases.tables.OPEN)]


def word(scene: Scene) -> str:
    with scene.store.reading() as session:
        return cases.status_of(session, session.get_one(Case, scene.case)).word


def test_what_was_answered_is_kept_and_the_case_goes_on_by_itself(store: Store, tmp_path: Path) -> None:
    scene = verified(stall_case(store, tmp_path, bundle()))
    assert (open_steps(scene), word(scene), scene.rows(Decided), scene.fees()) == ([("price", "rule")], "house", [], [])
    assert [row.form for row in scene.rows(Submission)] == ["application", "verify"]
    assert scene.work() == []
    assert (open_steps(scene), word(scene)) == ([("pay", "user")], "payment")
    assert ([row.name for row in scene.rows(Decided)], [fee.amount for fee in scene.fees()]) == (["fee"], [25000])


def test_it_is_done_once_however_often_its_errand_comes(store: Store, tmp_path: Path) -> None:
    scene = verified(stall_case(store, tmp_path, bundle()))
    task = scene.task("price")
    for _ in range(3):
        with store.unit() as session:
            cases.ask_table(session, scene.office, task, at=scene.now)
    assert scene.work() == []
    assert (len(scene.rows(Decided)), len(scene.fees()), open_steps(scene)) == (1, 1, [("pay", "user")])


def stuck(store: Store, folder: Path) -> Scene:
    """A case that stands at a table which has no row for it; its errand was laid aside."""
    scene = verified(stall_case(store, folder, bundle(table=GAP)))
    for _ in range(jobs.TRIES):
        assert len(scene.work()) == 1
        scene.now += timedelta(days=1)
    with store.reading() as session:
        assert [(row.name, row.case_id) for row in jobs.dead_letters(session)] == [("ask_table", scene.case)]
    assert (open_steps(scene), scene.fees()) == ([("price", "rule")], [])
    assert [row.form for row in scene.rows(Submission)] == ["application", "verify"]
    return scene


def test_a_table_without_a_row_costs_nobody_their_answers_and_goes_on_when_it_was_mended(store: Store, tmp_path: Path) -> None:
    scene = stuck(store, tmp_path)
    with store.unit() as session:
        version = procedures.publish(session, bundle(), by=scene.cast["admin"], at=scene.now).id
        cases.move(session, "stall", version, names={}, by=scene.person(session, "admin"), at=scene.now)
    assert scene.work() == []
    assert (scene.row().version_id, open_steps(scene)) == (version, [("price", "rule")])
    with store.unit() as session:
        (dead,) = jobs.dead_letters(session)
        jobs.retry(session, dead.id, by=scene.cast["admin"], at=scene.now)
    assert scene.work() == []
    assert (open_steps(scene), [fee.amount for fee in scene.fees()]) == ([("pay", "user")], [25000])


def test_who_leads_the_office_sends_a_case_back_that_a_table_has_no_row_for(store: Store, tmp_path: Path) -> None:
    scene = stuck(store, tmp_path)
    with store.unit() as session:
        admin: Any = scene.person(session, "admin")
        cases.send_back(session, scene.office, scene.case, to="application", reason=WHY, by=admin, at=scene.now)
    assert open_steps(scene) == [("application", "user")]
    verified(scene, area="1")
    assert scene.work() == []
    assert (open_steps(scene), [fee.amount for fee in scene.fees()]) == ([("pay", "user")], [10000])


def test_a_suspended_case_waits_with_it_and_asks_again(store: Store, tmp_path: Path) -> None:
    scene = verified(stall_case(store, tmp_path, bundle()))
    with store.unit() as session:
        admin: Any = scene.person(session, "admin")
        until = scene.now + timedelta(days=7)
        cases.suspend(session, scene.office, scene.case, until=until, reason=WHY, by=admin, at=scene.now)
    assert scene.work() == []
    assert open_steps(scene) == [("price", "rule")]
    scene.now += timedelta(days=8)
    assert scene.work() == []
    assert open_steps(scene) == [("pay", "user")]


def beside() -> Drawing:
    """As `drawn`, where a second officer looks at the place while the fee is reckoned."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive", notice="no")
    pen.user("verify", desk="verifikator", days="1", public="verify", not_same_as="applicant").choice("ok", "is_refused").fork("both")
    pen.rule("price", "fee", "fee", later=True).service("charge", "charge", amount="= fee", title="stall", notice="no")
    pen.user("look", "verify", desk="kabid", days="1", public="verify").fork("met")
    pen.service("tell", "notify", notice="no").end("issued").end("refused")
    pen.chain("begin", "application", "receive", "verify", "ok").chain("both", "price", "charge", "met", "issued")
    pen.chain("both", "look", "met").chain("tell", "refused")
    return pen.flow("ok", "both", '= verify.result = "yes"', "is_ok").flow("ok", "tell", ident="is_refused")


def test_a_case_that_was_stopped_before_it_came_asks_again_when_it_is_opened_again(store: Store, tmp_path: Path) -> None:
    scene = verified(stall_case(store, tmp_path, stall(beside())))
    with store.unit() as session:
        cases.stop(session, scene.office, scene.case, outcome="stopped", reason=WHY, by=scene.person(session, "admin"), at=scene.now)
    assert scene.work() == []
    assert (open_steps(scene), scene.fees()) == ([], [])
    scene.now += timedelta(days=1)
    with store.unit() as session:
        cases.reopen(session, scene.office, scene.case, reason=WHY, by=scene.person(session, "admin"), at=scene.now)
    assert sorted(open_steps(scene)) == [("look", "user"), ("price", "rule")]
    assert scene.work() == []
    assert (open_steps(scene), [fee.amount for fee in scene.fees()]) == ([("look", "user")], [25000])

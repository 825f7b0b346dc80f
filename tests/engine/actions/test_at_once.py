"""Quick automatic steps run inside the transaction that reached them, one after the other."""

from __future__ import annotations

from pathlib import Path

from engine import cases
from engine.notices import Notice
from engine.store import Errand, Store
from tests.engine.cases.small import stall, stall_case
from tests.engine.flow.drawing import Drawing

TERMINATE = "<bpmn:terminateEventDefinition/>"


def two_at_once() -> Drawing:
    """Two notices side by side; the end behind the first takes the other one away."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive")
    pen.fork("both").service("tell_one", "notify", notice="no").service("tell_two", "notify", notice="no").end("refused", TERMINATE)
    pen.user("verify", desk="verifikator", days="1", public="verify").end("issued").chain("begin", "application", "receive", "both")
    return pen.chain("both", "tell_one", "refused").chain("both", "tell_two", "verify", "issued")


def test_a_quick_step_that_another_branch_has_taken_away_is_not_run(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path, stall(two_at_once()))
    scene.do("sari", "application", {"area": "1"})
    assert scene.row().outcome == "refused"
    assert len(scene.rows(Notice)) == 1
    assert scene.waiting() == []


def test_every_step_that_was_passed_has_one_row_that_says_when(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path)
    scene.do("sari", "application", {"area": "1"})
    scene.do("budi", "verify", {"result": "no"})
    rows = {row.step: row for row in scene.rows(cases.Task)}
    assert set(rows) == {"application", "receive", "verify", "tell"}
    assert len(scene.rows(cases.Task)) == 4
    assert all(row.done_at == scene.now and row.dropped_at is None for row in rows.values())
    assert {step: row.kind for step, row in rows.items()} == {
        "application": "user",
        "receive": "service",
        "verify": "user",
        "tell": "service",
    }
    assert scene.rows(Errand) == []  # nobody has an address, nothing takes long
    assert scene.rows(cases.Seat) == []

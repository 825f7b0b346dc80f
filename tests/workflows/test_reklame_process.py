"""The reklame diagram, walked with the real engine: every way through it, loops included. The tax is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine import flow

BPMN = Path(__file__).resolve().parents[2] / "workflows" / "reklame" / "process.bpmn"
MORNING = datetime(2026, 6, 2, 2, 0, tzinfo=UTC)
PERMANENT = {"application": {"kelas": "permanen_besar"}}
INCIDENTAL = {"application": {"kelas": "insidentil"}}
GOOD = {"survey": {"result": "accept"}, "road_check": {"result": "conditions"}}


@dataclass(frozen=True)
class Taxed:
    value: Any
    fired: tuple[Any, ...] = ()


class Walk:
    """One case: people's steps are given, automatic steps are carried out at once and written down."""

    def __init__(self, amount: int = 500) -> None:
        self.process = flow.load(BPMN.read_bytes())
        self.amount, self.received, self.now = amount, 0, MORNING
        self.carried: list[str] = []
        self.moved = flow.start(self.process, facts={}, env=self.env)
        self.settle()

    @property
    def env(self) -> flow.Env:
        tax = Taxed({"amount": self.amount, "lines": []})
        return flow.Env(self.now, functions={"working days": lambda count: timedelta(days=int(count))}, decide=lambda name, context: tax)

    @property
    def opened(self) -> dict[str, str]:
        return {one.step.id: one.task for one in flow.snapshot(self.process, self.moved.state).open}

    def settle(self) -> None:
        while task := next((one for one in flow.snapshot(self.process, self.moved.state).open if one.step.kind in flow.AUTOMATIC), None):
            writes = {}
            if task.step.kind == "service":
                self.carried.append(task.step.id)
                writes = {task.step.id: self.carry_out(task.step.id)}
            self.moved = flow.complete(self.process, self.moved.state, task.task, writes, env=self.env)

    def carry_out(self, step: str) -> dict[str, int]:
        """What the automatic step writes: `charge` gives what is still due, `settle` what has come in."""
        due = max(self.amount - self.received, 0)
        if step == "settle":
            self.received += due
        return {"amount": due}

    def do(self, step: str, writes: Mapping[str, object]) -> Walk:
        self.moved = flow.complete(self.process, self.moved.state, self.opened[step], writes, env=self.env)
        self.settle()
        return self

    def wait(self, days: int) -> Walk:
        self.now += timedelta(days=days)
        self.moved = flow.wake(self.process, self.moved.state, env=self.env)
        self.settle()
        return self

    def verified(self, application: Mapping[str, object] = PERMANENT) -> Walk:
        return self.do("application", application).do("verify", {"verify": {"result": "complete"}})

    def inspected(self) -> Walk:
        return self.do("survey", {"survey": GOOD["survey"]}).do("road_check", {"road_check": GOOD["road_check"]})

    def paid(self) -> Walk:
        return self.do("pay", {"payment": {}}).do("confirm", {"confirm": {"result": "received", "amount": self.amount}})


def test_a_permit_is_issued_when_all_agree() -> None:
    case = Walk().verified()
    assert set(case.opened) == {"survey", "road_check"}
    case.inspected().paid().do("initial", {"initial": {"result": "ok"}}).do("approve", {"approve": {"result": "approve"}})
    assert case.moved.ended == "issued"
    assert case.carried == ["receive", "accept", "charge", "notify_to_pay", "settle", "number", "issue", "notify_issued"]


def test_an_incidental_advertisement_skips_the_inspections() -> None:
    assert set(Walk().verified(INCIDENTAL).opened) == {"pay"}


def test_who_owes_nothing_does_not_pay() -> None:
    case = Walk(amount=0).verified(INCIDENTAL)
    assert set(case.opened) == {"initial"}
    assert "settle" not in case.carried


@pytest.mark.parametrize("said", [{"result": "return"}, {"result": "something new"}, {}])
def test_what_is_not_complete_goes_back_to_the_applicant(said: dict[str, str]) -> None:
    case = Walk().do("application", PERMANENT).do("verify", {"verify": said})
    assert set(case.opened) == {"revise"}
    assert set(case.do("revise", PERMANENT).opened) == {"verify"}


def test_a_returned_application_lapses_after_its_time_and_not_before() -> None:
    case = Walk().do("application", PERMANENT).do("verify", {"verify": {"result": "return"}})
    assert case.wait(13).moved.ended is None
    assert case.wait(1).moved.ended == "lapsed"
    assert case.carried[-1] == "notify_lapsed"


def test_a_corrected_application_does_not_lapse() -> None:
    case = Walk().do("application", PERMANENT).do("verify", {"verify": {"result": "return"}}).do("revise", PERMANENT)
    assert set(case.wait(30).opened) == {"verify"}


def test_a_refusal_goes_through_the_head_of_the_agency() -> None:
    case = Walk().do("application", PERMANENT).do("verify", {"verify": {"result": "refuse"}})
    assert set(case.opened) == {"decide_refusal"}
    assert case.do("decide_refusal", {"refusal": {}}).moved.ended == "refused"
    assert case.carried == ["receive", "issue_refusal", "notify_refused"]


@pytest.mark.parametrize(("survey", "road_check"), [("reject", "accept"), ("accept", "reject"), ("accept", "?"), ("reject", "reject")])
def test_one_missing_recommendation_is_enough_to_go_to_the_head(survey: str, road_check: str) -> None:
    case = Walk().verified().do("road_check", {"road_check": {"result": road_check}})
    assert set(case.opened) == {"survey"}
    assert set(case.do("survey", {"survey": {"result": survey}}).opened) == {"decide_refusal"}


def test_a_payment_that_did_not_arrive_is_asked_for_again() -> None:
    case = Walk().verified(INCIDENTAL).do("pay", {"payment": {}}).do("confirm", {"confirm": {"result": "not_received", "reason": "?"}})
    assert set(case.opened) == {"pay"}
    assert case.carried == ["receive", "accept", "charge", "notify_to_pay", "notify_to_pay"]
    assert set(case.paid().opened) == {"initial"}


def test_nobody_pays_twice_when_the_draft_is_sent_back() -> None:
    case = Walk().verified().inspected().paid().do("initial", {"initial": {"result": "back"}})
    assert set(case.opened) == {"verify"}
    case.do("verify", {"verify": {"result": "complete"}})
    assert set(case.opened) == {"survey", "road_check"}
    assert set(case.inspected().opened) == {"initial"}
    assert case.carried.count("notify_to_pay") == case.carried.count("settle") == 1


def test_both_inspections_are_awaited_in_the_second_round_too() -> None:
    case = Walk().verified().inspected().paid().do("initial", {"initial": {"result": "back"}})
    case.do("verify", {"verify": {"result": "complete"}})
    assert set(case.do("road_check", {"road_check": {"result": "accept"}}).opened) == {"survey"}


def test_a_tax_that_grew_meanwhile_is_charged_again() -> None:
    case = Walk().verified(INCIDENTAL).paid().do("initial", {"initial": {"result": "back"}})
    case.amount = 800
    case.do("verify", {"verify": {"result": "complete"}})
    assert set(case.opened) == {"pay"}
    assert flow.snapshot(case.process, case.moved.state).facts["charge"] == {"amount": 300}


@pytest.mark.parametrize("said", ["refuse", "", "later"])
def test_only_a_clear_yes_of_the_head_issues_a_permit(said: str) -> None:
    case = Walk().verified(INCIDENTAL).paid().do("initial", {"initial": {"result": "ok"}}).do("approve", {"approve": {"result": said}})
    assert case.moved.ended == "refused"
    assert "number" not in case.carried

"""Timers and messages: when they ring, what they drop, and that the moment is computed once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from engine import flow

from .drawing import Drawing
from .test_moves import NOW, do, env, names, task

WIB = timezone(timedelta(hours=7), "WIB")


def waiting(text: str, kind: str = "timeDuration") -> flow.Process:
    return flow.load(Drawing().start().timer("pause", text, kind).user("a").end().chain("begin", "pause", "a", "done").bytes())


def at(text: str, kind: str = "timeDuration", **world: Any) -> datetime:
    moved = flow.start(waiting(text, kind), facts={}, env=flow.Env(now=world.pop("now", NOW), **world))
    (due,) = moved.timers
    assert due.at.tzinfo is UTC
    return due.at


def test_a_duration_counts_from_entering() -> None:
    assert at('= duration("P14D")') == NOW + timedelta(days=14)
    assert at("P14D") == NOW + timedelta(days=14)
    assert at("PT90M") == NOW + timedelta(minutes=90)


def test_months_are_calendar_months() -> None:
    assert at('= duration("P1M")', now=datetime(2026, 1, 31, 3, tzinfo=UTC)) == datetime(2026, 2, 28, 3, tzinfo=UTC)


def test_a_date_begins_in_the_zone_of_the_office() -> None:
    now = NOW.astimezone(WIB)
    assert at('= date("2026-04-01")', "timeDate", now=now) == datetime(2026, 3, 31, 17, tzinfo=UTC)
    assert at("2026-04-01", "timeDate", now=now) == datetime(2026, 3, 31, 17, tzinfo=UTC)
    assert at("2026-04-01T10:00:00+07:00", "timeDate") == datetime(2026, 4, 1, 3, tzinfo=UTC)


def test_the_calendars_functions_give_moments() -> None:
    seen: list[Any] = []

    def working_days(count: Any) -> datetime:
        seen.append(count)
        return NOW + timedelta(days=20)

    assert at("= working days(14)", functions={"working days": working_days}) == NOW + timedelta(days=20)
    assert seen == [14]


@pytest.mark.parametrize("text", ["= null", '= "soon"', "= 12", "= case.deadline"])
def test_a_timer_without_a_time_is_told_by_name(text: str) -> None:
    with pytest.raises(flow.NoTime, match="pause"):
        flow.start(waiting(text), facts={}, env=env())


def test_a_timer_rings_when_it_is_due_and_not_before() -> None:
    process = waiting("P14D")
    moved = flow.start(process, facts={}, env=env())
    early = flow.wake(process, moved.state, env=env(13.9))
    assert (early.opened, early.timers) == ((), moved.timers)
    late = flow.wake(process, early.state, env=env(14))
    assert (names(late.opened), late.timers) == (["a"], ())


def test_the_moment_is_computed_once() -> None:
    process = waiting("= now() + wait")
    moved = flow.start(process, facts={"wait": timedelta(days=2)}, env=env())
    again = flow.wake(process, moved.state, env=env(1))
    assert again.timers[0].at == NOW + timedelta(days=2)


def test_a_timer_that_is_due_on_entering_rings_at_once() -> None:
    moved = flow.start(waiting("PT0S"), facts={}, env=env())
    assert (names(moved.opened), moved.timers) == (["a"], ())


def guarded(*, interrupting: bool) -> flow.Process:
    drawing = Drawing().start().user("revise").boundary("late", "revise", "P14D", interrupting=interrupting)
    drawing.service("tell").user("next").end().end("lapsed")
    return flow.load(drawing.chain("begin", "revise", "next", "done").chain("late", "tell", "lapsed").bytes())


def test_an_interrupting_timer_drops_its_task() -> None:
    process = guarded(interrupting=True)
    first = flow.start(process, facts={}, env=env())
    assert [due.step.id for due in first.timers] == ["late"]
    moved = flow.wake(process, first.state, env=env(15))
    assert (moved.dropped, names(moved.opened), moved.timers) == ((first.opened[0].task,), ["tell"], ())
    assert do(process, moved, "tell").ended == "lapsed"


def test_a_completed_task_takes_its_timer_with_it() -> None:
    process = guarded(interrupting=True)
    moved = do(process, flow.start(process, facts={}, env=env()), "revise")
    assert (names(moved.opened), moved.timers) == (["next"], ())
    assert flow.wake(process, moved.state, env=env(99)).opened == ()


def test_a_timer_that_does_not_interrupt_leaves_its_task_open() -> None:
    process = guarded(interrupting=False)
    moved = flow.wake(process, flow.start(process, facts={}, env=env()).state, env=env(15))
    assert (names(moved.opened), moved.dropped, moved.timers) == (["tell"], (), ())
    moved = do(process, moved, "revise")
    assert (names(moved.opened), moved.ended) == (["next"], None)
    moved = do(process, moved, "tell")
    assert moved.ended is None
    assert do(process, moved, "next").ended == "done"


def test_the_branch_of_a_timer_may_outlive_its_task() -> None:
    process = guarded(interrupting=False)
    moved = flow.wake(process, flow.start(process, facts={}, env=env()).state, env=env(15))
    moved = do(process, do(process, moved, "tell"), "revise")
    assert do(process, moved, "next").ended == "done"


def test_two_timers_on_one_task_ring_in_the_order_of_their_moments() -> None:
    drawing = Drawing().start().user("revise").boundary("warn", "revise", "P7D", interrupting=False)
    drawing.boundary("late", "revise", "P14D").service("remind").service("lapse").end().end("e2").end("e3")
    process = flow.load(drawing.chain("begin", "revise", "done").chain("warn", "remind", "e2").chain("late", "lapse", "e3").bytes())
    moved = flow.start(process, facts={}, env=env())
    assert [due.step.id for due in moved.timers] == ["warn", "late"]
    week = flow.wake(process, moved.state, env=env(8))
    assert (names(week.opened), [due.step.id for due in week.timers]) == (["remind"], ["late"])
    both = flow.wake(process, moved.state, env=env(30))
    assert names(both.opened) == ["lapse", "remind"]
    assert both.dropped == (task(moved.state, process, "revise"),)


def test_a_timer_starts_afresh_when_its_task_is_entered_again() -> None:
    drawing = (
        Drawing().start().choice("again").user("revise").boundary("late", "revise", "P14D").choice("ok", otherwise="yes").end().end("e2")
    )
    drawing.chain("begin", "again", "revise", "ok").flow("ok", "again", "= revise.again").flow("ok", "done", ident="yes").chain(
        "late", "e2"
    )
    process = flow.load(drawing.bytes())
    moved = flow.start(process, facts={}, env=env())
    for _ in range(3):
        moved = do(process, moved, "revise", days=5, revise={"again": True})
        assert [due.at for due in moved.timers] == [NOW + timedelta(days=19)]


def test_a_message_opens_the_way_and_brings_facts() -> None:
    drawing = Drawing().start().receive("paid", "payment").user("a").end().chain("begin", "paid", "a", "done")
    process = flow.load(drawing.bytes())
    assert process.messages == {"payment"}
    moved = flow.start(process, facts={}, env=env())
    assert [(each.step.kind, each.step.message) for each in moved.opened] == [("receive", "payment")]
    after = flow.send(process, moved.state, "payment", {"payment": {"amount": 5}}, env=env())
    assert (names(after.opened), after.done, after.facts["payment"]) == (["a"], (moved.opened[0].task,), {"amount": 5})


def test_a_receive_task_can_be_completed_by_hand() -> None:
    process = flow.load(Drawing().start().receive("paid", "payment").user("a").end().chain("begin", "paid", "a", "done").bytes())
    moved = do(process, flow.start(process, facts={}, env=env()), "paid", payment={"amount": 7})
    assert (names(moved.opened), moved.facts["payment"]) == (["a"], {"amount": 7})


def test_a_message_that_nobody_waits_for_is_refused_and_changes_nothing() -> None:
    process = flow.load(Drawing().start().receive("paid", "payment").user("a").end().chain("begin", "paid", "a", "done").bytes())
    moved = flow.start(process, facts={}, env=env())
    with pytest.raises(flow.NotWaiting, match="other"):
        flow.send(process, moved.state, "other", {"x": 1}, env=env())


def test_an_intermediate_event_waits_for_a_message_too() -> None:
    drawing = Drawing().start().receive("paid", "payment", "intermediateCatchEvent").user("a").end().chain("begin", "paid", "a", "done")
    process = flow.load(drawing.bytes())
    moved = flow.start(process, facts={}, env=env())
    assert names(flow.send(process, moved.state, "payment", {}, env=env()).opened) == ["a"]


def withdrawable(*, interrupting: bool) -> flow.Process:
    drawing = Drawing().start().user("verify").on_message("withdrawn", "verify", "withdraw", interrupting=interrupting)
    drawing.user("close").end().end("gone")
    return flow.load(drawing.chain("begin", "verify", "done").chain("withdrawn", "close", "gone").bytes())


def test_a_message_on_the_boundary_drops_the_task() -> None:
    process = withdrawable(interrupting=True)
    first = flow.start(process, facts={}, env=env())
    assert names(first.opened) == ["verify", "withdrawn"]
    moved = flow.send(process, first.state, "withdraw", {"withdraw": {"why": "moved"}}, env=env())
    assert names(moved.opened) == ["close"]
    assert moved.dropped == (task(first.state, process, "verify"),)


def test_a_message_on_the_boundary_may_leave_the_task_open_and_come_again() -> None:
    process = withdrawable(interrupting=False)
    moved = flow.send(process, flow.start(process, facts={}, env=env()).state, "withdraw", {}, env=env())
    assert names(flow.snapshot(process, moved.state).open) == ["close", "verify", "withdrawn"]
    moved = flow.send(process, moved.state, "withdraw", {}, env=env())
    assert names(flow.snapshot(process, moved.state).open) == ["close", "close", "verify", "withdrawn"]
    moved = do(process, do(process, do(process, moved, "verify"), "close"), "close")
    assert (moved.ended, moved.opened) == ("gone", ())


def test_one_message_reaches_everyone_who_waits_for_it() -> None:
    drawing = Drawing().start().fork("out").receive("x", "go").receive("y", "go").fork("in").user("a").end()
    process = flow.load(drawing.chain("begin", "out", "x", "in", "a", "done").chain("out", "y", "in").bytes())
    moved = flow.send(process, flow.start(process, facts={}, env=env()).state, "go", {}, env=env())
    assert names(moved.opened) == ["a"]


def reminding(text: str) -> flow.Process:
    drawing = Drawing().start().user("revise").boundary("warn", "revise", text, "timeCycle", interrupting=False).service("remind")
    return flow.load(drawing.end().end("e2").chain("begin", "revise", "done").chain("warn", "remind", "e2").bytes())


@pytest.mark.parametrize(("text", "rings"), [("R3/P7D", 3), ("R1/P7D", 1), ("R/P7D", 10)])
def test_a_reminder_rings_as_often_as_it_says(text: str, rings: int) -> None:
    process = reminding(text)
    moved = flow.start(process, facts={}, env=env())
    told = []
    for week in range(1, 11):
        moved = flow.wake(process, moved.state, env=env(7 * week))
        told.append(len(moved.opened))
    assert told == [1] * rings + [0] * (10 - rings)
    if text.startswith("R/"):
        assert [due.at for due in moved.timers] == [NOW + timedelta(days=77)]
    assert do(process, moved, "revise").timers == ()


def test_reminders_that_were_missed_do_not_come_all_at_once() -> None:
    process = reminding("R/P7D")
    moved = flow.wake(process, flow.start(process, facts={}, env=env()).state, env=env(30))
    assert names(moved.opened) == ["remind"]
    assert [due.at for due in moved.timers] == [NOW + timedelta(days=35)]


def test_a_reminder_stops_with_its_step_and_the_case_can_end() -> None:
    process = reminding("R3/P7D")
    moved = flow.wake(process, flow.start(process, facts={}, env=env()).state, env=env(8))
    moved = do(process, do(process, moved, "remind"), "revise")
    assert (moved.ended, moved.timers) == ("done", ())


@pytest.mark.parametrize("text", ["R3/", "P7D", "3/P7D", "R3/P7D/P1D", "= cycle(3)", "R3/P"])
def test_a_reminder_must_say_how_often_and_how_long(text: str) -> None:
    with pytest.raises(flow.BadProcess):
        reminding(text)


def test_a_reminder_without_length_is_told_and_does_not_hang() -> None:
    with pytest.raises(flow.NoTime):
        flow.start(reminding("R3/PYD"), facts={}, env=env())
    process = reminding("R/PT0S")
    moved = flow.start(process, facts={}, env=env())
    assert (names(moved.opened), moved.timers) == (["remind", "revise"], ())

"""Clocks that stand still while the applicant or a payment is awaited."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calendar import Calendar, Clock, OfficeDay, Stop, TooFar

JAKARTA = ZoneInfo("Asia/Jakarta")
OFFICE = Calendar.read()
HOUR = timedelta(hours=1)


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


START = wib("2026-06-10 09:00")  # a Wednesday; Tuesday 16 June is Islamic New Year


def clock(*stops: tuple[str, str | None], allowed: int | timedelta = 5) -> Clock:
    return Clock(OFFICE, START, allowed, tuple(Stop(wib(since), wib(until) if until else None) for since, until in stops))


def test_without_stops_a_clock_is_the_calendar() -> None:
    assert clock().due() == wib("2026-06-18 16:00") == OFFICE.add_working_days(START, 5)


def test_a_stop_across_a_weekend_and_a_holiday_costs_the_working_days_it_covers() -> None:
    assert clock(("2026-06-12 14:00", "2026-06-17 10:00")).due() == wib("2026-06-22 16:00")  # Friday and Monday


def test_a_stop_that_is_over_before_closing_costs_nothing() -> None:
    assert clock(("2026-06-11 09:00", "2026-06-11 15:59")).due() == wib("2026-06-18 16:00")


def test_a_stop_over_the_weekend_outside_service_costs_nothing() -> None:
    assert clock(("2026-06-12 16:31", "2026-06-15 07:00")).due() == wib("2026-06-18 16:00")


def test_while_the_clock_stands_there_is_no_deadline() -> None:
    assert clock(("2026-06-12 14:00", None)).due() is None


def test_a_stop_after_the_deadline_changes_nothing() -> None:
    assert clock(("2026-06-18 16:01", None)).due() == wib("2026-06-18 16:00")


def test_stops_that_touch_and_overlap_count_once() -> None:
    assert clock(("2026-06-15 09:00", "2026-06-17 09:00"), ("2026-06-12 14:00", "2026-06-15 10:00")).due() == wib("2026-06-22 16:00")


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-06-10 17:00", 5),
        ("2026-06-11 16:00", 4),
        ("2026-06-13 09:00", 4),
        ("2026-06-17 16:00", 3),
        ("2026-06-22 16:00", 0),
        ("2026-06-24 16:00", -2),
    ],
)
def test_what_is_left_stands_still_with_the_clock(now: str, left: int) -> None:
    assert clock(("2026-06-12 14:00", "2026-06-17 10:00")).remaining(wib(now)) == left


def test_a_clock_runs_between_its_stops() -> None:
    stopped = clock(("2026-06-12 14:00", "2026-06-17 10:00"))
    assert [stopped.runs(wib(f"2026-06-{day} 11:00")) for day in ("09", "11", "13", "17")] == [False, True, False, True]


def test_a_retroactive_holiday_moves_a_running_clock() -> None:
    revised = OFFICE.with_own_days((OfficeDay(date(2026, 6, 11), open=False, name="Pilkada"),))
    assert Clock(revised, START, 5).due() == wib("2026-06-19 16:30")


def test_include_start_counts_the_first_day() -> None:
    assert Clock(Calendar.read(counting="include_start"), START, 5).due() == wib("2026-06-17 16:00")


def test_a_promise_in_hours_leaves_out_exactly_the_stop() -> None:
    assert clock(allowed=3 * HOUR).due() == wib("2026-06-10 12:00")
    assert clock(("2026-06-10 10:00", "2026-06-10 10:30"), allowed=3 * HOUR).due() == wib("2026-06-10 13:30")
    assert clock(("2026-06-10 10:00", None), allowed=3 * HOUR).due() is None
    assert clock(("2026-06-10 10:00", None), allowed=HOUR).due() == wib("2026-06-10 10:00")


def test_hours_that_are_left_stand_still_too() -> None:
    stopped = clock(("2026-06-10 10:00", "2026-06-11 09:00"), allowed=3 * HOUR)
    assert stopped.remaining(wib("2026-06-10 09:30")) == timedelta(hours=2, minutes=30)
    assert stopped.remaining(wib("2026-06-11 08:00")) == 2 * HOUR
    assert stopped.remaining(wib("2026-06-11 14:00")) == -2 * HOUR


def test_nought_days_end_today() -> None:
    assert clock(allowed=0).due() == wib("2026-06-10 16:00")


def test_days_that_make_no_sense_are_refused() -> None:
    with pytest.raises(TooFar):
        clock(allowed=-1).due()


@settings(max_examples=60, deadline=None)
@given(days=st.integers(1, 15), cuts=st.lists(st.integers(0, 30 * 24 * 60), min_size=0, max_size=6, unique=True), hours=st.booleans())
def test_at_its_deadline_a_clock_has_nothing_left(days: int, cuts: list[int], hours: bool) -> None:
    marks = [START + timedelta(minutes=cut) for cut in sorted(cuts)]
    stops = tuple(Stop(since, until) for since, until in list(pairwise(marks))[::2])
    allowed = days * HOUR if hours else days
    running = Clock(OFFICE, START, allowed, stops)
    due = running.due()
    assert due is not None
    assert not running.remaining(due)
    assert due >= (Clock(OFFICE, START, allowed).due() or due)

"""Service hours: pauses, Ramadan, services promised in hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calendar import Calendar, TooFar

JAKARTA = ZoneInfo("Asia/Jakarta")
OFFICE = Calendar.read()
WITH_TEA = Calendar.read(pauses="mon-thu 12:00-13:00; fri 11:30-13:00; mon-fri 10:00-10:15")
RAMADAN = Calendar.read(
    seasons="Ramadan | 2026-02-19..2026-03-19 | mon-thu 08:00-15:00; fri 08:00-15:30 | mon-thu 12:00-12:30; fri 11:30-12:30"
)
HOUR = timedelta(hours=1)


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


def week_of(calendar: Calendar, monday: date) -> timedelta:
    start = datetime.combine(monday, datetime.min.time(), tzinfo=JAKARTA)
    return calendar.working_time_between(start, start + timedelta(days=7))


def test_the_week_of_the_presidential_regulation_has_37_and_a_half_hours() -> None:
    assert week_of(OFFICE, date(2026, 6, 8)) == timedelta(hours=37, minutes=30)


def test_the_week_of_ramadan_has_32_and_a_half_hours() -> None:
    assert week_of(RAMADAN, date(2026, 3, 2)) == timedelta(hours=32, minutes=30)
    assert week_of(RAMADAN, date(2026, 6, 8)) == timedelta(hours=37, minutes=30)


def test_a_day_of_ramadan_ends_earlier() -> None:
    assert RAMADAN.add_working_days(wib("2026-03-02 09:00"), 1) == wib("2026-03-03 15:00")
    assert RAMADAN.day(date(2026, 3, 3)).name == "Ramadan"


def test_seven_hours_fit_into_a_normal_day_but_not_into_one_of_ramadan() -> None:
    assert RAMADAN.add_working_time(wib("2026-06-08 08:00"), 7 * HOUR) == wib("2026-06-08 16:00")
    assert RAMADAN.add_working_time(wib("2026-03-02 08:00"), 7 * HOUR) == wib("2026-03-03 08:30")


def test_at_10_05_in_the_pause_the_hours_begin_at_10_15() -> None:
    assert WITH_TEA.next_open(wib("2026-06-02 10:05")) == wib("2026-06-02 10:15")
    assert WITH_TEA.add_working_time(wib("2026-06-02 10:05"), HOUR) == wib("2026-06-02 11:15")


def test_a_pause_splits_the_hours_of_service() -> None:
    hours = [
        (WITH_TEA.local(start).strftime("%H:%M"), WITH_TEA.local(end).strftime("%H:%M"))
        for start, end in WITH_TEA.service_intervals(date(2026, 6, 5))
    ]
    assert hours == [("07:30", "10:00"), ("10:15", "11:30"), ("13:00", "16:30")]


def test_three_hours_asked_at_15_59_on_friday_run_into_monday() -> None:
    assert OFFICE.add_working_time(wib("2026-06-05 15:59"), 3 * HOUR) == wib("2026-06-08 09:59")


def test_hours_asked_on_a_holiday_run_from_the_next_opening() -> None:
    assert OFFICE.add_working_time(wib("2026-06-01 11:00"), 2 * HOUR) == wib("2026-06-02 09:30")


def test_hours_that_fill_an_interval_end_with_it() -> None:
    assert OFFICE.add_working_time(wib("2026-06-02 07:30"), timedelta(hours=4, minutes=30)) == wib("2026-06-02 12:00")


def test_the_counter_is_open_from_its_first_minute_and_not_in_its_last() -> None:
    assert OFFICE.is_open(wib("2026-06-02 07:30"))
    assert not OFFICE.is_open(wib("2026-06-02 16:00"))
    assert not OFFICE.is_open(wib("2026-06-02 12:30"))


def test_a_closed_day_has_no_service() -> None:
    assert OFFICE.service_intervals(date(2026, 6, 6)) == ()
    assert OFFICE.end_of_service(date(2026, 6, 6)) is None


def test_the_next_opening_after_eid_steps_over_all_of_it() -> None:
    assert OFFICE.next_open(wib("2026-03-17 16:00")) == wib("2026-03-25 07:30")


def test_time_between_is_negative_backwards() -> None:
    assert OFFICE.working_time_between(wib("2026-06-02 10:00"), wib("2026-06-02 08:00")) == -2 * HOUR


def test_negative_hours_are_refused() -> None:
    with pytest.raises(TooFar):
        OFFICE.add_working_time(wib("2026-06-02 10:00"), -HOUR)


@settings(max_examples=60, deadline=None)
@given(start=st.integers(0, 90 * 24 * 60), minutes=st.integers(1, 5000))
def test_the_time_to_the_deadline_is_the_time_that_was_added(start: int, minutes: int) -> None:
    since = wib("2026-01-15 00:00") + timedelta(minutes=start)
    due = RAMADAN.add_working_time(since, timedelta(minutes=minutes))
    assert RAMADAN.working_time_between(since, due) == timedelta(minutes=minutes)


@settings(max_examples=25, deadline=None)
@given(start=st.integers(0, 60 * 24 * 60), length=st.integers(0, 4 * 24 * 60))
def test_time_between_is_the_number_of_open_minutes(start: int, length: int) -> None:
    since = wib("2026-02-10 00:00") + timedelta(minutes=start)
    ticks = (since + timedelta(minutes=number) for number in range(length))
    spans = [RAMADAN.service_intervals(since.date() + timedelta(days=number)) for number in range(6)]
    open_minutes = sum(any(begins <= tick < ends for day in spans for begins, ends in day) for tick in ticks)
    assert RAMADAN.working_time_between(since, since + timedelta(minutes=length)) == timedelta(minutes=open_minutes)

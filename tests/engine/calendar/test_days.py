"""Working days: the cases an office meets, with dates of 2026 and 2027."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calendar import Calendar, NeverOpen, NoZone, OfficeDay, TooFar

JAKARTA = ZoneInfo("Asia/Jakarta")
OFFICE = Calendar.read()
SAME_DAY = Calendar.read(counting="include_start")


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


def test_a_submission_at_15_59_on_friday_counts_from_monday() -> None:
    assert OFFICE.add_working_days(wib("2026-06-05 15:59"), 5) == wib("2026-06-12 16:30")


def test_with_include_start_friday_at_15_59_is_day_one() -> None:
    assert SAME_DAY.add_working_days(wib("2026-06-05 15:59"), 5) == wib("2026-06-11 16:00")


def test_with_include_start_friday_after_closing_is_no_day() -> None:
    assert SAME_DAY.add_working_days(wib("2026-06-05 16:30"), 1) == wib("2026-06-08 16:00")


@pytest.mark.parametrize("calendar", [OFFICE, SAME_DAY])
def test_a_submission_on_a_holiday_has_its_first_day_on_the_next_working_day(calendar: Calendar) -> None:
    assert calendar.add_working_days(wib("2026-06-01 10:00"), 1) == wib("2026-06-02 16:00")  # Pancasila Day, a Monday


def test_days_step_over_a_holiday_in_the_middle_of_the_week() -> None:
    assert OFFICE.add_working_days(wib("2026-06-15 09:00"), 2) == wib("2026-06-18 16:00")  # 16 June: Islamic New Year


def test_the_answer_is_aware_utc() -> None:
    assert OFFICE.add_working_days(wib("2026-06-17 09:00"), 5).isoformat() == "2026-06-24T09:00:00+00:00"


def test_nought_days_are_today_until_closing_and_tomorrow_after_it() -> None:
    assert OFFICE.add_working_days(wib("2026-06-02 15:00"), 0) == wib("2026-06-02 16:00")
    assert OFFICE.add_working_days(wib("2026-06-02 16:00"), 0) == wib("2026-06-03 16:00")


@pytest.mark.parametrize(("year", "days"), [(2026, 240), (2027, 242)])
def test_a_year_has_as_many_working_days_as_the_joint_decree_leaves(year: int, days: int) -> None:
    assert OFFICE.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == days


def test_an_office_that_serves_on_collective_leave_works_eight_days_more_in_2026() -> None:
    picket = Calendar.read(government=False)
    assert picket.working_days_between(date(2025, 12, 31), date(2026, 12, 31)) == 248
    assert picket.is_working(date(2026, 12, 24))
    assert not OFFICE.is_working(date(2026, 12, 24))


def test_public_holidays_can_be_switched_off_too() -> None:
    assert Calendar.read(public=False).is_working(date(2026, 6, 1))


@pytest.mark.parametrize(
    ("day", "why", "name"),
    [
        ("2026-06-02", "hours", ""),
        ("2026-06-06", "weekend", ""),
        ("2026-08-17", "public", "Hari Kemerdekaan Republik Indonesia"),
        ("2026-12-24", "government", "Cuti Bersama Hari Raya Natal"),
    ],
)
def test_a_day_says_why_it_is_closed(day: str, why: str, name: str) -> None:
    said = OFFICE.day(date.fromisoformat(day))
    assert (said.why, said.name) == (why, name)


def test_a_holiday_has_a_name_in_english() -> None:
    assert OFFICE.day(date(2026, 8, 17), "en").name == "Independence Day"


def test_a_retroactive_holiday_moves_the_deadline_when_it_is_asked_anew() -> None:
    start = wib("2026-06-08 09:00")
    assert OFFICE.add_working_days(start, 3) == wib("2026-06-11 16:00")
    revised = OFFICE.with_own_days((OfficeDay(date(2026, 6, 10), open=False, name="Pilkada"),))
    assert revised.add_working_days(start, 3) == wib("2026-06-12 16:30")
    assert revised.day(date(2026, 6, 10)).name == "Pilkada"


def test_the_office_can_open_on_a_saturday_with_the_hours_of_monday() -> None:
    saturday = date(2026, 6, 6)
    fair = OFFICE.with_own_days((OfficeDay(saturday, open=True, name="Pameran"),))
    assert fair.add_working_days(wib("2026-06-05 10:00"), 1) == wib("2026-06-06 16:00")
    assert fair.service_intervals(saturday)[0][0] == wib("2026-06-06 07:30")


def test_the_office_can_open_on_a_holiday() -> None:
    assert OFFICE.with_own_days((OfficeDay(date(2026, 6, 1), open=True),)).is_working(date(2026, 6, 1))


def test_a_six_day_week_counts_saturday() -> None:
    six = Calendar.read(hours="mon-thu 07:30-14:00; fri 07:30-11:30; sat 07:30-13:00", pauses="")
    assert six.add_working_days(wib("2026-06-05 09:00"), 1) == wib("2026-06-06 13:00")


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("Asia/Jakarta", "2026-06-05T16:30:00+07:00"),  # 22.30 on Thursday
        ("Asia/Makassar", "2026-06-05T16:30:00+08:00"),  # 23.30 on Thursday
        ("Asia/Jayapura", "2026-06-08T16:00:00+09:00"),  # 00.30 on Friday: Friday is the start
    ],
)
def test_the_same_moment_has_another_date_in_another_zone(zone: str, due: str) -> None:
    assert Calendar.read(zone=zone).add_working_days(datetime(2026, 6, 4, 15, 30, tzinfo=UTC), 1) == datetime.fromisoformat(due)


@pytest.mark.parametrize(
    ("zone", "name"), [("Asia/Jakarta", "WIB"), ("Asia/Pontianak", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT")]
)
def test_the_office_clock_has_a_name_people_know(zone: str, name: str) -> None:
    assert Calendar.read(zone=zone).local(datetime(2026, 6, 4, tzinfo=UTC)).tzname() == name


def test_days_between_are_counted_backwards_with_a_minus() -> None:
    assert OFFICE.working_days_between(date(2026, 6, 12), date(2026, 6, 5)) == -5


def test_a_day_whose_service_is_over_does_not_count_as_a_start() -> None:
    assert SAME_DAY.working_days_between(wib("2026-06-05 16:29"), date(2026, 6, 8)) == 2
    assert SAME_DAY.working_days_between(wib("2026-06-05 16:30"), date(2026, 6, 8)) == 1


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(NoZone, match="aware"):
        OFFICE.add_working_days(datetime(2026, 6, 5, 9, 0), 1)  # noqa: DTZ001


@pytest.mark.parametrize("days", [-1, 5001])
def test_days_that_make_no_sense_are_refused(days: int) -> None:
    with pytest.raises(TooFar, match="working days"):
        OFFICE.add_working_days(wib("2026-06-05 09:00"), days)


def test_an_office_that_never_opens_is_told_so() -> None:
    with pytest.raises(NeverOpen, match="400 days after 2026-06-05"):
        Calendar.read(hours="", pauses="").add_working_days(wib("2026-06-05 09:00"), 1)


@settings(max_examples=60, deadline=None)
@given(
    minute=st.integers(0, 365 * 24 * 60),
    days=st.integers(1, 40),
    calendar=st.sampled_from([OFFICE, SAME_DAY, Calendar.read(zone="Asia/Jayapura", government=False)]),
)
def test_counting_to_the_deadline_gives_the_days_that_were_added(minute: int, days: int, calendar: Calendar) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    due = calendar.add_working_days(start, days)
    assert calendar.working_days_between(start, due) == days
    assert due == calendar.end_of_service(due)
    assert due > start

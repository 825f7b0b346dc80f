"""The calendar's words in FEEL, and the office's own days in the database."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

import rules
from engine.calendar import FUNCTION_NAMES, Calendar, own_days, set_own_day, take_back_own_day
from engine.store import NotFound, Session

JAKARTA = ZoneInfo("Asia/Jakarta")
OFFICE = Calendar.read()
NOW = datetime(2026, 6, 5, 15, 59, tzinfo=JAKARTA)
WORDS = OFFICE.functions(NOW)


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


def test_the_words_are_those_that_are_announced() -> None:
    assert tuple(WORDS) == FUNCTION_NAMES


def test_working_days_reckon_from_now() -> None:
    assert WORDS["working days"](Decimal(5)) == wib("2026-06-12 16:30")


def test_working_days_can_reckon_from_a_date_or_a_moment() -> None:
    assert WORDS["working days after"](date(2026, 6, 15), 2) == wib("2026-06-18 16:00")
    assert WORDS["working days after"](datetime(2026, 6, 15, 9, 0), 2) == wib("2026-06-18 16:00")  # noqa: DTZ001


def test_moments_come_on_the_clock_of_the_office() -> None:
    early = Calendar.read(zone="Asia/Jayapura").functions(NOW)["next service"](NOW)
    assert isinstance(early, datetime)
    assert early.date() == date(2026, 6, 8)
    assert early.isoformat() == "2026-06-08T07:30:00+09:00"


def test_hours_may_have_a_fraction_or_be_a_duration() -> None:
    assert WORDS["working hours after"](wib("2026-06-02 08:00"), Decimal("1.5")) == wib("2026-06-02 09:30")
    assert WORDS["working hours"](timedelta(hours=3)) == wib("2026-06-08 09:59")


def test_days_are_counted_between_dates() -> None:
    assert WORDS["count working days"](date(2026, 6, 5), date(2026, 6, 12)) == 5


def test_a_holiday_is_no_working_day() -> None:
    assert WORDS["is working day"](date(2026, 6, 1)) is False
    assert WORDS["is working day"](date(2026, 6, 2)) is True


@pytest.mark.parametrize(
    ("word", "arguments"),
    [
        ("working days", ("14",)),
        ("working days", (None,)),
        ("working days", (True,)),
        ("working days", (Decimal("1.5"),)),
        ("working days", (Decimal("Infinity"),)),
        ("working days", (Decimal("NaN"),)),
        ("working days", (Decimal("1e999999"),)),
        ("working days", (-1,)),
        ("working days", (10**9,)),
        ("working days after", ("tomorrow", 1)),
        ("working hours", (Decimal("1e400"),)),
        ("working hours", ("PT3H",)),
        ("count working days", (date(2026, 6, 5), None)),
        ("is working day", ("monday",)),
        ("next service", (5,)),
    ],
)
def test_a_wrong_argument_gives_null(word: str, arguments: tuple[object, ...]) -> None:
    assert WORDS[word](*arguments) is None


def test_own_days_are_kept_and_taken_back(session: Session, now: datetime) -> None:
    day = date(2026, 6, 10)
    set_own_day(session, day, open=False, name="Pilkada", by="01J0000000000000000000000A", at=now)
    set_own_day(session, day, open=False, name="Pilkada serentak", by="01J0000000000000000000000A", at=now)
    assert [(kept.date, kept.open, kept.name) for kept in own_days(session)] == [(day, False, "Pilkada serentak")]
    assert not OFFICE.with_own_days(own_days(session)).is_working(day)
    take_back_own_day(session, day, by="01J0000000000000000000000A", at=now)
    assert own_days(session) == ()


def test_taking_back_what_was_never_said_is_refused(session: Session, now: datetime) -> None:
    with pytest.raises(NotFound):
        take_back_own_day(session, date(2026, 6, 10), by="01J0000000000000000000000A", at=now)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("working days(5)", wib("2026-06-12 16:30")),
        ('working days after(date("2026-06-15"), 2)', wib("2026-06-18 16:00")),
        ('working days after(days: 2, start: date("2026-06-15"))', wib("2026-06-18 16:00")),
        ("working days(1, 2)", None),
        ("working days()", None),
        ("working days(n + 1)", wib("2026-06-12 16:30")),
        ('working hours(duration("PT3H"))', wib("2026-06-08 09:59")),
        ('count working days(date("2026-06-05"), date("2026-06-12"))', 5),
        ('is working day(date("2026-06-01"))', False),
        ("next service(now())", wib("2026-06-05 15:59")),
        ('date(working days(5)) = date("2026-06-12")', True),
        ("working days(5) > now()", True),
        ('working days("5")', None),
    ],
)
def test_the_words_are_understood_in_feel(text: str, value: object) -> None:
    assert rules.evaluate(text, {"n": 4}, now=NOW, functions=WORDS) == value

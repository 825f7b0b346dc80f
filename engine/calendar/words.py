"""The calendar's words in FEEL: `working days(14)`, `working hours(3)`, `count working days(a, b)`, …

As FEEL wants it, a wrong argument gives null, never an error. Moments come out on the office's own clock, so that
`date(working days(5))` is the date people there see.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from .errors import CalendarError

if TYPE_CHECKING:
    from .value import Calendar

MOST = 10**6
Word = Callable[..., object]
NAMES = (
    "working days",
    "working days after",
    "working hours",
    "working hours after",
    "count working days",
    "is working day",
    "next service",
)


def words(calendar: Calendar, now: datetime) -> Mapping[str, Word]:
    """The functions by FEEL name; FEEL knows no arguments that may be left out, so those that reckon from `now` have names of their own.

    * working days(days), working days after(start, days): the end of service of that working day
    * working hours(hours), working hours after(start, hours): when so much service has passed; a fraction or a duration will do
    * count working days(from, to): how many working days
    * is working day(day): true or false
    * next service(start): the moment itself when the counter serves, else the next opening
    """

    def working_days_after(start: object, days: object) -> object:
        since, count = _moment(calendar, start), _whole(days)
        return None if since is None or count is None else calendar.local(calendar.add_working_days(since, count))

    def working_hours_after(start: object, hours: object) -> object:
        since, span = _moment(calendar, start), _hours(hours)
        return None if since is None or span is None else calendar.local(calendar.add_working_time(since, span))

    def working_days(days: object) -> object:
        return working_days_after(now, days)

    def working_hours(hours: object) -> object:
        return working_hours_after(now, hours)

    def count(start: object, end: object) -> object:
        since, until = _moment(calendar, start), _moment(calendar, end)
        return None if since is None or until is None else calendar.working_days_between(since, until)

    def is_working(day: object) -> object:
        return calendar.is_working(moment) if (moment := _moment(calendar, day)) else None

    def next_service(start: object) -> object:
        return calendar.local(calendar.next_open(since)) if (since := _moment(calendar, start)) else None

    functions: tuple[Word, ...] = (working_days, working_days_after, working_hours, working_hours_after, count, is_working, next_service)
    quiet = {name: partial(_quietly, function) for name, function in zip(NAMES, functions, strict=True)}
    for word, function in zip(quiet.values(), functions, strict=True):
        word.__wrapped__ = function  # type: ignore[attr-defined]  # its parameters are the word's, for calls by name
    return quiet


def _quietly(function: Word, *arguments: object) -> object:
    """FEEL's manners: what the calendar refuses is null."""
    try:
        return function(*arguments)
    except (CalendarError, OverflowError):
        return None


def _moment(calendar: Calendar, value: object) -> datetime | None:
    """A date is its midnight, a date and time without zone is the office's."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=calendar.zone)
    return datetime.combine(value, time.min, tzinfo=calendar.zone) if isinstance(value, date) else None


def _whole(value: object) -> int | None:
    number = _number(value)
    return int(number) if number is not None and number == int(number) else None


def _hours(value: object) -> timedelta | None:
    if isinstance(value, timedelta):
        return value
    number = _number(value)
    return None if number is None else timedelta(seconds=int(number * 3600))


def _number(value: object) -> Decimal | None:
    """A number a calendar can reckon with: not beyond any date, and not a NaN."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    number = Decimal(value)
    return number if number.is_finite() and abs(number) < MOST else None

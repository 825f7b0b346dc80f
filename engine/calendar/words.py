"""The calendar's words in FEEL: `working days(14)`, `working hours(3)`, `count working days(a, b)`, …

As FEEL wants it, a wrong argument gives null, never an error. Moments come out on the office's own clock, so that
`date(working days(5))` is the date people there see.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from .errors import CalendarError

if TYPE_CHECKING:
    from .value import Calendar

MOST = 10**6
Word = Callable[..., object]
NAMES = ("working days", "working hours", "count working days", "is working day", "next service")


def words(calendar: Calendar, now: datetime) -> Mapping[str, Word]:
    """The functions by FEEL name; where no start is given they reckon from `now` (aware).

    * working days(n [, start]): the end of service of working day n
    * working hours(n [, start]): when n hours of service have passed; n may have a fraction
    * count working days(from, to): how many working days
    * is working day(date): true or false
    * next service([start]): the moment itself when the counter serves, else the next opening
    """

    def moment(value: object) -> datetime | None:
        return _moment(calendar, now if value is None else value)

    def working_days(days: object, start: object = None) -> object:
        since, count = moment(start), _whole(days)
        return None if since is None or count is None else calendar.local(calendar.add_working_days(since, count))

    def working_hours(hours: object, start: object = None) -> object:
        since, span = moment(start), _hours(hours)
        return None if since is None or span is None else calendar.local(calendar.add_working_time(since, span))

    def count(start: object, end: object) -> object:
        since, until = _moment(calendar, start), _moment(calendar, end)
        return None if since is None or until is None else calendar.working_days_between(since, until)

    def is_working(day: object) -> object:
        return calendar.is_working(day) if (day := _moment(calendar, day)) else None

    def next_service(start: object = None) -> object:
        return calendar.local(calendar.next_open(since)) if (since := moment(start)) else None

    functions: tuple[Word, ...] = (working_days, working_hours, count, is_working, next_service)
    return {name: _quiet(function) for name, function in zip(NAMES, functions, strict=True)}


def _quiet(function: Word) -> Word:
    """FEEL's manners: what the calendar refuses, and a wrong number of arguments, are null."""

    def quiet(*arguments: object) -> object:
        try:
            return function(*arguments)
        except (CalendarError, TypeError, OverflowError):
            return None

    return quiet


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

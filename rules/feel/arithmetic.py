"""Adding, subtracting, multiplying, dividing and raising (DMN 1.5, tables 58 to 62). What the standard does not define is null."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from rules.feel.compare import time_point
from rules.feel.values import DURATION_TYPES, NUMBER_TYPES, NUMBERS, Months, Value

_MICROSECOND = timedelta(microseconds=1)


def midnight(day: date) -> datetime:
    """The beginning of a day in UTC: how FEEL reads a date where a date and time is wanted."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def add_months(day: Any, months: int) -> Any:
    """The same day of a later month, or its last day; null outside the years 1 to 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def _moved(start: Value, by: Value, sign: int) -> Value:
    """start + sign * by, where `by` is a duration."""
    if type(start) in DURATION_TYPES and type(start) is not type(by):
        return None
    if isinstance(by, Months):
        if type(start) is Months:
            return Months(start.count + sign * by.count)
        return add_months(start, sign * by.count) if type(start) in (date, datetime) else None
    move = _MOVES.get(type(start))
    return move(start, by * sign) if move else None


def _move_moment(start: datetime, by: timedelta) -> datetime:
    if isinstance(start.tzinfo, ZoneInfo):
        return (start.astimezone(UTC) + by).astimezone(start.tzinfo)
    return start + by


def _move_time(start: time, by: timedelta) -> time:
    day = datetime(2000, 1, 10, start.hour, start.minute, start.second, start.microsecond, tzinfo=UTC)
    within = timedelta(seconds=by.seconds, microseconds=by.microseconds)
    return (day + within).time().replace(tzinfo=start.tzinfo)


_MOVES: dict[type, Callable[[Any, timedelta], Value]] = {
    timedelta: lambda start, by: start + by,
    datetime: _move_moment,
    date: lambda start, by: (midnight(start) + by).date(),
    time: _move_time,
}


def add(a: Value, b: Value) -> Value:
    """FEEL `a + b`."""
    one, two = type(a), type(b)
    if one in NUMBER_TYPES and two in NUMBER_TYPES:
        return NUMBERS.add(a, b)
    if one is str and two is str:
        return a + b
    if two in DURATION_TYPES:
        return _moved(a, b, 1)
    return _moved(b, a, 1) if one in DURATION_TYPES else None


def subtract(a: Value, b: Value) -> Value:
    """FEEL `a - b`."""
    one, two = type(a), type(b)
    if one in NUMBER_TYPES and two in NUMBER_TYPES:
        return NUMBERS.subtract(a, b)
    if two in DURATION_TYPES:
        return _moved(a, b, -1)
    if one is time and two is time:
        return time_point(a) - time_point(b) if (a.tzinfo is None) == (b.tzinfo is None) else None
    if one is date and two is date:
        return a - b
    return _moments_apart(a, b) if one in (date, datetime) and two in (date, datetime) else None


def _moments_apart(a: Value, b: Value) -> timedelta | None:
    a = midnight(a) if type(a) is date else a
    b = midnight(b) if type(b) is date else b
    if (a.tzinfo is None) != (b.tzinfo is None):
        return None
    apart: timedelta = a - b if a.tzinfo is None else a.astimezone(UTC) - b.astimezone(UTC)
    return apart


def _scaled(duration: timedelta, factor: Decimal) -> timedelta:
    exact = NUMBERS.multiply(duration // _MICROSECOND, factor)
    if exact.adjusted() > 20:
        raise OverflowError("duration too long")
    return timedelta(microseconds=int(exact.to_integral_value(ROUND_HALF_EVEN)))


def _months(exact: Decimal) -> Months:
    if exact.adjusted() > 12:
        raise OverflowError("duration too long")
    return Months(int(exact))


def multiply(a: Value, b: Value) -> Value:
    """FEEL `a * b`."""
    if type(a) in DURATION_TYPES:
        a, b = b, a
    if type(a) not in NUMBER_TYPES:
        return None
    if type(b) in NUMBER_TYPES:
        return NUMBERS.multiply(a, b)
    if type(b) is timedelta:
        return _scaled(b, a)
    return _months(NUMBERS.multiply(b.count, a)) if type(b) is Months else None


def divide(a: Value, b: Value) -> Value:
    """FEEL `a / b`; null for a division by nothing."""
    one, two = type(a), type(b)
    if two in NUMBER_TYPES:
        if not b:
            return None
        if one in NUMBER_TYPES:
            return NUMBERS.divide(a, b)
        if one is timedelta:
            return _scaled(a, NUMBERS.divide(1, b))
        return _months(NUMBERS.divide(a.count, b)) if one is Months else None
    if one is timedelta and two is timedelta and b:
        return NUMBERS.divide(a // _MICROSECOND, b // _MICROSECOND)
    return NUMBERS.divide(a.count, b.count) if one is Months and two is Months and b.count else None


def power(a: Value, b: Value) -> Value:
    """FEEL `a ** b`."""
    return NUMBERS.power(a, b) if type(a) in NUMBER_TYPES and type(b) in NUMBER_TYPES else None


def negate(a: Value) -> Value:
    """FEEL `-a`."""
    if type(a) in NUMBER_TYPES:
        return NUMBERS.minus(a)
    if type(a) is timedelta:
        return -a
    return Months(-a.count) if type(a) is Months else None


ARITHMETIC: dict[str, Callable[[Value, Value], Value]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "**": power,
}

"""Conversion functions (DMN 1.5, 10.3.4.1): from text and parts to values, and back to text."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

from rules.feel.bounds import Budget
from rules.feel.printing import text_of
from rules.feel.signature import Call, builtin
from rules.feel.temporal import read_date, read_duration, read_moment, read_time, zone
from rules.feel.values import NUMBERS, Months, Value

_NUMBER = re.compile(r"-?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


@builtin("number", "from: string, grouping separator?: string?, decimal separator?: string?", gives="number")
def number_from_text(text: str, grouping: str | None = None, point: str | None = None) -> Value:
    if grouping not in (None, " ", ",", ".") or point not in (None, ".", ",") or (grouping is not None and grouping == point):
        return None
    if grouping:
        text = text.replace(grouping, "")
    if point:
        text = text.replace(point, ".")
    return NUMBERS.create_decimal(text) if _NUMBER.fullmatch(text) else None


@builtin("number", "from: number", gives="number")
@builtin("date", "from: date", gives="date")
@builtin("time", "from: time", gives="time")
@builtin("date and time", "from: date and time", gives="date and time")
@builtin("duration", "from: duration", gives="duration")
def itself(value: Value) -> Value:
    return value


@builtin("string", "from: any", gives="string", asks=True)
def string(budget: Budget, call: Call, value: Value) -> Value:
    if value is None:
        return None
    text = text_of(value)
    budget.spend(len(text) // 50)
    return text


builtin("date", "from: string", gives="date")(read_date)
builtin("time", "from: string", gives="time")(read_time)
builtin("date and time", "from: string", gives="date and time")(read_moment)
builtin("duration", "from: string", gives="duration")(read_duration)


@builtin("date", "from: date and time", gives="date")
def date_of(moment: datetime) -> Value:
    return moment.date()


@builtin("date", "year: number, month: number, day: number", gives="date")
def date_from_parts(year: Decimal, month: Decimal, day: Decimal) -> Value:
    return date(_whole(year), _whole(month), _whole(day))


def _whole(number: Decimal) -> int:
    """The whole part. Raises ValueError for what no calendar or clock part can be."""
    if number.adjusted() > 4:
        raise ValueError("too large")
    return int(number)


@builtin("time", "from: date and time", gives="time")
def time_of(moment: datetime) -> Value:
    return moment.timetz()


@builtin("time", "hour: number, minute: number, second: number, offset?: duration?", gives="time")
def time_from_parts(hour: Decimal, minute: Decimal, second: Decimal, offset: Months | timedelta | None = None) -> Value:
    if isinstance(offset, Months):
        return None
    whole = _whole(second)
    return time(_whole(hour), _whole(minute), whole, int((second - whole) * 1_000_000), timezone(offset) if offset is not None else None)


@builtin("date and time", "date: day, time: time", gives="date and time")
def moment_from_parts(day: date, clock: time) -> Value:
    return datetime.combine(date(day.year, day.month, day.day), clock)


@builtin("date and time", "date: date and time, timezone: string", gives="date and time")
def moment_in_zone(moment: datetime, name: str) -> Value:
    place = zone(name)
    if place is None:
        return None
    return moment.astimezone(place) if moment.tzinfo else moment.replace(tzinfo=place)


@builtin("years and months duration", "from: day, to: day", gives="years and months duration")
def months_between(begin: date, end: date) -> Value:
    """Whole months from one day to another; the rest of days is dropped, towards zero."""
    months = (end.year - begin.year) * 12 + end.month - begin.month
    if months > 0 and end.day < begin.day:
        months -= 1
    if months < 0 and end.day > begin.day:
        months += 1
    return Months(months)


@builtin("not", "negand: boolean", gives="boolean")
def negation(value: bool) -> Value:
    return not value

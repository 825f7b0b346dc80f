"""Three-valued logic, equality and order (DMN 1.5, 10.3.2.15 and tables 53 to 57). None is FEEL's null: "cannot be said"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from decimal import Decimal

from rules.feel.bounds import spend
from rules.feel.values import Range, Value, kind_of

ORDERED = frozenset(("number", "string", "date", "time", "date and time", "days and time duration", "years and months duration"))
Truth = bool | None
# A time of a named zone has no date to tell summer from winter; a fixed day keeps evaluations repeatable.
_ZONE_DAY = datetime(2000, 1, 1)  # noqa: DTZ001


def both(a: Value, b: Value) -> Truth:
    """FEEL `and`."""
    if a is False or b is False:
        return False
    return True if a is True and b is True else None


def either(a: Value, b: Value) -> Truth:
    """FEEL `or`."""
    if a is True or b is True:
        return True
    return False if a is False and b is False else None


def opposite(a: Value) -> Truth:
    """FEEL `not`."""
    return not a if isinstance(a, bool) else None


def every_of(truths: Iterable[Value]) -> Truth:
    """FEEL `and` over many; True for none."""
    result: Truth = True
    for truth in truths:
        result = both(result, truth)
    return result


def any_of(truths: Iterable[Value]) -> Truth:
    """FEEL `or` over many; False for none."""
    result: Truth = False
    for truth in truths:
        result = either(result, truth)
    return result


def offset(moment: datetime | time) -> timedelta | None:
    """The distance from UTC, or None for a local moment."""
    if moment.tzinfo is None:
        return None
    known = moment.utcoffset()
    return known if known is not None else moment.tzinfo.utcoffset(_ZONE_DAY)


def time_point(moment: time) -> timedelta:
    """The time since midnight, in UTC where the time has a zone."""
    since = timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)
    return since - (offset(moment) or timedelta(0))


def equal(a: Value, b: Value) -> Truth:
    """FEEL `=`. None for values of different kinds; a list of one equals its item."""
    if type(a) is type(b) and type(a) in (str, Decimal):
        return bool(a == b)
    if a is None or b is None:
        return a is b
    kind, other = kind_of(a), kind_of(b)
    if kind == other:
        return _EQUALS.get(kind, _same)(a, b)
    if kind == "list" and len(a) == 1:
        return equal(a[0], b)
    return equal(a, b[0]) if other == "list" and len(b) == 1 else None


def _same(a: Value, b: Value) -> Truth:
    return bool(a == b)


def _equal_lists(a: list[Value], b: list[Value]) -> Truth:
    spend(1 + len(a) // 8)
    return len(a) == len(b) and every_of(equal(x, y) for x, y in zip(a, b, strict=True))


def _equal_contexts(a: dict[str, Value], b: dict[str, Value]) -> Truth:
    spend(1 + len(a) // 8)
    return a.keys() == b.keys() and every_of(equal(a[key], b[key]) for key in a)


def _equal_times(a: time, b: time) -> Truth:
    """By hour, minute, second and offset: the standard leaves parts of a second out of equality."""
    return (a.tzinfo is None) == (b.tzinfo is None) and time_point(a.replace(microsecond=0)) == time_point(b.replace(microsecond=0))


def _equal_moments(a: datetime, b: datetime) -> Truth:
    return (a.tzinfo is None) == (b.tzinfo is None) and a.replace(microsecond=0) == b.replace(microsecond=0)


def _equal_ranges(a: Range, b: Range) -> Truth:
    if (a.low_in, a.high_in, a.op) != (b.low_in, b.high_in, b.op):
        return False
    return equal(a.low, b.low) is True and equal(a.high, b.high) is True


_EQUALS: dict[str, Callable[[Value, Value], Truth]] = {
    "list": _equal_lists,
    "context": _equal_contexts,
    "time": _equal_times,
    "date and time": _equal_moments,
    "range": _equal_ranges,
}


def unequal(a: Value, b: Value) -> Truth:
    """FEEL `!=`."""
    return opposite(equal(a, b))


def _ordered(holds: Callable[[Value, Value], bool]) -> Callable[[Value, Value], Truth]:
    def compare(a: Value, b: Value) -> Truth:
        if type(a) is Decimal and type(b) is Decimal:
            return holds(a, b)
        kind = kind_of(a)
        if kind not in ORDERED or kind != kind_of(b):
            return None
        if kind in ("time", "date and time"):
            if (a.tzinfo is None) != (b.tzinfo is None):
                return None
            return holds(time_point(a), time_point(b)) if kind == "time" else holds(a, b)
        return holds(a, b)

    return compare


less = _ordered(lambda a, b: a < b)
at_most = _ordered(lambda a, b: a <= b)


def more(a: Value, b: Value) -> Truth:
    """FEEL `>`."""
    return less(b, a)


def at_least(a: Value, b: Value) -> Truth:
    """FEEL `>=`."""
    return at_most(b, a)


COMPARISONS: dict[str, Callable[[Value, Value], Truth]] = {
    "=": equal,
    "!=": unequal,
    "<": less,
    "<=": at_most,
    ">": more,
    ">=": at_least,
}


def between(value: Value, low: Value, high: Value) -> Truth:
    """FEEL `value between low and high`."""
    return both(at_most(low, value), at_most(value, high))


def covers(reach: Range, value: Value) -> Truth:
    """Whether the value lies in the range; None when a bound is missing or of another kind."""
    if reach.op in ("=", "!="):
        return COMPARISONS[reach.op](value, reach.low)
    if reach.op is None and (reach.low is None or reach.high is None):
        return None
    above = True if reach.op and reach.low is None else (at_most if reach.low_in else less)(reach.low, value)
    below = True if reach.op and reach.high is None else (at_most if reach.high_in else less)(value, reach.high)
    return both(above, below)


def is_in(value: Value, test: Value) -> Truth:
    """FEEL `value in test`: an equal value, a range that covers it, a list that has it, a function that says so."""
    if isinstance(test, Range):
        return covers(test, value)
    if isinstance(test, list):
        if isinstance(value, list) and equal(value, test) is True:
            return True
        return _in_list(value, test)
    return equal(value, test)


def _in_list(value: Value, tests: list[Value]) -> Truth:
    result: Truth = False
    for test in tests:
        deeper = isinstance(test, Range) or (isinstance(test, list) and not isinstance(value, list))
        result = either(result, is_in(value, test) if deeper else equal(value, test))
        if result:
            return True
    return False

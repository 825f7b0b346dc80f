"""Date and time functions (DMN 1.5, 10.3.4.7 and 10.3.4.8). Names of days and months are English, as the standard has them."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from rules.feel.bounds import Budget
from rules.feel.compare import equal
from rules.feel.signature import Call, builtin
from rules.feel.temporal import zone_text
from rules.feel.values import Value, kind_of

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@builtin("is", "value1?: any, value2?: any", gives="boolean")
def same_value(a: Value = None, b: Value = None) -> Value:
    """The same kind, the same value, and for times the same zone."""
    if kind_of(a) != kind_of(b):
        return False
    if isinstance(a, time | datetime):
        return bool(a.replace(tzinfo=None) == b.replace(tzinfo=None) and zone_text(a) == zone_text(b))
    return a is None or equal(a, b) is True


@builtin("day of year", "date: day", gives="number")
def day_of_year(day: date) -> Value:
    return Decimal(day.timetuple().tm_yday)


@builtin("day of week", "date: day", gives="string")
def day_of_week(day: date) -> Value:
    return _DAYS[day.weekday()]


@builtin("month of year", "date: day", gives="string")
def month_of_year(day: date) -> Value:
    return _MONTHS[day.month - 1]


@builtin("week of year", "date: day", gives="number")
def week_of_year(day: date) -> Value:
    return Decimal(day.isocalendar()[1])


@builtin("now", "", gives="date and time", asks=True)
def now(budget: Budget, call: Call) -> Value:
    return budget.moment()


@builtin("today", "", gives="date", asks=True)
def today(budget: Budget, call: Call) -> Value:
    return budget.moment().date()

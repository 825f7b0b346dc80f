"""The values of FEEL. Numbers are Decimal (34 digits, half even) or int; dates, times and days-and-time durations are those of
`datetime`; lists and contexts are list and dict; null is None. Only three kinds need a class of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Any, TypeAlias

Value: TypeAlias = Any
Scope: TypeAlias = dict[str, Any]

# IEEE 754 decimal128, as DMN 1.5 asks in 10.3.2.3.
NUMBERS = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[InvalidOperation, DivisionByZero, Overflow])
MONTHS_MAX = 999_999_999 * 12


@dataclass(frozen=True, order=True, slots=True)
class Months:
    """A years and months duration, counted in months."""

    count: int

    def __post_init__(self) -> None:
        if abs(self.count) > MONTHS_MAX:
            raise OverflowError("duration too long")

    def __str__(self) -> str:
        years, months = divmod(abs(self.count), 12)
        sign = "-" if self.count < 0 else ""
        return sign + "P" + (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")


@dataclass(slots=True)
class Range:
    """`[low..high]` and its kin. `op` is set for one-sided ranges such as `(< 10)`: one of < <= > >= = !=."""

    low: Value
    high: Value
    low_in: bool
    high_in: bool
    op: str | None = None


class Function:
    """A function value: user-defined, built in, or handed in by the caller."""

    __slots__ = ("names", "run", "tests")

    def __init__(self, names: tuple[str, ...], run: Callable[..., Value], tests: tuple[Callable[..., bool] | None, ...] = ()) -> None:
        self.names = names
        self.run = run
        self.tests = tests


KINDS: dict[type, str] = {
    type(None): "Null",
    bool: "boolean",
    Decimal: "number",
    int: "number",
    str: "string",
    list: "list",
    dict: "context",
    date: "date",
    time: "time",
    datetime: "date and time",
    timedelta: "days and time duration",
    Months: "years and months duration",
    Range: "range",
    Function: "function",
}
NUMBER_TYPES = (Decimal, int)
DURATION_TYPES = (Months, timedelta)


_FAMILIES = ((str, "string"), (list, "list"), (dict, "context"), (datetime, "date and time"), (date, "date"), (time, "time"))


def kind_of(value: Value) -> str:
    """The FEEL type of a value, "?" for a Python object that has none."""
    kind = KINDS.get(type(value))
    return kind or next((name for family, name in _FAMILIES if isinstance(value, family)), "?")


def is_number(value: Value) -> bool:
    """True for Decimal and int, not for bool."""
    return type(value) is Decimal or type(value) is int


def decimal(value: Value) -> Decimal:
    """The number as a Decimal of at most 34 digits."""
    return value if type(value) is Decimal else NUMBERS.create_decimal(value)

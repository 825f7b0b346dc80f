"""Numeric functions (DMN 1.5, 10.3.4.5): rounding, remainders, roots. All on decimals of 34 digits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal

from rules.feel.signature import builtin
from rules.feel.values import NUMBERS, Months, Value

_ROUNDINGS = {
    "decimal": ROUND_HALF_EVEN,
    "round up": ROUND_UP,
    "round down": ROUND_DOWN,
    "round half up": ROUND_HALF_UP,
    "round half down": ROUND_HALF_DOWN,
}
_SCALE_MIN, _SCALE_MAX = -6111, 6176


def rounded(number: Decimal, scale: Decimal, mode: str) -> Value:
    """The number with this many decimals; null for a scale that decimal128 does not have."""
    if not _SCALE_MIN <= scale <= _SCALE_MAX:
        return None
    places = int(scale)
    if number.adjusted() + places > 33:
        return number
    return number.quantize(Decimal((0, (1,), -places)), mode, NUMBERS)


def _rounding(mode: str) -> Callable[..., Value]:
    def round_number(number: Decimal, scale: Decimal = Decimal(0)) -> Value:
        return rounded(number, scale, mode)

    return round_number


for _name, _mode in _ROUNDINGS.items():
    builtin(_name, "n: number, scale: number", gives="number")(_rounding(_mode))
builtin("floor", "n: number", "n: number, scale: number", gives="number")(_rounding(ROUND_FLOOR))
builtin("ceiling", "n: number", "n: number, scale: number", gives="number")(_rounding(ROUND_CEILING))


@builtin("abs", "n: number", gives="number")
def absolute(number: Decimal) -> Value:
    return NUMBERS.abs(number)


@builtin("abs", "n: duration", gives="duration")
def absolute_duration(duration: Months | timedelta) -> Value:
    return Months(abs(duration.count)) if isinstance(duration, Months) else abs(duration)


@builtin("modulo", "dividend: number, divisor: number", gives="number")
def modulo(dividend: Decimal, divisor: Decimal) -> Value:
    if not divisor:
        return None
    times = NUMBERS.divide(dividend, divisor).to_integral_value(ROUND_FLOOR)
    return NUMBERS.subtract(dividend, NUMBERS.multiply(divisor, times))


@builtin("sqrt", "number: number", gives="number")
def square_root(number: Decimal) -> Value:
    return NUMBERS.sqrt(number) if number >= 0 else None


@builtin("log", "number: number", gives="number")
def logarithm(number: Decimal) -> Value:
    return NUMBERS.ln(number) if number > 0 else None


@builtin("exp", "number: number", gives="number")
def exponential(number: Decimal) -> Value:
    return NUMBERS.exp(number)


def _parity(number: Decimal) -> Decimal | None:
    """0 for even, 1 for odd, None for a number with decimals; beyond 34 digits every number is even."""
    if number != number.to_integral_value():
        return None
    return Decimal(0) if number.adjusted() > 33 else NUMBERS.remainder(abs(number), Decimal(2))


@builtin("odd", "number: number", gives="boolean")
def odd(number: Decimal) -> Value:
    return _parity(number) == 1


@builtin("even", "number: number", gives="boolean")
def even(number: Decimal) -> Value:
    return _parity(number) == 0

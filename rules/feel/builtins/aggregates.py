"""Functions that make one value of a list (DMN 1.5, 10.3.4.4): called with a list or with the values themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from rules.feel.arithmetic import add, divide, multiply, subtract
from rules.feel.compare import ORDERED, any_of, every_of, less
from rules.feel.signature import builtin
from rules.feel.values import NUMBERS, Months, Value, is_number, kind_of

Aggregate = Callable[[list[Value]], Value]


def _aggregate(name: str, gives: str, empty: Value = None, only_numbers: bool = False) -> Callable[[Aggregate], Aggregate]:
    def register(body: Aggregate) -> Aggregate:
        def run(items: list[Value]) -> Value:
            if not items:
                return list(empty) if isinstance(empty, list) else empty
            return None if only_numbers and not all(map(is_number, items)) else body(items)

        builtin(name, "*list: list", gives=gives)(run)
        return body

    return register


@builtin("count", "list: list", gives="number")
def count(items: list[Value]) -> Value:
    return Decimal(len(items))


def _extreme(items: list[Value], better: Callable[[Value, Value], bool | None]) -> Value:
    best = items[0]
    for item in items[1:]:
        wins = better(item, best)
        if wins is None:
            return None
        best = item if wins else best
    return best if kind_of(best) in ORDERED else None


@_aggregate("min", "any")
def smallest(items: list[Value]) -> Value:
    return _extreme(items, less)


@_aggregate("max", "any")
def largest(items: list[Value]) -> Value:
    return _extreme(items, lambda a, b: less(b, a))


@_aggregate("sum", "any")
def total(items: list[Value]) -> Value:
    """The sum of numbers, or of durations of one kind."""
    kind = kind_of(items[0])
    if not (kind == "number" or isinstance(items[0], timedelta | Months)) or any(kind_of(item) != kind for item in items):
        return None
    result = items[0]
    for item in items[1:]:
        result = add(result, item)
    return result


@_aggregate("product", "number", only_numbers=True)
def product(items: list[Value]) -> Value:
    result = items[0]
    for item in items[1:]:
        result = multiply(result, item)
    return result


@_aggregate("mean", "any")
def mean(items: list[Value]) -> Value:
    whole = total(items)
    return None if whole is None else divide(whole, Decimal(len(items)))


@_aggregate("median", "number", only_numbers=True)
def median(items: list[Value]) -> Value:
    ranked, middle = sorted(items), len(items) // 2
    return ranked[middle] if len(items) % 2 else divide(add(ranked[middle - 1], ranked[middle]), Decimal(2))


@_aggregate("stddev", "number", only_numbers=True)
def standard_deviation(items: list[Value]) -> Value:
    """Of a sample; null for fewer than two."""
    if len(items) < 2:
        return None
    middle = divide(total(items), Decimal(len(items)))
    squares = total([multiply(subtract(item, middle), subtract(item, middle)) for item in items])
    return NUMBERS.sqrt(divide(squares, Decimal(len(items) - 1)))


@_aggregate("mode", "list<number>", empty=[], only_numbers=True)
def mode(items: list[Value]) -> Value:
    """The numbers that occur most, in order."""
    counts: dict[Value, int] = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    most = max(counts.values())
    return sorted(item for item, times in counts.items() if times == most)


def _truths(items: list[Value]) -> list[bool | None]:
    return [item if isinstance(item, bool) else None for item in items]


@_aggregate("all", "boolean", empty=True)
def all_true(items: list[Value]) -> Value:
    return every_of(_truths(items))


@_aggregate("any", "boolean", empty=False)
def any_true(items: list[Value]) -> Value:
    return any_of(_truths(items))

"""List functions (DMN 1.5, 10.3.4.4): positions count from 1, or from the end when negative. Lists are never changed in place."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cmp_to_key

from rules.feel.bounds import Budget, limit
from rules.feel.builtins.strings import _position
from rules.feel.compare import equal
from rules.feel.signature import Builtin, Call, builtin
from rules.feel.values import Function, Value, is_number

Items = list[Value]
_FLAT_DEPTH = 100


@builtin("list contains", "list: list, element: any", gives="boolean")
def list_contains(items: Items, element: Value) -> Value:
    return any(equal(item, element) is True for item in items)


@builtin("sublist", "list: list, start position: number, length?: number?", gives="list")
def sublist(items: Items, start: Decimal, length: Decimal | None = None) -> Value:
    at = _index(items, start)
    if at is None:
        return None
    if length is None:
        return items[at:]
    size = _position(length)
    return items[at : at + size] if length >= 1 and at + size <= len(items) else None


def _index(items: Items, position: Decimal) -> int | None:
    """A FEEL position as an index, None when the list has no such place."""
    at = _position(position)
    if at == 0 or abs(at) > len(items):
        return None
    return at - 1 if at > 0 else len(items) + at


@builtin("append", "list: list, *item: any", gives="list")
def append(items: Items, more: Items) -> Value:
    return [*items, *more]


@builtin("concatenate", "*list: any", gives="list", asks=True)
def concatenate(budget: Budget, call: Call, lists: Items) -> Value:
    budget.spend(sum(len(items) if isinstance(items, list) else 1 for items in lists))
    return [item for items in lists for item in (items if isinstance(items, list) else [items])]


@builtin("distinct values", "list: list", gives="list", asks=True)
def distinct_values(budget: Budget, call: Call, items: Items) -> Value:
    kept: Items = []
    for item in items:
        budget.spend(1 + len(kept) // 8)
        if not any(equal(item, other) is True for other in kept):
            kept.append(item)
    return kept


@builtin("union", "*list: any", gives="list", asks=True)
def union(budget: Budget, call: Call, lists: Items) -> Value:
    return distinct_values(budget, call, concatenate(budget, call, lists))


@builtin("insert before", "list: list, position: number, newItem: any", gives="list")
def insert_before(items: Items, position: Decimal, item: Value) -> Value:
    at = _index(items, position)
    return None if at is None else [*items[:at], item, *items[at:]]


@builtin("remove", "list: list, position: number", gives="list")
def remove(items: Items, position: Decimal) -> Value:
    at = _index(items, position)
    return None if at is None else items[:at] + items[at + 1 :]


@builtin("list replace", "list: list, position: number, newItem: any", gives="list")
def replace_at(items: Items, position: Decimal, item: Value) -> Value:
    at = _index(items, position)
    return None if at is None else [*items[:at], item, *items[at + 1 :]]


@builtin("list replace", "list: list, match: function, newItem: any", gives="list", asks=True)
def replace_where(budget: Budget, call: Call, items: Items, match: Function, new: Value) -> Value:
    answers = [call(match, [item, new], budget) for item in items]
    if any(not isinstance(answer, bool) for answer in answers):
        return None
    return [new if answer else item for answer, item in zip(answers, items, strict=True)]


@builtin("reverse", "list: list", gives="list")
def reverse(items: Items) -> Value:
    return items[::-1]


@builtin("index of", "list: list, match: any", gives="list<number>")
def index_of(items: Items, match: Value) -> Value:
    return [Decimal(number) for number, item in enumerate(items, 1) if (item is match if match is None else equal(item, match) is True)]


@builtin("flatten", "list: list", gives="list", asks=True)
def flatten(budget: Budget, call: Call, items: Items) -> Value:
    return list(_flat(items, budget, _FLAT_DEPTH))


def _flat(items: Items, budget: Budget, depth: int) -> Iterator[Value]:
    if not depth:
        raise limit("depth")
    for item in items:
        budget.spend()
        if isinstance(item, list):
            yield from _flat(item, budget, depth - 1)
        else:
            yield item


@builtin("sort", "list: list, precedes: function", gives="list", asks=True)
def sort_by(budget: Budget, call: Call, items: Items, precedes: Function) -> Value:
    if not isinstance(precedes, Builtin) and isinstance(precedes, Function) and len(precedes.names) != 2:
        return None

    def order(a: Value, b: Value) -> int:
        if call(precedes, [a, b], budget) is True:
            return -1
        return 1 if call(precedes, [b, a], budget) is True else 0

    return sorted(items, key=cmp_to_key(order))


@builtin("sort", "list: list", gives="list")
def sort(items: Items) -> Value:
    """Without a function only numbers or only texts have an order."""
    if all(map(is_number, items)) or all(isinstance(item, str) for item in items):
        return sorted(items)
    return None

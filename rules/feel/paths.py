"""The dot and the filter: `case.number`, `points.length`, `points[length > 3]`, `points[1]` (DMN 1.5, 10.3.2.5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from rules.feel import temporal
from rules.feel.bounds import Budget
from rules.feel.values import Months, Range, Scope, Value, decimal, is_number

Code = Callable[[Scope, Budget], Value]
_RANGE_PARTS = {"start": "low", "end": "high", "start included": "low_in", "end included": "high_in"}
_PARTS: dict[type, Callable[..., Value]] = {
    date: temporal.date_part,
    datetime: temporal.moment_part,
    time: temporal.time_part,
    timedelta: temporal.duration_part,
    Months: temporal.months_part,
    Range: lambda value, name: getattr(value, _RANGE_PARTS[name]) if name in _RANGE_PARTS else None,
}


def member(value: Value, name: str, budget: Budget) -> Value:
    """`value.name`; of a list, the members of all its items."""
    if isinstance(value, dict):
        return value.get(name)
    if isinstance(value, list):
        budget.spend(len(value))
        return [member(item, name, budget) for item in value]
    part = _PARTS.get(type(value))
    return part(value, name) if part else None


def item_at(items: list[Value], number: Value) -> Value:
    """`items[number]`: from 1, or from the end when negative; null where there is none."""
    exact = decimal(number)
    if exact != exact.to_integral_value() or abs(exact) > len(items) or not exact:
        return None
    return items[int(exact) - 1 if exact > 0 else int(exact)]


def within(scope: Scope, item: Value) -> Scope:
    """What a filter's condition sees: the item, and its members if it is a context."""
    if not isinstance(item, dict):
        return {**scope, "item": item}
    return {**scope, **item} if "item" in item else {**scope, **item, "item": item}


def filtered(items: Value, condition: Code, scope: Scope, budget: Budget, weight: int) -> Value:
    """`items[condition]`. A condition that turns out a number picks one item."""
    if items is None:
        return []
    items = items if isinstance(items, list) else [items]
    if not items:
        return None if is_number(condition(scope, budget)) else []
    kept = []
    weight += len(scope) // 4
    for number, item in enumerate(items):
        budget.spend(weight + (len(item) // 4 if isinstance(item, dict) else 0))
        answer = condition(within(scope, item), budget)
        if not number and is_number(answer):
            return item_at(items, answer)
        if answer is True:
            kept.append(item)
    return kept

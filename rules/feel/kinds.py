"""`instance of`: whether a value is of a type (DMN 1.5, 10.3.2.9). A named type comes from the model the expression belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rules.feel.ast import Node
from rules.feel.bounds import Budget
from rules.feel.compare import ORDERED
from rules.feel.values import Function, Range, Value, kind_of

Test = Callable[[Value, Budget], bool]
_SIMPLE = ORDERED | {"boolean", "context", "list", "function", "range"}


def tester(kind: Node, types: Mapping[str, Test]) -> Test:
    """The test of a type as the parser reads it."""
    form = kind[0]
    if form == "list":
        return _list_of(tester(kind[1], types))
    if form == "range":
        return _range_of(tester(kind[1], types))
    if form == "context":
        return _context_of([(name, tester(inner, types)) for name, inner in kind[1]])
    if form == "function":
        count = len(kind[1])
        return lambda value, budget: isinstance(value, Function) and len(value.names) == count
    return named(kind[1], types)


def _list_of(inner: Test) -> Test:
    def test(value: Value, budget: Budget) -> bool:
        if not isinstance(value, list):
            return False
        budget.spend(len(value))
        return all(item is None or inner(item, budget) for item in value)

    return test


def _range_of(inner: Test) -> Test:
    def test(value: Value, budget: Budget) -> bool:
        return isinstance(value, Range) and all(bound is None or inner(bound, budget) for bound in (value.low, value.high))

    return test


def _context_of(members: list[tuple[str, Test]]) -> Test:
    def test(value: Value, budget: Budget) -> bool:
        if not isinstance(value, dict):
            return False
        budget.spend(1 + len(members))
        return all(name in value and (value[name] is None or inner(value[name], budget)) for name, inner in members)

    return test


def named(name: str, types: Mapping[str, Test]) -> Test:
    """The test of a type by its name; a name that no one knows fits nothing."""
    if name in types:
        return types[name]
    if name == "Any":
        return lambda value, budget: value is not None
    if name == "Null":
        return lambda value, budget: value is None
    if name == "duration":
        return lambda value, budget: kind_of(value).endswith("duration")
    if name in _SIMPLE:
        return lambda value, budget: kind_of(value) == name
    return lambda value, budget: False

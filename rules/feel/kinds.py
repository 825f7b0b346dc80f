"""`instance of`: whether a value is of a type (DMN 1.5, 10.3.2.9). A named type comes from the model the expression belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rules.feel.ast import Node
from rules.feel.compare import ORDERED
from rules.feel.values import Function, Range, Value, kind_of

Test = Callable[[Value], bool]
_SIMPLE = ORDERED | {"boolean", "context", "list", "function", "range"}


def tester(kind: Node, types: Mapping[str, Test]) -> Test:
    """The test of a type as the parser reads it."""
    form = kind[0]
    if form == "list":
        inner = tester(kind[1], types)
        return lambda value: isinstance(value, list) and all(item is None or inner(item) for item in value)
    if form == "range":
        return _range_of(tester(kind[1], types))
    if form == "context":
        return _context_of([(name, tester(inner, types)) for name, inner in kind[1]])
    if form == "function":
        count = len(kind[1])
        return lambda value: kind_of(value) == "function" and (not isinstance(value, Function) or len(value.names) == count)
    return named(kind[1], types)


def _range_of(inner: Test) -> Test:
    def test(value: Value) -> bool:
        return isinstance(value, Range) and all(bound is None or inner(bound) for bound in (value.low, value.high))

    return test


def _context_of(members: list[tuple[str, Test]]) -> Test:
    def test(value: Value) -> bool:
        return isinstance(value, dict) and all(
            name in value and (value[name] is None or inner(value[name])) for name, inner in members
        )

    return test


def named(name: str, types: Mapping[str, Test]) -> Test:
    """The test of a type by its name; a name that no one knows fits nothing."""
    if name in types:
        return types[name]
    if name == "Any":
        return lambda value: value is not None
    if name == "Null":
        return lambda value: value is None
    if name == "duration":
        return lambda value: kind_of(value).endswith("duration")
    if name in _SIMPLE:
        return lambda value: kind_of(value) == name
    return lambda value: False

"""Whether a condition can hold at all. Nothing is run: its tree is taken apart into the cases in which it is true, and what a case asks of
one and the same expression is held against each other. What is not understood may be anything, so that only what is certain is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import product
from typing import Any

import rules

from .names import FUNCTIONS

Node = list[Any]
_MOST = 256
_SWAPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_DENIED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
_ORDERS = {"<": {-1}, "<=": {-1, 0}, ">": {1}, ">=": {1, 0}, "=": {0}}
_WRITTEN = frozenset({"date", "duration"})
_KINDS = {date: "date", timedelta: "duration"}
_UNORDERED = frozenset({"nothing", "yes or no", "list"})


@dataclass(frozen=True)
class _Value:
    """A value that is written out. Only those of one kind can be equal or compared by size; numbers are equal however they are written."""

    kind: str
    value: Any = None


@dataclass(frozen=True)
class _Demand:
    """What a case asks of an expression (its tree as text): `x < 5`; of two, when neither is written out, how they lie to each other."""

    of: str
    operator: str
    than: _Value | None = None


Case = frozenset[_Demand]
_ANY: list[Case] = [frozenset()]


class _TooMany(Exception):
    """More cases than one looks at."""


@lru_cache(maxsize=4096)
def is_impossible(text: str) -> bool:
    """Whether a condition is true for no answers whatever; False for one that cannot be read, and for all that is not certain."""
    try:
        return not any(_can_be(case) for case in _cases(rules.compile(text, names=FUNCTIONS).ast["e"], True))
    except (rules.RuleError, _TooMany):
        return False


def _cases(node: Node, want: bool) -> list[Case]:
    """The cases in which this is true (false, when that is wanted); none when it never is."""
    kind = node[0]
    if kind in ("true", "false"):
        return _ANY if (kind == "true") == want else []
    if kind in ("and", "or"):
        return _together((kind == "and") == want, (_cases(part, want) for part in node[1:3]))
    if kind == "call" and node[1] == ["var", "not"] and len(node[2]) == 1:
        return _cases(node[2][0], not want)
    if kind == "if":
        return _limited([*_all((_cases(node[1], True), _cases(node[2], want))), *_cases(node[3], want)])
    if kind in _SWAPPED:
        return _compared(kind, node[1], node[2], want)
    if kind == "between":
        return _together(want, (_compared(">=", node[1], node[2], want), _compared("<=", node[1], node[3], want)))
    if kind == "in":
        return _together(not want, (_member(node[1], test, want) for test in node[2]))
    if kind in ("var", ".", "call"):
        return [frozenset({_Demand(repr(node), "=", _Value("yes or no", want))})]
    return _ANY


def _together(all_of: bool, parts: Iterable[list[Case]]) -> list[Case]:
    """The cases of parts that must all be so, or of which one must."""
    return _all(parts) if all_of else _limited([case for part in parts for case in part])


def _all(parts: Iterable[list[Case]]) -> list[Case]:
    found = _ANY
    for part in parts:
        found = _limited([one | other for one, other in product(found, part)])
    return found


def _limited(cases: list[Case]) -> list[Case]:
    if len(cases) > _MOST:
        raise _TooMany
    return cases


def _compared(operator: str, left: Node, right: Node, want: bool) -> list[Case]:
    first, second = _value(left), _value(right)
    if first is not None:
        left, right, second, operator = right, left, first, _SWAPPED[operator]
        if _value(left) is not None:
            return _ANY  # two values that are written out: nobody's answer
    asked = operator if want else _DENIED[operator]
    if second is not None:
        return [frozenset({_Demand(repr(left), asked, second)})]
    if repr(left) > repr(right):
        left, right, asked = right, left, _SWAPPED[asked]
    return [frozenset({_Demand(repr([left, right]), asked)})]


def _member(node: Node, test: Node, want: bool) -> list[Case]:
    """The cases in which a value is (is not) what one of the tests behind `in` says."""
    said: Node = test[1] if test[0] == "e" else []
    if said[:1] in ([], ["range"]) and not want:
        return _ANY  # what cannot be compared by size is in none of them either
    if test[0] in _SWAPPED:
        return _compared(test[0], node, test[1], want)
    if not said:
        return _ANY
    if said[0] == "range":
        return _in_range(node, said)
    if said[0] == "list" and all(_value(each) is not None for each in said[1]):
        whole = [frozenset({_Demand(repr(node), "=", _Value("list", repr(said)))})] if want and len(said[1]) != 1 else []
        one = _together(not want, (_compared("=", node, each, want) for each in said[1]))
        return _limited([*one, *whole])
    return _compared("=", node, said, want) if _value(said) is not None else _ANY


def _in_range(node: Node, said: Node) -> list[Case]:
    _, from_, low, high, until = said
    first, last = (_value(end) if end else None for end in (low, high))
    if first is None or last is None or first.kind != last.kind or first.kind in _UNORDERED or first.value > last.value:
        return _ANY  # a range without an end, or none at all: such a one is null, and null is in it
    return _all((_compared(">=" if from_ else ">", node, low, True), _compared("<=" if until else "<", node, high, True)))


def _value(node: Node) -> _Value | None:
    """A value that is written out, when it is one that is compared as Python does; None for anything else."""
    kind = node[0]
    if kind == "str":
        return _Value("text", node[1])
    if kind == "num":
        return _Value("number", rules.evaluate(str(node[1]), {}))
    if kind in ("true", "false"):
        return _Value("yes or no", kind == "true")
    if kind == "null":
        return _Value("nothing")
    if kind == "at":
        return _moment(f'@"{node[1]}"')
    if kind == "call" and node[1][0] == "var" and node[1][1] in _WRITTEN and [each[0] for each in node[2]] == ["str"]:
        return _moment(f'{node[1][1]}("{node[2][0][1]}")')
    return None


def _moment(text: str) -> _Value | None:
    try:
        value = rules.evaluate(text, {})
    except rules.RuleError:
        return None
    kind = _KINDS.get(type(value))
    return _Value(kind, value) if kind else None


def _can_be(case: Case) -> bool:
    """Whether nothing that the case asks of one expression excludes what else it asks of it."""
    asked: dict[str, list[_Demand]] = {}
    for each in case:
        asked.setdefault(each.of, []).append(each)
    return all(_agree(demands) for demands in asked.values())


def _agree(demands: list[_Demand]) -> bool:
    relative = {each.operator for each in demands if each.than is None}
    if relative:
        orders = set.intersection({-1, 0, 1}, *(_ORDERS[each] for each in relative if each in _ORDERS))
        return bool(orders) and not {"=", "!="} <= relative
    values = [(each.operator, each.than) for each in demands if each.than is not None]
    equal = {value for operator, value in values if operator == "="}
    other = {value for operator, value in values if operator == "!="}
    bounds = [(operator, value) for operator, value in values if operator not in ("=", "!=")]
    kinds = {value.kind for value in equal} | {value.kind for _, value in bounds}
    if len(equal) > 1 or len(kinds) > 1 or equal & other or (bounds and kinds & _UNORDERED):
        return False
    return all(_within(value, bounds) for value in equal) if equal else _leaves_room(bounds, other)


_HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda one, than: one < than,
    "<=": lambda one, than: one <= than,
    ">": lambda one, than: one > than,
    ">=": lambda one, than: one >= than,
}


def _within(value: _Value, bounds: list[tuple[str, _Value]]) -> bool:
    return all(_HOLDS[operator](value.value, bound.value) for operator, bound in bounds)


def _leaves_room(bounds: list[tuple[str, _Value]], other: set[_Value]) -> bool:
    """Whether something lies above all that it must lie above, and below all that it must lie below."""
    low = [(value.value, operator) for operator, value in bounds if operator in (">", ">=")]
    high = [(value.value, operator) for operator, value in bounds if operator in ("<", "<=")]
    for (least, above), (most, below) in product(low, high):
        if least > most or (least == most and (above == ">" or below == "<" or any(each.value == least for each in other))):
            return False
    return True

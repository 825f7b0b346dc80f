"""Unary tests: `in`, the cells of decision tables, and `instance of` (DMN 1.5, 10.3.2.10 and table 55)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rules.feel.ast import Node, mentions
from rules.feel.bounds import Budget
from rules.feel.calls import call
from rules.feel.code import Types, code_of, makes
from rules.feel.compare import COMPARISONS, any_of, is_in, opposite
from rules.feel.kinds import tester
from rules.feel.paths import Code
from rules.feel.values import NUMBER_TYPES, Function, Scope, Value

Test = Callable[[Value, Scope, Budget], Value]


class Constants(NamedTuple):
    """Values that a test names and nothing else: for a value of a type in `of`, being in `known` (or not: `wanted`) is the answer."""

    of: tuple[type, ...]
    known: frozenset[Value]
    wanted: bool = True


NO_CONSTANTS = Constants((), frozenset())
_NULL = type(None)  # is none of them, and no error
_TYPES: dict[str, tuple[type, ...]] = {"str": (str, _NULL), "num": (*NUMBER_TYPES, _NULL), "true": (bool, _NULL), "false": (bool, _NULL)}


def constants_of(node: Node) -> Constants:
    """What a cell (or the right side of `in`) names, where it names only texts, only numbers, or only true and false."""
    tests = node[2] if node[0] in ("cell", "in") else []
    kinds = {_TYPES.get(test[1][0]) if test[0] == "e" else None for test in tests}
    of = kinds.pop() if len(kinds) == 1 else None
    if of is None:
        return NO_CONSTANTS
    return Constants(of, frozenset(code_of(test[1], {})({}, Budget()) for test in tests), not (node[0] == "cell" and node[1]))


def _test(node: Node, types: Types) -> Test:
    """One positive unary test as a function of the value that is tested."""
    expected = code_of(node[1], types)
    if node[0] != "e":
        compare = COMPARISONS[node[0]]
        return lambda value, scope, budget: compare(value, expected(scope, budget))
    if mentions(node[1], ["?"]):
        return lambda value, scope, budget: _said(value, expected({**scope, "?": value}, budget), budget)
    if node[1][0] in ("str", "num"):
        return _equals(expected({}, Budget()))
    return lambda value, scope, budget: _fits(value, expected(scope, budget), budget)


def _equals(known: Value) -> Test:
    """A text or a number that stands in the test: nearly every cell of a table."""
    kind = type(known)
    return lambda value, scope, budget: value == known if type(value) is kind else is_in(value, known)


def _fits(value: Value, test: Value, budget: Budget) -> Value:
    if isinstance(test, list):
        budget.spend(1 + len(test) // 8)
    return call(test, [value], budget) if isinstance(test, Function) else is_in(value, test)


def _said(value: Value, answer: Value, budget: Budget) -> Value:
    """A test that names the value itself (`?`) says true or false; any other answer is compared as usual."""
    return answer if isinstance(answer, bool) or answer is None else _fits(value, answer, budget)


def _tests(nodes: list[Node], types: Types) -> Test:
    tests = [_test(node, types) for node in nodes]
    if len(tests) == 1:
        return tests[0]
    return lambda value, scope, budget: any_of(test(value, scope, budget) for test in tests)


@makes("in")
def _in(node: Node, types: Types) -> Code:
    value, test, (of, known, _) = code_of(node[1], types), _tests(node[2], types), constants_of(node)

    def run(scope: Scope, budget: Budget) -> Value:
        found = value(scope, budget)
        return found in known if type(found) in of else test(found, scope, budget)

    return run


@makes("cell")
def _cell(node: Node, types: Types) -> Code:
    if not node[2]:
        return lambda scope, budget: True
    test, negated, (of, known, wanted) = _tests(node[2], types), node[1], constants_of(node)

    def run(scope: Scope, budget: Budget) -> Value:
        value = scope.get("?")
        if type(value) in of:
            return (value in known) is wanted
        answer = test(value, scope, budget)
        return opposite(answer) if negated else answer

    return run


@makes("is")
def _is(node: Node, types: Types) -> Code:
    value, test = code_of(node[1], types), tester(node[2], types)
    return lambda scope, budget: test(value(scope, budget), budget)

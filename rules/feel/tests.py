"""Unary tests: `in`, the cells of decision tables, and `instance of` (DMN 1.5, 10.3.2.10 and table 55)."""

from __future__ import annotations

from collections.abc import Callable

from rules.feel.ast import Node, mentions
from rules.feel.bounds import Budget
from rules.feel.calls import call
from rules.feel.code import Types, code_of, makes
from rules.feel.compare import COMPARISONS, any_of, is_in, opposite
from rules.feel.kinds import tester
from rules.feel.paths import Code
from rules.feel.values import Function, Scope, Value

Test = Callable[[Value, Scope, Budget], Value]


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
    value, test = code_of(node[1], types), _tests(node[2], types)
    return lambda scope, budget: test(value(scope, budget), scope, budget)


@makes("cell")
def _cell(node: Node, types: Types) -> Code:
    if not node[2]:
        return lambda scope, budget: True
    test, negated = _tests(node[2], types), node[1]

    def run(scope: Scope, budget: Budget) -> Value:
        answer = test(scope.get("?"), scope, budget)
        return opposite(answer) if negated else answer

    return run


@makes("is")
def _is(node: Node, types: Types) -> Code:
    value, test = code_of(node[1], types), tester(node[2], types)
    return lambda scope, budget: test(value(scope, budget), budget)

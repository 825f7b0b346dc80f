"""Which expressions the browser's evaluator (frontend/src/shared/feel) can run. What lies outside is decided by the server."""

from __future__ import annotations

from rules.feel.ast import Node, walk
from rules.feel.expression import Expression
from rules.feel.signature import BUILTINS
from rules.feel.temporal import read_literal
from rules.feel.values import kind_of

FUNCTIONS = frozenset((
    "abs", "all", "any", "append", "ceiling", "contains", "count", "date", "day of week", "day of year", "decimal",
    "distinct values", "duration", "ends with", "even", "flatten", "floor", "get value", "index of", "is", "list contains",
    "lower case", "max", "mean", "min", "modulo", "month of year", "not", "number", "odd", "product", "reverse",
    "round down", "round half down", "round half up", "round up", "sqrt", "starts with", "string", "string join", "string length",
    "substring", "substring after", "substring before", "sum", "today", "upper case", "years and months duration",
))  # fmt: skip
_LITERALS = ("date", "days and time duration", "years and months duration")
_TYPES = ("Any", "number", "string", "boolean", "list", "context", "date", "days and time duration", "years and months duration")


def in_browser(expression: Expression, functions: frozenset[str] = frozenset()) -> bool:
    """Whether the browser can run it. Times of day, zones, patterns, named arguments and the caller's own `functions` it cannot."""
    return all(_runs(node, functions) for node in walk(expression.node))


def _runs(node: Node, functions: frozenset[str]) -> bool:
    op = node[0]
    if op == "named":
        return False
    if op == "call" and node[1] == ["var", "number"]:
        return len(node[2]) == 1
    if op == "at":
        return kind_of(read_literal(node[1])) in _LITERALS
    if op == "is":
        return node[2][0] == "T" and node[2][1] in _TYPES
    if op == "var":
        return node[1] not in functions and (node[1] not in BUILTINS or node[1] in FUNCTIONS)
    if op == "fn":
        return all(kind is None for _, kind in node[1])
    return True

"""A column of a decision table cut into the pieces its cells can tell apart: single values and the stretches between them.
Which cell covers which piece is found by running the cell on a value of the piece, so it is what the table itself would do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from rules.errors import FeelLimit, FeelSyntaxError, RuleError
from rules.feel.arithmetic import add, divide, multiply, subtract
from rules.feel.ast import Node, walk
from rules.feel.bounds import Budget
from rules.feel.compare import less
from rules.feel.expression import Expression, compile_text
from rules.feel.values import Months, Value, kind_of

_STEPS: dict[str, Value] = {
    "number": Decimal(1),
    "date": timedelta(days=1),
    "date and time": timedelta(days=1),
    "days and time duration": timedelta(days=1),
    "years and months duration": Months(1),
}
_DISCRETE = ("date", "years and months duration")
# Beyond this many cells times pieces a table is not examined.
_MOST = 200_000
_OTHER = "something else"


@dataclass(frozen=True)
class Column:
    """The pieces of a column, each by a value of it, and for every row the set of pieces its cell covers (None: cannot be said)."""

    pieces: tuple[Value, ...]
    rows: tuple[frozenset[int] | None, ...]


def column_of(cells: Iterable[str], allowed: str = "", *, everything: bool = False, whole: bool = False) -> Column:
    """Cut a column by its cells and its allowed values. `everything`: with what is left out otherwise because it is seldom meant:
    texts that no cell names, and no answer at all (None, the last piece). `whole`: without broken numbers."""
    read = [_read(text) for text in cells]
    limits = _read(allowed) if allowed else None
    bounds = _bounds([cell for cell in (*read, limits) if cell is not None])
    if bounds is None:
        return Column((None,), tuple(_any(cell) for cell in read))
    found = _pieces(bounds, [cell for cell in read if cell], others=everything and limits is None)
    found = [piece for piece in found if not (whole and isinstance(piece, Decimal) and piece % 1)]
    pieces = [piece for piece in found if limits is None or _holds(limits, piece)] + ([None] if everything else [])
    if len(pieces) * len(read) > _MOST:
        return Column((None,), (None,) * len(read))
    return Column(tuple(pieces), tuple(_covered(cell, pieces) for cell in read))


def _any(cell: Expression | None) -> frozenset[int] | None:
    return frozenset((0,)) if cell is not None and not cell.node[2] else None


def _covered(cell: Expression | None, pieces: list[Value]) -> frozenset[int] | None:
    if cell is None:
        return None
    return frozenset(number for number, piece in enumerate(pieces) if _holds(cell, piece))


def _holds(cell: Expression, value: Value) -> bool:
    try:
        return cell.run({"?": value}, Budget()) is True
    except RuleError:
        return False


def _read(text: str) -> Expression | None:
    """The cell, if it only compares with fixed values; None otherwise."""
    try:
        cell = compile_text(text, cell=True)
    except (FeelSyntaxError, FeelLimit):
        return None
    return cell if all(_fixed(test[1]) for test in cell.node[2]) else None


def _fixed(node: Node) -> bool:
    """Whether a test is made of literals, lists and ranges of them, and dates and durations from text."""
    calls = {id(one[1]) for one in walk(node) if one[0] == "call" and one[1][0] == "var" and one[1][1] in _FIXED_CALLS}
    return all(one[0] in _FIXED or id(one) in calls for one in walk(node))


_FIXED = ("num", "str", "true", "false", "at", "neg", "list", "range", "urange", "call")
_FIXED_CALLS = ("date", "time", "date and time", "duration")


def _bounds(cells: list[Expression]) -> list[Value] | None:
    """All fixed values the cells name, sorted; None when there are none, they are of several kinds, or cannot be told apart."""
    tests = [test for cell in cells for test in cell.node[2]]
    found = list({(kind_of(value), value): value for test in tests for value in _values(test[1])}.values())
    kinds = {kind_of(value) for value in found}
    if len(kinds) != 1 or kinds & {"list", "context", "range", "Null", "function"}:
        return None
    if not kinds & _STEPS.keys():  # texts and times have no next one: only equality tells them apart
        return None if any(_orders(test) for test in tests) else found
    try:
        return sorted(found)
    except TypeError:  # moments with a zone and without
        return None


def _orders(test: Node) -> bool:
    """Whether a test asks for less or more, not only for equal."""
    return test[0] not in ("e", "=", "!=") or any(
        node[0] == "range" or (node[0] == "urange" and node[1] not in ("=", "!=")) for node in walk(test[1])
    )


def _values(node: Node) -> list[Value]:
    if node[0] in ("list", "range", "urange"):
        inner = node[1] if node[0] == "list" else node[2:4] if node[0] == "range" else node[2:]
        return [value for part in inner for value in _values(part)]
    return [Expression("", node).run({}, Budget())]


def _pieces(bounds: list[Value], cells: list[Expression], *, others: bool) -> list[Value]:
    kind = kind_of(bounds[0])
    if kind == "boolean":
        return [True, False]
    if kind in _STEPS:
        pieces = _stretches(bounds, kind)
        # Where the lowest bound is 0 and no cell speaks of less, there is nothing below it: areas and fees are not negative.
        nothing_below = kind == "number" and bounds[0] == 0 and not any(cell.node[2] and _holds(cell, pieces[0]) for cell in cells)
        return pieces[1:] if nothing_below else pieces
    # Values nobody names matter only where a cell speaks of them, as `not("a")` does.
    spoken = kind == "string" and (others or any(cell.node[2] and _holds(cell, _OTHER) for cell in cells))
    return [*bounds, _OTHER] if spoken else bounds


def _stretches(bounds: list[Value], kind: str) -> list[Value]:
    """Before, on, between and after the bounds."""
    step, pieces = _STEPS[kind], []
    below = _stepped(bounds[0], step, -1)
    if below is not None:
        pieces.append(below)
    for low, high in zip(bounds, [*bounds[1:], None], strict=True):
        pieces.append(low)
        between = _stepped(low, step, 1) if high is None else _between(low, high, kind)
        if between is not None:
            pieces.append(between)
    return pieces


def _stepped(value: Value, step: Value, sign: int) -> Value:
    try:
        return add(value, step) if sign > 0 else subtract(value, step)
    except OverflowError:
        return None


def _between(low: Value, high: Value, kind: str) -> Value:
    """A value strictly between two bounds, None when there is none."""
    if kind == "number":
        return add(low, Decimal(1)) if subtract(high, low) > 1 else divide(add(low, high), Decimal(2))
    if kind in _DISCRETE:
        after = add(low, _STEPS[kind])
        return after if less(after, high) else None
    return add(low, multiply(subtract(high, low), Decimal("0.5")))

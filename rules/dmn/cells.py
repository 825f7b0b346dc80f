"""Cells of decision tables as what people choose from drop-downs, and back. The stored truth stays FEEL text; a cell that says more is
of the kind "feel" and is edited as text."""

from __future__ import annotations

from dataclasses import dataclass

from rules.errors import RuleError
from rules.feel.ast import Node
from rules.feel.bridge import UnfitError, literal_text, literal_value
from rules.feel.expression import compile_text
from rules.feel.values import Value

CELL_KINDS = ("any", "=", "!=", "<", "<=", ">", ">=", "between", "one of", "none of", "missing", "given", "feel")
_COMPARED = ("=", "!=", "<", "<=", ">", ">=")
_COUNTS = {"between": (2, 2), "one of": (1, 500), "none of": (1, 500), "any": (0, 0), "missing": (0, 0), "given": (0, 0), "feel": (0, 0)}


@dataclass(frozen=True)
class Cell:
    """A cell: one of CELL_KINDS with its values. `low_in`, `high_in`: whether the bounds of "between" belong to it; `text` of "feel"."""

    kind: str
    values: tuple[Value, ...] = ()
    low_in: bool = True
    high_in: bool = True
    text: str = ""


def cell_of(text: str) -> Cell:
    """A test of an input column; of the kind "feel" when it is none that rows of drop-downs can say, or no FEEL at all."""
    if text.strip() in ("", "-"):
        return Cell("any")
    try:
        _, negated, tests = compile_text(text, cell=True).node
        return _negated(tests) if negated else _plain(tests)
    except (RuleError, UnfitError):
        return Cell("feel", text=text)


def text_of_cell(cell: Cell) -> str:
    """The FEEL text of a test. Raises ValueError for a kind that does not exist, too few values, or one that is no literal."""
    if cell.kind not in CELL_KINDS:
        raise ValueError(f"there is no kind of cell {cell.kind!r}")
    least, most = _COUNTS.get(cell.kind, (1, 1))
    if not least <= len(cell.values) <= most:
        raise ValueError(f"{cell.kind} takes {least} to {most} values, not {len(cell.values)}")
    texts = [literal_text(value) for value in cell.values]
    return _WORDS[cell.kind] if cell.kind in _WORDS else _written(cell, texts)


def result_of(text: str) -> Cell:
    """A cell of an output column: "=" with its value, "any" for nothing, "feel" for what is worked out."""
    if not text.strip():
        return Cell("any")
    try:
        return Cell("=", (literal_value(compile_text(text).node),))
    except (RuleError, UnfitError):
        return Cell("feel", text=text)


def text_of_result(cell: Cell) -> str:
    """The FEEL text of an output. Raises ValueError as `text_of_cell`."""
    if cell.kind not in ("any", "=", "feel"):
        raise ValueError(f"a result cannot be {cell.kind!r}")
    return "" if cell.kind == "any" else text_of_cell(cell)


_WORDS = {"any": "-", "missing": "null", "given": "not(null)"}


def _written(cell: Cell, texts: list[str]) -> str:
    if cell.kind == "feel":
        return cell.text
    if cell.kind == "between":
        return f"{'[' if cell.low_in else '('}{texts[0]}..{texts[1]}{']' if cell.high_in else ')'}"
    if cell.kind in ("!=", "none of"):
        return f"not({', '.join(texts)})"
    return ", ".join(texts) if cell.kind in ("=", "one of") else f"{cell.kind} {texts[0]}"


def _plain(tests: list[Node]) -> Cell:
    if len(tests) > 1:
        return Cell("one of", tuple(_equal(test) for test in tests))
    op, node = tests[0]
    if op != "e":
        return Cell(op, (literal_value(node),))
    if node[0] == "null":
        return Cell("missing")
    if node[0] == "range":
        return Cell("between", (literal_value(node[2]), literal_value(node[3])), bool(node[1]), bool(node[4]))
    if node[0] == "urange":
        return Cell(node[1], (literal_value(node[2]),))
    if node[0] == "list" and node[1]:
        return Cell("one of", tuple(map(literal_value, node[1])))
    return Cell("=", (literal_value(node),))


def _negated(tests: list[Node]) -> Cell:
    if len(tests) == 1 and tests[0][0] == "e" and tests[0][1][0] == "null":
        return Cell("given")
    values = tuple(_equal(test) for test in tests)
    return Cell("!=", values) if len(values) == 1 else Cell("none of", values)


def _equal(test: Node) -> Value:
    if test[0] != "e":
        raise UnfitError
    return literal_value(test[1])

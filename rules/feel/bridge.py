"""Conditions as rows of drop-downs and back: all of, or any of, `field operator value`. The stored truth stays FEEL text; what does
not fit the rows is said so, and is then edited as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rules.errors import FeelLimit, FeelSyntaxError
from rules.feel.ast import Node
from rules.feel.bounds import Budget
from rules.feel.expression import Expression, compile_text
from rules.feel.printing import number_text, quoted, text_of
from rules.feel.reads import path_of
from rules.feel.text import is_identifier
from rules.feel.values import Value, is_number, kind_of

Join = Literal["all", "any"]
OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "is one of", "is none of", "is between", "contains", "includes", "is empty", "is filled")
_FOUND_IN = {"contains": "contains", "includes": "list contains"}
_COMPARISONS = OPERATORS[:6]
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_LITERALS = ("num", "str", "true", "false", "at")
_CALLED = {"date": "date", "date and time": "date and time", "duration": "duration"}


@dataclass(frozen=True)
class Row:
    """One condition. `value` is a list for "is one of" and "is none of", two values for "is between", None for "is empty"."""

    field: str
    operator: str
    value: Value = None


@dataclass(frozen=True)
class Rows:
    """Conditions of which all or any must hold. `fits` is False when the text says more than rows can."""

    join: Join
    rows: tuple[Row, ...]
    fits: bool = True


class UnfitError(Exception):
    """The expression is no row."""


def rows_of(text: str) -> Rows:
    """A condition as rows; `fits` is False for a text that is no such condition, or no FEEL at all."""
    if not text.strip():
        return Rows("all", ())
    try:
        node = compile_text(text).node
        join = "or" if node[0] == "or" else "and"
        return Rows("any" if join == "or" else "all", tuple(map(_row, _operands(node, join))))
    except (FeelSyntaxError, FeelLimit, UnfitError):
        return Rows("all", (), fits=False)


def text_of_rows(rows: Rows) -> str:
    """The FEEL text of rows. Raises ValueError for an operator that does not exist or a value that is no literal."""
    word = " and " if rows.join == "all" else " or "
    return word.join(map(_text, rows.rows))


def _operands(node: Node, join: str) -> list[Node]:
    return [*_operands(node[1], join), *_operands(node[2], join)] if node[0] == join else [node]


def _field(node: Node) -> str:
    path = path_of(node, {}) if node[0] in ("var", ".") else None
    if not path or not all(map(is_identifier, path.split("."))):
        raise UnfitError
    return path


def literal_value(node: Node) -> Value:
    """The value of a literal, or of a date or duration made from text. Raises UnfitError for anything else."""
    called = node[0] == "call" and node[1][0] == "var" and node[1][1] in _CALLED and [part[0] for part in node[2]] == ["str"]
    if node[0] not in _LITERALS and not called:
        raise UnfitError
    value = Expression("", node).run({}, Budget())
    if value is None:
        raise UnfitError
    return value


def _row(node: Node) -> Row:
    op = node[0]
    if op in _COMPARISONS:
        return _compared(op, node[1], node[2])
    if op == "var" or op == ".":
        return Row(_field(node), "=", True)
    if op == "between":
        return Row(_field(node[1]), "is between", [literal_value(node[2]), literal_value(node[3])])
    if op == "in" and len(node[2]) == 1 and node[2][0][0] == "e":
        return _membership(node[1], node[2][0][1])
    if op == "in" and all(test[0] == "e" for test in node[2]):
        return Row(_field(node[1]), "is one of", [literal_value(test[1]) for test in node[2]])
    if op == "call" and node[1][0] == "var":
        return _called(node[1][1], node[2])
    raise UnfitError


def _compared(op: str, left: Node, right: Node) -> Row:
    if left[0] in _LITERALS:
        left, right, op = right, left, _TURNED.get(op, op)
    if right[0] == "null" and op in ("=", "!="):
        return Row(_field(left), "is empty" if op == "=" else "is filled")
    return Row(_field(left), op, literal_value(right))


def _membership(field: Node, test: Node) -> Row:
    if test[0] == "list":
        return Row(_field(field), "is one of", [literal_value(item) for item in test[1]])
    if test[0] == "range" and test[1] and test[4]:
        return Row(_field(field), "is between", [literal_value(test[2]), literal_value(test[3])])
    return Row(_field(field), "is one of", [literal_value(test)])


def _called(name: str, arguments: list[Node]) -> Row:
    found = next((word for word, function in _FOUND_IN.items() if function == name), None)
    if found and len(arguments) == 2:
        return Row(_field(arguments[0]), found, literal_value(arguments[1]))
    if name != "not" or len(arguments) != 1:
        raise UnfitError
    inner = _row(arguments[0])
    if inner.operator == "is one of":
        return Row(inner.field, "is none of", inner.value)
    if inner.operator == "=" and inner.value is True:
        return Row(inner.field, "=", False)
    raise UnfitError


def _text(row: Row) -> str:
    if not all(map(is_identifier, row.field.split("."))):
        raise ValueError(f"{row.field!r} is no field")
    if row.operator == "=" and row.value is True:
        return row.field
    if row.operator in _COMPARISONS:
        return f"{row.field} {row.operator} {literal_text(row.value)}"
    if row.operator in ("is one of", "is none of"):
        values = ", ".join(map(literal_text, row.value))
        test = f"{row.field} in ({values})" if row.value else f"{row.field} in []"
        return test if row.operator == "is one of" else f"not({test})"
    if row.operator == "is between":
        return f"{row.field} in [{literal_text(row.value[0])}..{literal_text(row.value[1])}]"
    if row.operator in _FOUND_IN:
        return f"{_FOUND_IN[row.operator]}({row.field}, {literal_text(row.value)})"
    if row.operator in ("is empty", "is filled"):
        return f"{row.field} {'=' if row.operator == 'is empty' else '!='} null"
    raise ValueError(f"there is no operator {row.operator!r}")


def literal_text(value: Value) -> str:
    """A value as FEEL text. Raises ValueError for one that is no literal."""
    if isinstance(value, bool):
        return text_of(value)
    if isinstance(value, str):
        return quoted(value)
    if is_number(value):
        return number_text(value)
    if kind_of(value) in ("date", "time", "date and time") or kind_of(value).endswith("duration"):
        return f'@"{text_of(value)}"'
    raise ValueError(f"{value!r} is no literal")

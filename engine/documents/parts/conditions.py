"""The condition of a part of a letter as rows (question, comparison, value), and back. Liquid has no brackets: all rows or any."""

from __future__ import annotations

import re
from decimal import Decimal

from rules import Row, Rows

from .tokens import LITERAL, PATH

_JOIN = re.compile(rf"({LITERAL})|\s+(and|or)\s+")
_ROW = re.compile(rf"({PATH})(?:\s*(==|!=|<>|<=|>=|<|>|\bcontains\b)\s*({LITERAL}|-?\d+(?:\.\d+)?|true|false|nil|null))?")
_READ = {"==": "=", "<>": "!="}
_WRITTEN = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "contains": "contains"}
_WORDS = {"true": True, "false": False}


def rows_in(text: str) -> Rows:
    """The rows of a condition; `fits` is false for one that is not made of rows."""
    joins = {found[2] for found in _JOIN.finditer(text) if found[2]}
    rows = [_row(piece) for piece in _split(text)]
    if len(joins) > 1 or not all(rows):
        return Rows("all", (), fits=False)
    return Rows("any" if "or" in joins else "all", tuple(row for row in rows if row))


def _split(text: str) -> list[str]:
    pieces, since = [], 0
    for found in _JOIN.finditer(text):
        if found[2]:
            pieces.append(text[since : found.start()])
            since = found.end()
    return [*pieces, text[since:]]


def _row(text: str) -> Row | None:
    found = _ROW.fullmatch(text.strip())
    if not found:
        return None
    path, sign, literal = found.groups()
    if sign is None:
        return Row(path, "is filled", None)
    if literal in ("nil", "null"):
        return Row(path, "is empty" if sign == "==" else "is filled", None) if sign in ("==", "!=", "<>") else None
    value = _WORDS.get(literal, literal[1:-1] if literal[0] in "\"'" else None)
    return Row(path, _READ.get(sign, sign), Decimal(literal) if value is None else value)


def condition_of(rows: Rows) -> str:
    """The condition of rows. Raises ValueError for what Liquid cannot say."""
    if not rows.rows:
        raise ValueError("no rows")
    written = [_written(row) for row in rows.rows]
    return (" or " if rows.join == "any" else " and ").join(written)


def _written(row: Row) -> str:
    if not re.fullmatch(PATH, row.field):
        raise ValueError("no question")
    if row.operator == "is filled":
        return row.field
    if row.operator == "is empty":
        return f"{row.field} == nil"
    return f"{row.field} {_WRITTEN[row.operator]} {_literal(row.value)}"


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal | int):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if not isinstance(value, str) or ('"' in value and "'" in value) or re.search(r"[\n{}]|%\}", value):
        raise ValueError("no value")
    return f"'{value}'" if '"' in value else f'"{value}"'

"""Conditions of a form in JSON Schema: what is asked only then, and then must not be sent otherwise.

Only rows over choices, ticks and numbers can be said in JSON Schema, because only there one shape stands for one value. What cannot be
said is left out: the schema may be wider than the check of the form, never narrower.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import rules
from forms.form import Field
from rules import Row, Rows

Json = dict[str, Any]
CHOICES, TICKS = ("choice", "select"), ("yes_no",)
_LIMITS = {"<": "exclusiveMaximum", "<=": "maximum", ">": "exclusiveMinimum", ">=": "minimum"}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}


@dataclass(frozen=True)
class Asking:
    """One question (`one`), those beside it by key, the condition of its page, and the name under which conditions know them."""

    root: str
    known: Mapping[str, Field]
    one: Field
    page: str | None


@dataclass(frozen=True)
class Truth:
    """Two schemas of the whole object: one that holds only when the condition is surely true, one when it is surely false."""

    true: Json
    false: Json


def implied(asking: Asking) -> Iterator[Json]:
    """What the conditions of a question say about the object, as far as it can be said."""
    one = asking.one
    texts = [text for text in (asking.page, one.show_when) if text]
    found = [_truth(asking, text) for text in texts]
    for truth in found:
        if truth is not None:
            yield {"if": truth.false, "then": {"properties": {one.key: False}}}
    if texts and one.required and all(truth is not None for truth in found):
        yield {"if": _all([truth.true for truth in found if truth is not None]), "then": {"required": [one.key]}}
    needed = _truth(asking, one.required_when) if one.required_when else None
    if needed is not None and all(truth is not None for truth in found):
        shown = [truth.true for truth in found if truth is not None]
        yield {"if": _all([*shown, needed.true]), "then": {"required": [one.key]}}


def _truth(asking: Asking, text: str) -> Truth | None:
    """The condition as two schemas; None when it cannot be said."""
    rows: Rows = rules.rows_of(text)
    found = [_row(asking, row) for row in rows.rows]
    if not rows.fits or not found or any(one is None for one in found):
        return None
    known = [one for one in found if one is not None]
    trues, falses = [one.true for one in known], [one.false for one in known]
    return Truth(_all(trues), _any(falses)) if rows.join == "all" else Truth(_any(trues), _all(falses))


def _row(asking: Asking, row: Row) -> Truth | None:
    root, _, key = row.field.partition(".")
    field = asking.known.get(key)
    if root != asking.root or field is None:
        return None
    if row.operator in ("is filled", "is empty"):
        there: Json = {"required": [key]}
        return Truth(there, {"not": there}) if row.operator == "is filled" else Truth({"not": there}, there)
    if field.kind.word in CHOICES or field.kind.word in TICKS:
        return _chosen(key, row)
    return _compared(key, row) if field.kind.feel == "number" else None


def _chosen(key: str, row: Row) -> Truth | None:
    """A choice or a tick: the answer is the value itself."""
    if row.operator not in ("=", "!=", "is one of", "is none of"):
        return None
    values = row.value if row.operator in ("is one of", "is none of") else [row.value]
    if not isinstance(values, list) or not all(isinstance(one, str | bool) for one in values):
        return None
    among = {"required": [key], "properties": {key: {"enum": values}}}
    found = Truth(among, {"not": among})
    return found if row.operator in ("=", "is one of") else Truth(found.false, found.true)


def _compared(key: str, row: Row) -> Truth | None:
    """A number: surely only when it was sent as a number, not as text in the marks of a language."""
    if row.operator not in _OPPOSITE or isinstance(row.value, bool) or not isinstance(row.value, int | float | Decimal):
        return None
    number = int(row.value) if row.value == int(row.value) else float(row.value)
    return Truth(_limit(key, row.operator, number), _limit(key, _OPPOSITE[row.operator], number))


def _limit(key: str, operator: str, number: int | float) -> Json:
    test = {"const": number} if operator == "=" else {"not": {"const": number}} if operator == "!=" else {_LIMITS[operator]: number}
    return {"required": [key], "properties": {key: {"type": "number", **test}}}


def _all(schemas: list[Json]) -> Json:
    return schemas[0] if len(schemas) == 1 else {"allOf": schemas}


def _any(schemas: list[Json]) -> Json:
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}

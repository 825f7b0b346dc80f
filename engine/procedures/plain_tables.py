"""Tables and formulas of a procedure as plain text: every row and every formula in words, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import rules
from rules import formula_in, model

from .bundle import Bundle
from .differing import cell, number
from .elements import elements, names_in, table_in
from .formula_words import Name, formula
from .naming import Words, both


@dataclass(frozen=True)
class PlainTable:
    """One table (or formula): its id, its name, its rows from the top (or the one formula)."""

    id: str
    title: str
    rows: tuple[Words, ...]


_SIGNS: Mapping[str, Words] = {
    "=": both("{0}", "{0}"),
    "!=": both("bukan {0}", "not {0}"),
    ">": both("lebih dari {0}", "more than {0}"),
    ">=": both("paling sedikit {0}", "at least {0}"),
    "<": both("kurang dari {0}", "less than {0}"),
    "<=": both("paling banyak {0}", "at most {0}"),
    "between": both("dari {0} sampai {1}", "from {0} to {1}"),
    "missing": both("tidak terjawab", "not answered"),
    "given": both("terjawab", "answered"),
}
_MANY: Mapping[str, tuple[Words, Words]] = {
    "one of": (both("{0}", "{0}"), both(" atau ", " or ")),
    "none of": (both("bukan {0}", "not {0}"), both(" atau ", " or ")),
}
_YES: Mapping[bool, Words] = {True: both("ya", "yes"), False: both("tidak", "no")}
_OTHERWISE = both("selain itu", "otherwise")
Choices = Mapping[str, Mapping[str, Words]]


def plain_tables(bundle: Bundle) -> tuple[PlainTable, ...]:
    """Everything that the procedure's tables decide and work out."""
    name, choices = names_in(bundle), choices_in(bundle)
    told = ((element, tuple(_rows(element, name, choices))) for _place, element in elements(bundle).values())
    return tuple(PlainTable(element.id, element.label or element.name, rows) for element, rows in told if rows)


def choices_in(bundle: Bundle) -> Choices:
    """What the values of each question are called, by its path."""
    asked = ((f"{key}.{path}", field) for key, form in bundle.forms.items() for path, field in form.fields())
    return {path: {one["value"]: one["label"] for one in field.options["choices"]} for path, field in asked if field.options.get("choices")}


def _rows(element: model.Decision | model.Knowledge, name: Name, choices: Choices) -> Iterator[Words]:
    table = table_in(element)
    if table is not None:
        heads = [_head(column, name) for column in table.inputs]
        yield from (_row(heads, table, row, name, choices) for row in table.rules)
    elif (text := formula_in(element)) is not None:
        yield formula(text, name)


def _head(column: model.Input, name: Name) -> Words:
    return name(column.text) or both(column.label or column.text, column.label or column.text)


def _row(heads: list[Words], table: model.Table, row: model.Rule, name: Name, choices: Choices) -> Words:
    """`Height > 15 → 1.2`; what may be anything is left out."""

    columns = list(zip(heads, table.inputs, row.inputs, strict=False))

    def told(lang: str) -> str:
        asked = [
            f"{head[lang]}: {_cell(text, choices.get(one.text, {}), lang)}" for head, one, text in columns if text.strip() not in ("", "-")
        ]
        results = [(one.label or one.name, _result(text, name, lang)) for one, text in zip(table.outputs, row.outputs, strict=False)]
        given = [f"{label}: {text}" if len(results) > 1 else text for label, text in results]
        notes = f" ({'; '.join(each for each in row.annotations if each)})" if any(row.annotations) else ""
        return f"{'; '.join(asked) or _OTHERWISE[lang]} → {', '.join(given)}{notes}"

    return both(told("id"), told("en"))


def _cell(text: str, choices: Mapping[str, Words], lang: str) -> str:
    """What an answer must be; a formula as it is."""
    found = rules.cell_of(text)
    said = [_value(each, choices, lang) for each in found.values]
    if found.kind in _SIGNS:
        return _SIGNS[found.kind][lang].format(*said)
    if found.kind in _MANY:
        frame, joint = _MANY[found.kind]
        return frame[lang].format(joint[lang].join(said))
    return text


def _value(value: Any, choices: Mapping[str, Words], lang: str) -> str:
    if isinstance(value, bool):
        return _YES[value][lang]
    if isinstance(value, str):
        label = choices.get(value)
        return f"“{(label.get(lang) or label['id']) if label else value}”"
    if isinstance(value, int | Decimal):
        return number(str(value), lang)
    plain = rules.plain(value)
    return str(plain["v"]) if isinstance(plain, dict) and "v" in plain else str(value)


def _result(text: str, name: Name, lang: str) -> str:
    said = cell(text)
    if isinstance(said, dict):
        return said[lang]
    return said if said.startswith("“") else formula(text, name)[lang]

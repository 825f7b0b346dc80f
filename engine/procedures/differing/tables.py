"""Differences of the decision tables: rows and their cells, the same by the row's id, else by their conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from engine.procedures.bundle import Bundle
from engine.procedures.elements import elements, names_in, table_in
from engine.procedures.formula_words import Name, formula
from rules import formula_in, model

from .difference import Difference, Words, both, number

_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")
_TEXT = re.compile(r'"([^"\\]*)"\Z')
Rows = tuple[model.Rule, ...]
In = tuple[model.Table, model.Rule]  # a row in its table


def tables(old: Bundle, new: Bundle) -> Iterator[Difference]:
    """Everything that differs in the tables and calculations."""
    before, now = elements(old), elements(new)
    for ident, (place, element) in now.items():
        if ident not in before:
            table = table_in(element)
            yield Difference(place, "table.added", {"table": _name(element), "count": len(table.rules) if table else 0})
        else:
            yield from _element(place, before[ident][1], element, names_in(old), names_in(new))
    for ident, (place, element) in before.items():
        if ident not in now:
            yield Difference(place, "table.removed", {"table": _name(element)})


def _name(element: model.Element) -> str:
    return f"“{element.label or element.name}”"


def _element(place: str, was: model.Element, element: model.Element, before: Name, now: Name) -> Iterator[Difference]:
    old, new = table_in(was), table_in(element)
    table = _name(element)
    if old is None or new is None:
        a, b = formula_in(was), formula_in(element)
        if a is not None and b is not None and a != b:
            yield Difference(place, "table.formula", {"table": table, "old": formula(a, before), "new": formula(b, now)})
        elif getattr(was, "logic", None) != getattr(element, "logic", None):
            yield Difference(place, "table.logic", {"table": table})
        return
    if _heads(old) != _heads(new):
        yield Difference(place, "table.columns", {"table": table, "old": ", ".join(_heads(old)), "new": ", ".join(_heads(new))})
    if (old.hit, old.aggregation) != (new.hit, new.aggregation):
        was_chosen, chosen = (f"{each.hit} {each.aggregation}".strip() for each in (old, new))
        yield Difference(place, "table.hit", {"table": table, "old": was_chosen, "new": chosen})
    yield from _rows(place, table, old, new)


def _heads(table: model.Table) -> list[str]:
    return [
        *(each.label or each.text for each in table.inputs),
        *(each.label or each.name for each in table.outputs),
        *table.annotation_names,
    ]


def _rows(place: str, table: str, old: model.Table, new: model.Table) -> Iterator[Difference]:
    pairs, gone = _pairs(old.rules, new.rules)
    for at, (was, row) in enumerate(pairs, 1):
        if was is None:
            yield Difference(place, "row.added", {"table": table, "number": at, "row": _row(row)})
        else:
            yield from _cells(place, table, at, (old, was), (new, row))
    for at in gone:
        yield Difference(place, "row.removed", {"table": table, "number": at + 1, "row": _row(old.rules[at])})
    order = [old.rules.index(was) for was, _ in pairs if was is not None]
    if order != sorted(order):
        yield Difference(place, "row.moved", {"table": table})


def _pairs(old: Rows, new: Rows) -> tuple[list[tuple[model.Rule | None, model.Rule]], list[int]]:
    """Each new row with the old one it was, and the places of the old rows that are gone."""
    ids = {row.id: at for at, row in enumerate(old) if row.id}
    known = len(ids) == len(old) and len({row.id for row in new if row.id}) == len(new)
    match: dict[int, int] = {at: ids[row.id] for at, row in enumerate(new) if row.id in ids} if known else {}
    if not known:
        blocks = SequenceMatcher(None, [_sides(row) for row in old], [_sides(row) for row in new], autojunk=False).get_opcodes()
        for kind, a, a_end, b, b_end in blocks:
            if kind == "equal" or (kind == "replace" and a_end - a == b_end - b):
                match |= {b + step: a + step for step in range(b_end - b)}
    return [(old[match[at]] if at in match else None, row) for at, row in enumerate(new)], sorted(
        set(range(len(old))) - set(match.values())
    )


def _sides(row: model.Rule) -> model.Rule:
    return replace(row, id="", outputs=(), annotations=(), description="")


def _cells(
    place: str, table: str, at: int, before: tuple[model.Table, model.Rule], now: tuple[model.Table, model.Rule]
) -> Iterator[Difference]:
    was, is_now = _named(*before), _named(*now)
    for column in dict.fromkeys((*was, *is_now)):
        if was.get(column) != is_now.get(column) and column in was and column in is_now:
            facts = {"column": _UNNAMED.get(column, column), "old": cell(was[column]), "new": cell(is_now[column])}
            yield Difference(place, "row.changed", {"table": table, "number": at, **facts})


_UNNAMED: Mapping[str, Words] = {"hasil": both("hasil", "result"), "keterangan": both("keterangan", "note")}


def _named(table: model.Table, row: model.Rule) -> Mapping[str, str]:
    """The cells of a row by the name of their column."""
    heads = [*((each.label or each.text) for each in table.inputs), *((each.label or each.name) or "hasil" for each in table.outputs)]
    notes = [name or "keterangan" for name in table.annotation_names] or ["keterangan"] * len(row.annotations)
    return dict(zip([*heads, *notes], [*row.inputs, *row.outputs, *row.annotations], strict=False))


def cell(text: str) -> Words | str:
    """A cell as a person reads it: numbers with the reader's marks, a text in quotation marks, a formula as it is."""
    text = text.strip()
    if text in ("", "-"):
        return both("apa saja", "anything")
    if _NUMBER.match(text):
        return both(number(text, "id"), number(text, "en"))
    found = _TEXT.match(text)
    return f"“{found[1]}”" if found else text


def _row(row: model.Rule) -> Words:
    def told(lang: str) -> str:
        sides = (", ".join(one[lang] if isinstance(one, dict) else one for one in map(cell, cells)) for cells in (row.inputs, row.outputs))
        return " → ".join(sides)

    return both(told("id"), told("en"))

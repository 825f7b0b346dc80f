"""A decision table as the grid edits it: a sheet of plain JSON with cells as drop-downs say them; and back, never losing what stood there.

A cell is `{kind, values, low_in, high_in, text, src}`: as `rules.Cell`, values as `rules.plain`; `src` is the FEEL it was read from, which
stays as it was written as long as it says the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import rules
from engine.procedures import TableTest
from rules import Cell, model

Json = dict[str, Any]
MOST_ROWS, MOST_COLUMNS, LONGEST = 2000, 60, 2000
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,119}\Z")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}\Z")


class BadSheet(Exception):
    """A sheet that no table can be made of. `row` (from 1) and `why`: a word for developers; the page says where."""

    def __init__(self, why: str, row: int | None = None) -> None:
        super().__init__(why)
        self.row = row


def sheet_of(element: model.Decision | model.Knowledge, table: model.Table, tests: Sequence[TableTest]) -> Json:
    """The table of an element, with its test rows."""
    most = max((len(rule.annotations) for rule in table.rules), default=0)
    names = [*table.annotation_names, *[""] * (most - len(table.annotation_names))]
    return {
        "label": element.label,
        "hit": table.hit,
        "aggregation": table.aggregation,
        "inputs": [_column(each) for each in table.inputs],
        "outputs": [{**_output(each), "default": cell_told(each.default, rules.result_of)} for each in table.outputs],
        "annotations": names,
        "rules": [_row(rule, len(names)) for rule in table.rules],
        "tests": [test_told(test) for test in tests],
    }


def _column(column: model.Input) -> Json:
    return {"id": column.id, "label": column.label, "text": column.text, "type": column.type_ref, "allowed": column.allowed}


def _output(output: model.Output) -> Json:
    return {"id": output.id, "label": output.label, "name": output.name, "type": output.type_ref, "allowed": output.allowed}


def _row(rule: model.Rule, notes: int) -> Json:
    return {
        "id": rule.id,
        "description": rule.description,
        "inputs": [cell_told(text, rules.cell_of) for text in rule.inputs],
        "outputs": [cell_told(text, rules.result_of) for text in rule.outputs],
        "annotations": [*rule.annotations, *[""] * (notes - len(rule.annotations))],
    }


def cell_told(text: str, read: Callable[[str], Cell]) -> Json:
    """A cell's FEEL as the grid has it."""
    cell = read(text)
    told: Json = {"kind": cell.kind, "values": [rules.plain(value) for value in cell.values], "src": text}
    if cell.kind == "between":
        told |= {"low_in": cell.low_in, "high_in": cell.high_in}
    return told | ({"text": cell.text} if cell.kind == "feel" else {})


def test_told(test: TableTest) -> Json:
    """A test row."""
    given = {path: rules.plain(value) for path, value in test.given.items()}
    on = test.on.isoformat() if test.on else ""
    return {"title": test.title, "on": on, "given": given, "expect": rules.plain(test.expect)}


def table_of(sheet: Any, old: model.Table) -> model.Table:
    """The table of a sheet; what a sheet does not say (ids, the type of the whole) is the old one's. Raises BadSheet."""
    try:
        inputs = tuple(_input_of(one) for one in _list(sheet["inputs"], MOST_COLUMNS))
        outputs = tuple(_output_of(one) for one in _list(sheet["outputs"], MOST_COLUMNS))
        names = tuple(_text(one) for one in _list(sheet["annotations"], MOST_COLUMNS))
        rows = _list(sheet["rules"], MOST_ROWS)
        hit, aggregation = _text(sheet["hit"]), _text(sheet["aggregation"])
        made = tuple(_rule_of(row, number, len(inputs), len(outputs), names, old) for number, row in enumerate(rows, 1))
    except (KeyError, TypeError, AttributeError) as wrong:
        raise BadSheet(f"no sheet: {wrong}") from wrong
    if hit not in model.HIT_POLICIES or aggregation not in model.AGGREGATIONS or not outputs:
        raise BadSheet("no such table")
    aggregation = aggregation if hit == "COLLECT" else ""
    named = names if any(names) or old.annotation_names else ()
    return model.Table(inputs, outputs, made, hit, aggregation, named, old.type_ref, old.id)


def _list(value: Any, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise BadSheet(f"no list of at most {most}")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST or any(ord(each) < 32 and each not in "\t\n" for each in value):
        raise BadSheet("no text, or one that is too long")
    return value.strip()


def _id(value: Any) -> str:
    """An id of XML, or none."""
    text = _text(value)
    return text if _ID.match(text) else ""


def _input_of(one: Any) -> model.Input:
    return model.Input(_text(one["text"]), _text(one["type"]), _text(one["allowed"]), _text(one["label"]), _id(one["id"]))


def _output_of(one: Any) -> model.Output:
    name = _text(one["name"])
    if name and not _NAME.match(name):
        raise BadSheet("no name of an output")
    default = _written(one["default"], rules.result_of, rules.text_of_result)
    return model.Output(name, _text(one["type"]), _text(one["allowed"]), default, _text(one["label"]), _id(one["id"]))


def _rule_of(row: Any, number: int, inputs: int, outputs: int, names: Sequence[str], old: model.Table) -> model.Rule:
    if len(row["inputs"]) != inputs or len(row["outputs"]) != outputs:
        raise BadSheet("not one cell for each column", number)
    try:
        tests = tuple(_written(one, rules.cell_of, rules.text_of_cell) for one in row["inputs"])
        results = tuple(_written(one, rules.result_of, rules.text_of_result) for one in row["outputs"])
    except (ValueError, rules.RuleError) as wrong:
        raise BadSheet(str(wrong), number) from wrong
    notes = tuple(_text(one) for one in _list(row["annotations"], MOST_COLUMNS))
    was = next((each for each in old.rules if each.id and each.id == row["id"]), None)
    while notes and not notes[-1] and len(notes) > (len(was.annotations) if was else 0):
        notes = notes[:-1]
    return model.Rule(tests, results, notes[: max(len(names), len(notes))], _id(row["id"]), _text(row["description"]))


def _written(told: Any, read: Callable[[str], Cell], write: Callable[[Cell], str]) -> str:
    """The FEEL of a cell: as it stood there when it still says the same."""
    values = tuple(rules.from_plain(each) for each in _list(told.get("values", []), 500))
    kind = str(told["kind"])
    text = _text(told.get("text", "")) if kind == "feel" else ""
    cell = Cell(kind, values, bool(told.get("low_in", True)), bool(told.get("high_in", True)), text)
    src = told.get("src")
    if isinstance(src, str) and len(src) <= LONGEST and read(src) == cell:
        return src
    return write(cell)


def tests_of(sheet: Any, table: str) -> list[TableTest]:
    """The test rows of a sheet. Raises BadSheet."""
    try:
        return [_test_of(one, table) for one in _list(sheet.get("tests", []), MOST_ROWS)]
    except (KeyError, TypeError, AttributeError, ValueError, rules.RuleError) as wrong:
        raise BadSheet(f"no test row: {wrong}") from wrong


def _test_of(one: Any, table: str) -> TableTest:
    given = {_text(path): rules.from_plain(value) for path, value in one["given"].items() if value is not None}
    on = date.fromisoformat(one["on"]) if one.get("on") else None
    return TableTest(table, given, rules.from_plain(one.get("expect")), _text(one.get("title", "")), on)

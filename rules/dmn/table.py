"""Decision tables: every hit policy, allowed values, defaults, several outputs (DMN 1.5, chapter 8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from rules.dmn.model import Input, Output, Rule, Table
from rules.dmn.run import Fired, Logic, Tally, UndecidedError
from rules.feel.builtins.aggregates import largest, smallest, total
from rules.feel.compare import equal
from rules.feel.tests import NO_CONSTANTS, Constants
from rules.feel.values import Scope, Value

if TYPE_CHECKING:
    from rules.dmn.logic import Known, Logics

_ONE = ("UNIQUE", "ANY", "FIRST", "PRIORITY")  # these give the value of one row
_Places: TypeAlias = dict[tuple[int, str], int]
_AGGREGATES: dict[str, Callable[[list[Value]], Value]] = {"SUM": total, "MIN": smallest, "MAX": largest}


@dataclass(frozen=True, slots=True)
class _Cell:
    """A test of a column, shared by all rules that ask it. One that only names `constants` needs no test for values of their types."""

    column: int
    test: Logic
    constants: Constants


@dataclass(frozen=True)
class _Row:
    """A rule ready to run: the places of its cells that are not "any"; and what it gives."""

    cells: tuple[int, ...]
    outputs: tuple[Logic, ...]
    fired: Fired


@dataclass(frozen=True)
class _Column:
    """An input ready to run: its value and the test of its allowed values."""

    text: str
    value: Logic
    allowed: Logic | None
    constants: Constants


@dataclass(frozen=True)
class _Ready:
    """A table ready to run. `ranks` are the ordered output values of each output that has them."""

    table: Table
    columns: tuple[_Column, ...]
    cells: tuple[_Cell, ...]
    rows: tuple[_Row, ...]
    defaults: tuple[Logic | None, ...]
    ranks: tuple[Logic | None, ...]
    names: tuple[str, ...]


def table_logic(table: Table, logics: Logics, known: Known, place: str) -> Logic:
    """The logic of a decision table."""
    known = known | {"?"}
    cells, places = _cells(table, logics, known, place)
    ready = _Ready(
        table=table,
        columns=tuple(_column(column, logics, known, place) for column in table.inputs),
        cells=cells,
        rows=tuple(_row(rule, number, places, table, logics, known, place) for number, rule in enumerate(table.rules, 1)),
        defaults=tuple(_typed(one.default, one, logics, known, place) if one.default else None for one in table.outputs),
        ranks=tuple(logics.text(f"[{one.allowed}]", known, place) if one.allowed else None for one in table.outputs),
        names=tuple(one.name for one in table.outputs),
    )
    return lambda scope, tally: _decide(ready, scope, tally)


def _column(column: Input, logics: Logics, known: Known, place: str) -> _Column:
    value = logics.typed(logics.text(column.text, known, place), column.type_ref, place)
    if not column.allowed:
        return _Column(column.text, value, None, NO_CONSTANTS)
    allowed = logics.text(column.allowed, known, place, cell=True)
    return _Column(column.text, value, allowed, logics.constants(column.allowed, known))


def _typed(text: str, output: Output, logics: Logics, known: Known, place: str) -> Logic:
    logic = logics.text(text, known, place) if text else lambda scope, tally: None
    return logics.typed(logic, output.type_ref, place)


def _cells(table: Table, logics: Logics, known: Known, place: str) -> tuple[tuple[_Cell, ...], _Places]:
    """The different tests of all columns, and where each of them is."""
    made: list[_Cell] = []
    places: _Places = {}
    for number, rule in enumerate(table.rules, 1):
        for column, text in enumerate(rule.inputs):
            if text not in ("", "-") and (column, text) not in places:
                places[column, text] = len(made)
                test = logics.text(text, known, f"{place}#rule {number}", cell=True)
                made.append(_Cell(column, test, logics.constants(text, known)))
    return tuple(made), places


def _row(rule: Rule, number: int, places: _Places, table: Table, logics: Logics, known: Known, place: str) -> _Row:
    here = f"{place}#rule {number}"
    cells = tuple(places[column, text] for column, text in enumerate(rule.inputs) if (column, text) in places)
    outputs = tuple(_typed(text, output, logics, known, here) for text, output in zip(rule.outputs, table.outputs, strict=True))
    return _Row(cells, outputs, Fired(place, rule.id, number, rule.annotations))


def _decide(ready: _Ready, scope: Scope, tally: Tally) -> Value:
    inner = dict(scope)
    columns = ready.columns
    values = [_input(columns[0], inner, tally)] if len(columns) == 1 else [_input(column, inner, tally) for column in columns]
    hits = _hits(ready, values, inner, tally)
    inner.pop("?", None)
    return _result(ready, hits, inner, tally) if hits else _default(ready, inner, tally)


def _hits(ready: _Ready, values: list[Value], scope: Scope, tally: Tally) -> list[_Row]:
    """The rows that are true; the first of them is enough where the table says so."""
    answers: list[bool | None] = [None] * len(ready.cells)
    hits, asked = [], len(ready.rows)
    for row in ready.rows:
        for place in row.cells:  # a cell is asked once a table: `answers` are those that have been
            answer = answers[place]
            if answer is None:
                asked += 1
                cell = ready.cells[place]
                value = values[cell.column]
                of, known, wanted = cell.constants
                answer = answers[place] = (value in known) is wanted if type(value) in of else _is_true(cell.test, value, scope, tally)
            if not answer:
                break
        else:
            hits.append(row)
            if ready.table.hit == "FIRST":
                break
    tally.spend(asked)
    return hits


def _input(column: _Column, scope: Scope, tally: Tally) -> Value:
    value = column.value(scope, tally)
    if column.allowed is None or value is None or (type(value) in column.constants.of and value in column.constants.known):
        return value
    whole = _allows(column.allowed, value, scope, tally)
    if not whole and not (isinstance(value, list) and all(_allows(column.allowed, one, scope, tally) for one in value)):
        raise UndecidedError("dmn.not_allowed", input=column.text)
    return value


def _allows(allowed: Logic, value: Value, scope: Scope, tally: Tally) -> bool:
    return allowed({**scope, "?": value}, tally) is True


def _is_true(test: Logic, value: Value, scope: Scope, tally: Tally) -> bool:
    scope["?"] = value
    return test(scope, tally) is True


def _outputs(ready: _Ready, logics: tuple[Logic | None, ...], scope: Scope, tally: Tally) -> Value:
    """One value, or a context of all outputs."""
    if len(logics) == 1:
        return logics[0](scope, tally) if logics[0] else None
    values = [logic(scope, tally) if logic else None for logic in logics]
    return dict(zip(ready.names, values, strict=True))


def _default(ready: _Ready, scope: Scope, tally: Tally) -> Value:
    if any(ready.defaults):
        return _outputs(ready, ready.defaults, scope, tally)
    if ready.table.hit == "COLLECT" and ready.table.aggregation:
        return Decimal(0) if ready.table.aggregation == "COUNT" else None
    return [] if ready.table.hit in ("COLLECT", "RULE ORDER", "OUTPUT ORDER") else None


def _result(ready: _Ready, hits: list[_Row], scope: Scope, tally: Tally) -> Value:
    hit = ready.table.hit
    if len(hits) == 1 and hit in _ONE:
        value = _outputs(ready, hits[0].outputs, scope, tally)
        tally.fired.append(hits[0].fired)
        return value
    if hit == "UNIQUE" and len(hits) > 1:
        raise UndecidedError("dmn.several_rules", rules=[row.fired.number for row in hits])
    found = [(row, _outputs(ready, row.outputs, scope, tally)) for row in hits]
    if hit in ("PRIORITY", "OUTPUT ORDER"):
        found = _ranked(ready, found, scope, tally)
        found = found[:1] if hit == "PRIORITY" else found
    values = [value for _, value in found]
    if hit == "ANY" and any(equal(values[0], other) is not True for other in values[1:] if other is not values[0]):
        raise UndecidedError("dmn.outputs_differ", rules=[row.fired.number for row in hits])
    tally.fired.extend(row.fired for row, _ in found)
    if hit in _ONE:
        return values[0]
    return _collected(ready.table, values)


def _ranked(ready: _Ready, found: list[tuple[_Row, Value]], scope: Scope, tally: Tally) -> list[tuple[_Row, Value]]:
    """By the order of the allowed output values, the first output first; equal ones stay in the order of the rules."""
    orders = [rank(scope, tally) if rank else None for rank in ready.ranks]

    def key(pair: tuple[_Row, Value]) -> list[int]:
        values = [pair[1]] if len(orders) == 1 else list(pair[1].values())
        return [_rank(value, order) for value, order in zip(values, orders, strict=False) if isinstance(order, list)]

    return sorted(found, key=key)


def _rank(value: Value, order: list[Value]) -> int:
    return next((place for place, one in enumerate(order) if equal(one, value) is True), len(order))


def _collected(table: Table, values: list[Value]) -> Value:
    if not table.aggregation:
        return values
    if table.aggregation == "COUNT":
        return Decimal(len(values))
    if len(table.outputs) > 1:
        raise UndecidedError("dmn.aggregation_of_several_outputs")
    return None if any(value is None for value in values) else _AGGREGATES[table.aggregation](values)

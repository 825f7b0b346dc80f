"""Many rows in one statement: `INSERT INTO … VALUES (…), (…)`, prepared once for each number of rows.

SQLAlchemy compiles an `insert().values([…])` anew every time it is run, which costs more than running it; this text is put into words once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import String, Table, bindparam, column, text

from .prepared import Prepared, Wire

Row = Mapping[str, Any]
AT_ONCE = 100  # rows in one statement; SQLite takes 32,766 values


@dataclass(frozen=True)
class Over:
    """What becomes of a row whose `id` is there already: it takes `columns` over from the new one, if it is empty in all of `still`."""

    columns: tuple[str, ...]
    still: tuple[str, ...]


def insert_rows(wire: Wire, table: Table, rows: Sequence[Row], over: Over | None = None) -> int:
    """Insert rows that all name the same columns; up to 100 of them are one statement. Gives how many were written."""
    return _write(wire, table, rows, _taken_over(table.name, over) if over else "")[0]


def insert_new(wire: Wire, table: Table, rows: Sequence[Row], *, unique: str) -> set[str]:
    """The same, but those whose `unique` is there already are left out. Gives the ids of those that were written."""
    tail = f' ON CONFLICT ("{unique}") DO NOTHING RETURNING "id"'
    return {ident for (ident,) in _write(wire, table, rows, tail)[1]}


def _write(wire: Wire, table: Table, rows: Sequence[Row], tail: str) -> tuple[int, list[tuple[Any, ...]]]:
    columns, touched = tuple(rows[0]), 0
    given: list[tuple[Any, ...]] = []
    for first in range(0, len(rows), AT_ONCE):
        part = rows[first : first + AT_ONCE]
        count, told = wire.fill(_statement(table, columns, len(part), tail), [value for row in part for value in row.values()])
        touched, given = touched + count, given + told
    return touched, given


@cache
def _taken_over(table: str, over: Over) -> str:
    new = ", ".join([f'"{name}" = excluded."{name}"' for name in over.columns])
    return f' ON CONFLICT ("id") DO UPDATE SET {new} WHERE ' + " AND ".join([f'"{table}"."{name}" IS NULL' for name in over.still])


@lru_cache(maxsize=512)
def _statement(table: Table, columns: tuple[str, ...], count: int, tail: str) -> Prepared:
    names = ", ".join(f'"{name}"' for name in columns)
    rows = ", ".join("(" + ", ".join(f":{name}_{place}" for name in columns) + ")" for place in range(count))
    types = [bindparam(f"{name}_{place}", type_=table.c[name].type) for place in range(count) for name in columns]
    said = text(f'INSERT INTO "{table.name}" ({names}) VALUES {rows}{tail}').bindparams(*types)  # noqa: S608 - the house's own tables
    return Prepared(said.columns(column("id", String)) if tail.endswith('RETURNING "id"') else said)

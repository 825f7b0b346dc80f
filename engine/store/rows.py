"""Many rows in one statement: `INSERT INTO … VALUES (…), (…)`, prepared once for each number of rows.

SQLAlchemy compiles an `insert().values([…])` anew every time it is run, which costs more than running it; this text is compiled once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, TextClause, bindparam, text

Row = Mapping[str, Any]
AT_ONCE = 100  # rows in one statement; SQLite takes 32,766 values


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all name the same columns; up to 100 of them are one statement."""
    columns, left = tuple(rows[0]), iter(rows)
    while part := list(islice(left, AT_ONCE)):
        bound = {f"{name}_{place}": value for place, row in enumerate(part) for name, value in row.items()}
        connection.execute(_statement(table, columns, len(part)), bound)


@lru_cache(maxsize=512)
def _statement(table: Table, columns: tuple[str, ...], count: int) -> TextClause:
    names = ", ".join(f'"{name}"' for name in columns)
    rows = ", ".join("(" + ", ".join(f":{name}_{place}" for name in columns) + ")" for place in range(count))
    types = [bindparam(f"{name}_{place}", type_=table.c[name].type) for place in range(count) for name in columns]
    return text(f'INSERT INTO "{table.name}" ({names}) VALUES {rows}').bindparams(*types)  # noqa: S608 - names of the house's own tables

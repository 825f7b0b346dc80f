"""A statement that is put into words once for each database, and then handed straight to its driver.

SQLAlchemy makes some fifty Python calls of its own for every statement it runs, however well it is cached: on the way of a completion more
than everything else together. What is run there is `Prepared`: SQLAlchemy still writes the text and says how each value goes in and comes
out (sealed columns, moments), but no longer stands between. What fails is raised as SQLAlchemy would raise it, and whoever listens to the
engine's `before_cursor_execute` hears these statements too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

from .base import WITHOUT_NULL

Change = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Words:
    """What one database is told: the values by name, in the order of the text, with how each goes in; those that never change; and how
    each column comes out (None: as it is)."""

    text: str
    places: tuple[tuple[str, Change | None], ...]
    fixed: Mapping[str, Any]
    by_name: bool
    columns: tuple[Change | None, ...]


class Prepared:
    """One statement of SQLAlchemy Core with named parameters. One without a fixed number of values (`IN`) is refused."""

    __slots__ = ("statement",)

    def __init__(self, statement: Executable) -> None:
        self.statement = statement


class Wire:
    """The driver's connection of one transaction."""

    def __init__(self, connection: Connection) -> None:
        driver = connection.connection.dbapi_connection
        assert driver is not None
        self._connection, self._cursor, self._dialect = connection, driver.cursor, connection.dialect
        self._listeners = tuple(connection.engine.dispatch.before_cursor_execute)
        self._known: dict[Prepared, _Words] = self._dialect.__dict__.setdefault("loket_words", {})  # goes when the store goes
        self._wrong = self._dialect.loaded_dbapi.Error

    def ask(self, prepared: Prepared, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows that the statement gives."""
        words = self._known.get(prepared) or self._learn(prepared)
        cursor = self._run(words, values)
        return [
            tuple([value if change is None or value is None else change(value) for change, value in zip(words.columns, row, strict=True)])
            for row in cursor.fetchall()
        ]

    def do(self, prepared: Prepared, values: Mapping[str, Any]) -> int:
        """Run it for its effect; how many rows it has touched."""
        touched: int = self._run(self._known.get(prepared) or self._learn(prepared), values).rowcount
        return touched

    def fill(self, prepared: Prepared, values: Sequence[Any]) -> tuple[int, list[tuple[Any, ...]]]:
        """The same with the values in the order of the text: how many rows it has touched, and those that it gives."""
        words = self._known.get(prepared) or self._learn(prepared)
        changed = [
            value if change is None or value is None else change(value) for (_, change), value in zip(words.places, values, strict=True)
        ]
        cursor = self._send(words, changed)
        return cursor.rowcount, cursor.fetchall() if words.columns else []

    def _run(self, words: _Words, values: Mapping[str, Any]) -> Any:
        if words.fixed:
            values = {**values, **words.fixed}
        bound = [values[name] if change is None or values[name] is None else change(values[name]) for name, change in words.places]
        return self._send(words, bound)

    def _send(self, words: _Words, bound: Any) -> Any:
        if words.by_name:
            bound = dict(zip([name for name, _ in words.places], bound, strict=True))
        text, cursor = words.text, self._cursor()
        for listener in self._listeners:
            text, bound = listener(self._connection, cursor, text, bound, None, False)
        try:
            cursor.execute(text, bound)
        except self._wrong as wrong:
            raise self._told(cursor, text, wrong) from wrong
        return cursor

    def _told(self, cursor: Any, text: str, wrong: Exception) -> BaseException:
        """The driver's error as SQLAlchemy's; a connection that is gone is not used again. The values are not told: some are personal."""
        gone = self._dialect.is_disconnect(wrong, self._connection.connection, cursor)  # type: ignore[arg-type]
        if gone:
            self._connection.invalidate(wrong)
        return DBAPIError.instance(text, None, wrong, self._wrong, hide_parameters=True, connection_invalidated=gone, dialect=self._dialect)

    def _learn(self, prepared: Prepared) -> _Words:
        words = self._known[prepared] = _words(prepared.statement, self._dialect)
        return words


def _words(statement: Any, dialect: Dialect) -> _Words:
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    if compiled.post_compile_params or compiled.literal_execute_params:
        raise ValueError("a prepared statement has a fixed number of values")
    names = (compiled.positiontup if compiled.positional else list(dict.fromkeys(compiled.bind_names.values()))) or []
    binds = {name: compiled.binds[name] for name in names}
    columns = getattr(statement, "exported_columns", ())
    return _Words(
        text=str(compiled),
        places=tuple((name, _bare(binds[name].type.dialect_impl(dialect).bind_processor(dialect))) for name in names),
        fixed={name: bind.effective_value for name, bind in binds.items() if not bind.required},
        by_name=not compiled.positional,
        columns=tuple(_bare(each.type.dialect_impl(dialect).result_processor(dialect, None)) for each in columns),
    )


def _bare(change: Change | None) -> Change | None:
    """The change without its question for null, which is asked here."""
    return WITHOUT_NULL.get(change, change)

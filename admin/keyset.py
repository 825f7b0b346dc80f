"""Paging by the key of the last row: every page of a million rows costs what the first costs, and nothing is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute

BETWEEN = "~"


class BadKey(ValueError):
    """The key of a row in an address is not one."""


@dataclass(frozen=True)
class Order:
    """Columns that together tell rows apart, never empty, and which end comes first. An index must begin with them."""

    columns: tuple[InstrumentedAttribute[Any], ...]
    last_first: bool = True

    def cut(self, query: Select[Any], after: str | None, size: int) -> Select[Any]:
        """The query for the rows after a key, one more than `size`: so one sees whether there are more. Raises BadKey."""
        if after:
            here, there = tuple_(*self.columns), tuple_(*self.read(after))
            query = query.where(here < there if self.last_first else here > there)
        return query.order_by(*(column.desc() if self.last_first else column.asc() for column in self.columns)).limit(size + 1)

    def key(self, row: Any) -> str:
        """The key of a row as an address carries it."""
        return BETWEEN.join(_written(getattr(row, column.key)) for column in self.columns)

    def read(self, key: str) -> list[Any]:
        """The values of a key, each with its column's type. Raises BadKey."""
        parts = key.split(BETWEEN)
        if len(parts) != len(self.columns) or not key.isprintable():
            raise BadKey(key)
        return [literal(_value(part, column), column.type) for part, column in zip(parts, self.columns, strict=True)]


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _value(text: str, column: InstrumentedAttribute[Any]) -> Any:
    kind = getattr(column.type, "impl_instance", column.type).python_type  # of a TypeDecorator, what it decorates
    try:
        if kind is datetime:
            moment = datetime.fromisoformat(text)
            if moment.tzinfo is None:
                raise BadKey(text)
            return moment
        return date.fromisoformat(text) if kind is date else kind(text)
    except ValueError as wrong:
        raise BadKey(text) from wrong

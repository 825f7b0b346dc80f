"""Keyset paging: the next page costs what the first costs, however long the list is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute

from .unit import Session

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows and the key of the last one, to ask for what comes after; `after` is None on the last page."""

    rows: Sequence[Row]
    after: str | None


def page_of(
    session: Session,
    query: Select[Any],
    key: InstrumentedAttribute[str],
    *,
    after: str | None = None,
    size: int = 25,
    newest_first: bool = True,
) -> Page[Any]:
    """One page of ORM rows ordered by `key` (an id column: ULIDs sort by time), without counting."""
    if after:
        query = query.where(key < after if newest_first else key > after)
    rows = list(session.scalars(query.order_by(key.desc() if newest_first else key.asc()).limit(size + 1)))
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, getattr(rows[-1], key.key) if more else None)

"""The declarative base and the column types of the house."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, cast

import orjson
from sqlalchemy import DateTime, LargeBinary, MetaData, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of the house; constraint names are made by rule so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMES)


def table_of(what: type[Base]) -> Table:
    """The table of a mapped class, for statements that go round the ORM."""
    return cast(Table, what.__table__)


_making = threading.Lock()
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = [first + second for first in _CROCKFORD for second in _CROCKFORD]  # of 10 bits each
_newest = 0


def new_id() -> str:
    """A ULID: 26 characters, sortable in the order of making, 80 random bits (cannot be guessed).

    Within one millisecond the next one lies a random step (up to 2^40) above the last, so that order holds there too.
    """
    global _newest  # noqa: PLW0603 - the one thing that must be remembered between two ids
    drawn = os.urandom(15)
    with _making:
        fresh = (time.time_ns() // 1_000_000 << 80) + int.from_bytes(drawn[:10])
        _newest = made = max(fresh, _newest + 1 + int.from_bytes(drawn[10:]))
    pairs = _PAIRS  # 128 bits are 26 letters; the first two are 0
    return (
        f"{pairs[made >> 120]}{pairs[made >> 110 & 1023]}{pairs[made >> 100 & 1023]}{pairs[made >> 90 & 1023]}{pairs[made >> 80 & 1023]}"
        f"{pairs[made >> 70 & 1023]}{pairs[made >> 60 & 1023]}{pairs[made >> 50 & 1023]}{pairs[made >> 40 & 1023]}"
        f"{pairs[made >> 30 & 1023]}{pairs[made >> 20 & 1023]}{pairs[made >> 10 & 1023]}{pairs[made & 1023]}"
    )


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment. A naive one is refused: nobody can know what it means."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(DateTime(timezone=dialect.name != "sqlite"))

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        return _as_text if dialect.name == "sqlite" else _in_utc

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        return _from_text if dialect.name == "sqlite" else _in_utc


def _in_utc(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {value!r}")
    return value.astimezone(UTC)


@lru_cache(maxsize=256)  # a unit writes one moment many times
def _as_text(value: datetime | None) -> str | None:
    """As SQLAlchemy writes it for SQLite: `2026-06-02 02:00:00.000000`."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {value!r}")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


class Plain(TypeDecorator[Any]):
    """Plain values (what JSON can say) as bytes: the database never reorders or reinterprets them."""

    impl = LargeBinary
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], bytes | None]:
        return _dumped

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[bytes | None], Any]:
        return _loaded


def _dumped(value: Any) -> bytes | None:
    return None if value is None else orjson.dumps(value)


def _loaded(value: bytes | None) -> Any:
    return None if value is None else orjson.loads(value)


WITHOUT_NULL: Mapping[Any, Callable[[Any], Any]] = {_dumped: orjson.dumps, _loaded: orjson.loads}  # for who leaves nulls alone


class Sealed(TypeDecorator[Any]):
    """Personal data, sealed with AES-256-GCM under the office's key (UU 27/2022).

    `place` is "table.column" and is authenticated with the value: a sealed value moved to another column does not open.
    `kind` says what goes in: "text" (str), "bytes" or "plain" (what JSON can say). The keyring is the one that `Store` hung on its
    dialect: keys are handed in, never global.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str, kind: str = "text") -> None:
        super().__init__()
        self.place = place
        self.kind = kind

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], bytes | None]:
        place, to_bytes = self.place, _TO_BYTES[self.kind]

        def seal(value: Any) -> bytes | None:
            return None if value is None else dialect.loket_keys.seal(to_bytes(value), place)  # type: ignore[attr-defined]

        return seal

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        place, from_bytes = self.place, _FROM_BYTES[self.kind]

        def opened(value: Any) -> Any:
            return None if value is None else from_bytes(dialect.loket_keys.open(bytes(value), place))  # type: ignore[attr-defined]

        return opened


_TO_BYTES: Mapping[str, Callable[[Any], bytes]] = {"text": str.encode, "plain": orjson.dumps, "bytes": bytes}
_FROM_BYTES: Mapping[str, Callable[[bytes], Any]] = {"text": bytes.decode, "plain": orjson.loads, "bytes": bytes}

"""The declarative base and the column types of the house."""

from __future__ import annotations

import base64
import os
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, cast

import orjson
from sqlalchemy import DateTime, LargeBinary, MetaData, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from .keys import Keyring

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
_CROCKFORD = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ")
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
    return base64.b32encode(made.to_bytes(20)).translate(_CROCKFORD)[6:].decode()  # 160 bits are 32 letters; the first 30 bits are 0


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


def _as_text(value: datetime | None) -> str | None:
    """As SQLAlchemy writes it for SQLite: `2026-06-02 02:00:00.000000`."""
    moment = _in_utc(value)
    return None if moment is None else moment.replace(tzinfo=None).isoformat(" ", "microseconds")


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


class Sealed(TypeDecorator[Any]):
    """Personal data, sealed with AES-256-GCM under the office's key (UU 27/2022).

    `place` is "table.column" and is authenticated with the value: a sealed value moved to another column does not open.
    `kind` says what goes in: "text" (str), "bytes" or "plain" (what JSON can say).
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
            return None if value is None else keyring(dialect).seal(to_bytes(value), place)

        return seal

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        place, from_bytes = self.place, _FROM_BYTES[self.kind]

        def opened(value: Any) -> Any:
            return None if value is None else from_bytes(keyring(dialect).open(bytes(value), place))

        return opened


_TO_BYTES: Mapping[str, Callable[[Any], bytes]] = {"text": str.encode, "plain": orjson.dumps, "bytes": bytes}
_FROM_BYTES: Mapping[str, Callable[[bytes], Any]] = {"text": bytes.decode, "plain": orjson.loads, "bytes": bytes}


def keyring(dialect: Dialect) -> Keyring:
    """The keyring that `Store` hung on its dialect: keys are handed in, never global."""
    keys: Keyring = dialect.loket_keys  # type: ignore[attr-defined]
    return keys

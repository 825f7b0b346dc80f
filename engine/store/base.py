"""The declarative base and the column types of the house."""

from __future__ import annotations

import base64
import os
import threading
import time
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

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Plain(TypeDecorator[Any]):
    """Plain values (what JSON can say) as bytes: the database never reorders or reinterprets them."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else orjson.dumps(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
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

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        return keyring(dialect).seal(self._bytes(value), self.place)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        opened = keyring(dialect).open(bytes(value), self.place)
        if self.kind == "text":
            return opened.decode()
        return orjson.loads(opened) if self.kind == "plain" else opened

    def _bytes(self, value: Any) -> bytes:
        if self.kind == "text":
            return str(value).encode()
        return orjson.dumps(value) if self.kind == "plain" else bytes(value)


def keyring(dialect: Dialect) -> Keyring:
    """The keyring that `Store` hung on its dialect: keys are handed in, never global."""
    keys: Keyring = dialect.loket_keys  # type: ignore[attr-defined]
    return keys

"""One unit of work, one commit: the only place in the house where a transaction ends."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy import orm as sa_orm

from .keys import Keyring

SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000", "cache_size=-16000", "temp_store=MEMORY")


class Session(sa_orm.Session):
    """A database session inside a unit. Rooms add, change and ask; they never end the transaction."""

    @property
    def keys(self) -> Keyring:
        """The keyring, for blind indexes."""
        keys: Keyring = self.get_bind().dialect.loket_keys  # type: ignore[attr-defined]
        return keys


class Store:
    """A database by URL (SQLite by default, PostgreSQL by `postgresql+psycopg://…`) with the keys that open what is sealed in it."""

    def __init__(self, url: str, keys: Keyring, **options: Any) -> None:
        self.url = url
        self.engine: Engine = create_engine(url, **self._options(url), **options)
        self.engine.dialect.loket_keys = keys  # type: ignore[attr-defined]
        if self.engine.dialect.name == "sqlite":
            _behave(self.engine)
        self._writer = self.engine.execution_options(loket_write=True)
        self.bell = threading.Event()

    @staticmethod
    def _options(url: str) -> dict[str, Any]:
        if url.startswith("sqlite"):
            return {"connect_args": {"check_same_thread": False}}
        return {"pool_pre_ping": True, "pool_size": 10}

    @contextmanager
    def unit(self, *, ring: bool = True) -> Iterator[Session]:
        """Everything inside happens, or nothing. Rings the bell after the commit (unless told not to): the worker looks for work."""
        with Session(self._writer, expire_on_commit=False) as session:
            yield session
            session.commit()
        if ring:
            self.bell.set()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for questions; whatever is changed in it is thrown away. What was read stays readable afterwards."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def _behave(engine: Engine) -> None:
    """SQLite as a server's database: WAL, foreign keys, and writers that queue up instead of failing half-way."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late; ours is below
        cursor = connection.cursor()
        for pragma in SQLITE_PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        writing = connection.get_execution_options().get("loket_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

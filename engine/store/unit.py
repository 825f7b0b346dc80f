"""One unit of work, one commit: the only place in the house where a transaction ends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy import orm as sa_orm

from .base import Base
from .keys import Keyring
from .rows import Row, insert_rows

_next = threading.local()  # `writing`: whether the transaction that begins next in this thread will write
SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000", "cache_size=-16000", "temp_store=MEMORY")


Crier = Callable[["Session", Sequence[tuple[str, datetime | None]]], None]  # tells workers elsewhere of errands: (id, not before when)


class Session(sa_orm.Session):
    """A database session inside a unit. Rooms add, change and ask; they never end the transaction."""

    def __init__(self, engine: Engine, *, writing: bool = False) -> None:
        super().__init__(engine, expire_on_commit=False)
        self._later: dict[Any, list[Row]] = {}  # by table
        self._here: tuple[Any, Connection] | None = None
        self._writing = writing

    def get_bind(self, *args: Any, **options: Any) -> Engine | Connection:
        """As SQLAlchemy's, which asks this before it begins a transaction: SQLite's next one in this thread is told its kind."""
        _next.writing = self._writing
        return self.bind or super().get_bind(*args, **options)

    @property
    def here(self) -> Connection:
        """The connection of the transaction, for statements that go round the ORM; asking SQLAlchemy for it anew takes a dozen calls."""
        transaction = self.get_transaction()
        if transaction is None or self._here is None or self._here[0] is not transaction:
            connection = self.connection()
            self._here = self.get_transaction(), connection
        return self._here[1]

    def insert(self, what: type[Base], *rows: Row) -> None:
        """Rows of a mapped class as plain values, kept back until the next flush: then those of one table go in one statement.

        Every row of a class names the same columns in the same order; nothing is filled in.
        """
        self._later.setdefault(what.__table__, []).extend(rows)

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """As SQLAlchemy's (which also calls it before it asks the database), and then what `insert` has kept back."""
        super().flush(objects)
        if self._later:
            kept, self._later = self._later, {}
            connection = self.here
            for table, rows in kept.items():
                insert_rows(connection, table, rows)

    def commit(self) -> None:
        """Flush, then end the transaction. Only `Store.unit` calls it."""
        self.flush()
        super().commit()

    def rollback(self) -> None:
        """Nothing happened, what was kept back included."""
        self.forget()
        super().rollback()

    def forget(self) -> None:
        """What was kept back never happened; a savepoint begins with a flush, so it is all of the savepoint that is rolled back."""
        self._later.clear()

    @property
    def keys(self) -> Keyring:
        """The keyring, for blind indexes."""
        keys: Keyring = self.get_bind().dialect.loket_keys  # type: ignore[attr-defined]
        return keys

    @property
    def crier(self) -> Crier | None:
        """Who calls errands out in the transaction that writes them; None where workers look for themselves."""
        crier: Crier | None = self.get_bind().dialect.loket_crier  # type: ignore[attr-defined]
        return crier


@event.listens_for(Session, "after_soft_rollback")
def _rolled_back(session: Session, _transaction: sa_orm.SessionTransaction) -> None:
    session.forget()


class Store:
    """A database by URL (SQLite by default, PostgreSQL by `postgresql+psycopg://…`) with the keys that open what is sealed in it.

    `crier` calls out errands to workers that do not look for themselves.
    """

    def __init__(self, url: str, keys: Keyring, *, crier: Crier | None = None, **options: Any) -> None:
        self.url = url
        self.engine: Engine = create_engine(url, **self._options(url), **options)
        self.engine.dialect.loket_keys = keys  # type: ignore[attr-defined]
        self.engine.dialect.loket_crier = crier  # type: ignore[attr-defined]
        if self.engine.dialect.name == "sqlite":
            _behave(self.engine)
        self.bell = threading.Event()

    @staticmethod
    def _options(url: str) -> dict[str, Any]:
        if url.startswith("sqlite"):
            return {"connect_args": {"check_same_thread": False}}
        return {"pool_pre_ping": True, "pool_size": 10}

    @contextmanager
    def unit(self, *, ring: bool = True) -> Iterator[Session]:
        """Everything inside happens, or nothing. Rings the bell after the commit (unless told not to): the worker looks for work."""
        with Session(self.engine, writing=True) as session:
            yield session
            session.commit()
        if ring:
            self.bell.set()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for questions; whatever is changed in it is thrown away. What was read stays readable afterwards."""
        with Session(self.engine) as session:
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

    def begin(connection: Any) -> None:
        writing = getattr(_next, "writing", False)
        _next.writing = False
        connection.execute("BEGIN IMMEDIATE" if writing else "BEGIN")

    # Not the event of the same name: an engine that has one looks for listeners before and after every single statement.
    engine.dialect.do_begin = begin  # type: ignore[method-assign, assignment]

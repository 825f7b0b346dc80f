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
from .errors import Conflict
from .keys import Keyring
from .prepared import Prepared, Wire
from .rows import Over, Row, insert_rows

_next = threading.local()  # `writing`: whether the transaction that begins next in this thread will write
SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000", "cache_size=-16000", "temp_store=MEMORY")


Crier = Callable[["Session", Sequence[tuple[str, datetime | None]]], None]  # tells workers elsewhere of errands: (id, not before when)


class Session(sa_orm.Session):
    """A database session inside a unit. Rooms add, change and ask; they never end the transaction."""

    def __init__(self, engine: Engine, *, writing: bool = False) -> None:
        super().__init__(engine, expire_on_commit=False, join_transaction_mode="control_fully")
        self._own: Connection | None = None  # begun without the ORM
        self._later: dict[Any, list[Row]] = {}  # by table
        self._over: dict[Any, Over] = {}
        self._wire: Wire | None = None
        self._writing = writing

    def get_bind(self, *args: Any, **options: Any) -> Engine | Connection:
        """As SQLAlchemy's, which asks this before it begins a transaction: SQLite's next one in this thread is told its kind."""
        _next.writing = self._writing
        return self._own or self.bind or super().get_bind(*args, **options)

    @property
    def here(self) -> Connection:
        """The connection of the transaction, for statements that go round the ORM."""
        return self.connection()

    @property
    def wire(self) -> Wire:
        """The driver's connection of the transaction, for prepared statements. What is kept back is not written before they run.

        The transaction is begun without the ORM's bookkeeping, which costs more than a statement; when somebody asks the ORM for
        something, it joins.
        """
        if self._wire is None:
            self._wire = Wire(self.connection() if self.in_transaction() else self._begin())
        return self._wire

    @property
    def is_writing(self) -> bool:
        """Whether it belongs to a unit, which ends with a commit."""
        return self._writing

    def _begin(self) -> Connection:
        if self._own is None:
            assert isinstance(self.bind, Engine)
            self._own = self.bind.connect()
        _next.writing = self._writing
        self._own.begin()
        return self._own

    def ask(self, prepared: Prepared, **values: Any) -> list[tuple[Any, ...]]:
        """The rows that a prepared question gives, about everything that was done in this session."""
        self.flush()
        return self.wire.ask(prepared, values)

    def insert(self, what: type[Base], *rows: Row, over: Over | None = None) -> None:
        """Rows of a mapped class as plain values, kept back until the next flush: then those of one table go in one statement.

        Every row of a class names the same columns in the same order; nothing is filled in. `over`: rows among them are there already;
        the flush raises Conflict when one of these could not be taken over.
        """
        self._later.setdefault(what.__table__, []).extend(rows)
        if over is not None:
            self._over[what.__table__] = over

    def kept_back(self, what: type[Base]) -> bool:
        """Whether rows of this class wait for the next flush."""
        return what.__table__ in self._later

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """As SQLAlchemy's (which also calls it before it asks the database), and then what `insert` has kept back."""
        super().flush(objects)
        if self._later:
            kept, over = self._later, self._over
            self._later, self._over = {}, {}
            wire = self.wire
            for table, rows in kept.items():
                if insert_rows(wire, table, rows, over.get(table)) != len(rows):
                    raise Conflict(what=table.name)

    def begin_nested(self) -> sa_orm.SessionTransaction:
        """As SQLAlchemy's, but the savepoint is set at once and not when the ORM first needs it: prepared statements do not wait for it."""
        nested = super().begin_nested()
        self.connection()
        return nested

    def commit(self) -> None:
        """Flush, then end the transaction. Only `Store.unit` calls it."""
        self.flush()
        if self._own is not None and not self.in_transaction():
            self.dispatch.before_commit(self)  # who listens may ask the ORM for something
            self.flush()
        if self._own is None or self.in_transaction():
            super().commit()
        else:
            self._own.commit()
            self.dispatch.after_commit(self)
        self._wire = None

    def rollback(self) -> None:
        """Nothing happened, what was kept back included."""
        self.forget()
        super().rollback()
        if self._own is not None:
            self._own.rollback()
        self._wire = None

    def close(self) -> None:
        """As SQLAlchemy's."""
        super().close()
        if self._own is not None:
            self._own.close()
        self._own = self._wire = None

    def forget(self) -> None:
        """What was kept back never happened; a savepoint begins with a flush, so it is all of the savepoint that is rolled back."""
        self._later.clear()
        self._over.clear()

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

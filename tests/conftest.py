"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.store import Base, Keyring, Session, Store


@pytest.fixture
def now() -> datetime:
    """A Tuesday morning in Jakarta: 2 June 2026, 09.00 WIB."""
    return datetime(2026, 6, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A database of its own."""
    made = Store(f"sqlite:///{tmp_path}/loket.db", Keyring.read(Keyring.make()))
    Base.metadata.create_all(made.engine)
    yield made
    made.close()


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    """One unit of work over the whole test."""
    with store.unit() as unit:
        yield unit

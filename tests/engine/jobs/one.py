"""A database for the long runs that are commands, not tests."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

from engine.store import Store, migrate
from tests.fixtures.databases import KEYS
from tests.fixtures.postgres import Server


class OneDatabase:
    """A database of the newest tables outside a test run: a SQLite file, or one of a PostgreSQL server of its own."""

    def __init__(self, kind: str) -> None:
        self.kind, self._closing = kind, ExitStack()

    def __enter__(self) -> OneDatabase:
        folder = tempfile.TemporaryDirectory(prefix="loket-one-", ignore_cleanup_errors=True)
        self.folder = Path(self._closing.enter_context(folder))
        self.server = Server() if self.kind == "postgres" else None
        if self.server is not None:
            self._closing.callback(self.server.stop)
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def fresh(self) -> str:
        """Its address."""
        url = self.server.url() if self.server else f"sqlite:///{self.folder}/loket.sqlite"
        store = Store(url, KEYS)
        migrate(store.engine)
        store.close()
        return url

    def forget(self, url: str) -> None:
        """It goes with its folder."""

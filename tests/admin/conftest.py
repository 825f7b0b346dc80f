"""The back office over a small real office: the shipped permit, a finished and a running application, and who may look at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from engine import jobs, procedures, stories
from engine.office import Office
from engine.store import Store
from tests.fixtures.visitors import Visitor

REKLAME = Path(__file__).parents[2] / "workflows" / "reklame"


@pytest.fixture
def store(app_store: Store) -> Store:
    """People of the tests live in the database of the application."""
    return app_store


@pytest.fixture
def rina_in(visitor: Visitor, rina) -> Visitor:
    """The administrator, signed in, reading English."""
    visitor.sign_in("rina@example.org")
    visitor.get("/?lang=en")
    return visitor


@pytest.fixture
def played(app_store: Store, office: Office, clock) -> str:
    """A permit issued and one more application under way, through the real verbs; gives the id of the finished case."""
    bundle = procedures.read_folder(REKLAME)
    told = {each.key: each for each in stories.read_all(bundle)}
    told_one = stories.run(bundle, told["straight_through"], app_store, office)
    assert told_one.ok, told_one.troubles
    return "done"


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """Every SQL statement meanwhile."""
    seen: list[str] = []

    def note(connection, cursor, statement, parameters, context, executemany) -> None:
        seen.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(store.engine, "before_cursor_execute", note)


__all__ = ["Callable", "Flask", "jobs"]

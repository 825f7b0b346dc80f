"""The back office over a small real office: the shipped permit, and applications that went through the real verbs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event, select

from engine import people, procedures, stories
from engine.cases import Case
from engine.office import Office
from engine.people import Person
from engine.procedures import Bundle
from engine.store import Store
from engine.timeline import Event
from tests.fixtures.visitors import Visitor

REKLAME = Path(__file__).parents[2] / "workflows" / "reklame"
Statements = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture(scope="session")
def bundle() -> Bundle:
    """The shipped permit."""
    return procedures.read_folder(REKLAME)


@pytest.fixture
def boss(visitor: Visitor, rina: Person) -> Visitor:
    """The administrator Rina, signed in, reading English."""
    assert visitor.sign_in("rina@example.org").status_code == 303
    visitor.get("/?lang=en")
    return visitor


@pytest.fixture
def seated(app_store: Store, now) -> Callable[..., str]:
    """`seated("Ani", "administrator")`: one more person at a desk; gives the id."""

    def seat(name: str, desk: str) -> str:
        with app_store.unit() as db:
            who = people.sign_up(db, name=name, phone=None, email=f"{name.lower()}@example.org", password="kopi hitam tanpa gula", at=now)
            people.ensure_desk(db, desk, {"id": desk.capitalize(), "en": desk.capitalize()})
            people.add_to_desk(db, who, desk, by=None, at=now)
            return who.id

    return seat


@pytest.fixture
def played(app_store: Store, office: Office, bundle: Bundle) -> str:
    """A permit from the first page to the document; gives the id of the case."""
    told = stories.run(bundle, stories.read_story("straight_through", bundle.stories), app_store, office)
    assert told.ok, told.troubles
    with app_store.reading() as db:
        return str(db.scalars(select(Case.id)).one())


@pytest.fixture
def happened(app_store: Store) -> Callable[[str], list[Event]]:
    """`happened("person.closed")`: the events of this word."""

    def ask(what: str) -> list[Event]:
        with app_store.reading() as db:
            return list(db.scalars(select(Event).where(Event.what == what).order_by(Event.id)))

    return ask


@pytest.fixture
def statements(app_store: Store) -> Statements:
    """`with statements() as seen:`: every SQL statement meanwhile."""

    @contextmanager
    def watch() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(connection, cursor, statement, parameters, context, executemany) -> None:
            seen.append(statement)

        event.listen(app_store.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(app_store.engine, "before_cursor_execute", note)

    return watch

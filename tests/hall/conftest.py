"""A small application with the hall and the portal in it, over a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

import hall
import portal
from engine import people
from engine.store import Store
from hall import limits
from loket.settings import Settings, read_settings

PASSWORD = "kopi hitam tanpa gula"


@dataclass
class Clock:
    """A clock that stands still until it is put forward."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@dataclass
class TestHands:
    """What the roof hands in, for a test."""

    __test__ = False
    store: Store
    settings: Settings
    now: Callable[[], datetime]
    office: Any = None
    demo_accounts: tuple[Any, ...] = field(default=())


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


def furnish(store: Store, clock: Clock, home: Any, **settings: str) -> Flask:
    """An application with the hall and the portal, and a few views of its own to break things with."""
    app = Flask("tests.hall", static_folder=None)
    app.testing = True
    given = read_settings({}, home=str(home), **settings)
    app.extensions["loket"] = TestHands(store, given, clock)
    hall.attach(app)
    for blueprint in portal.blueprints():
        app.register_blueprint(blueprint)
    return app


@pytest.fixture
def app(store: Store, clock: Clock, tmp_path: Any) -> Iterator[Flask]:
    yield furnish(store, clock, tmp_path / "home")
    limits.limiter.reset()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def budi(store: Store, now: datetime) -> people.Person:
    """An applicant with a phone number."""
    with store.unit() as db:
        return people.sign_up(db, name="Budi Santoso", phone="0812 3456 7890", email=None, password=PASSWORD, at=now)


@pytest.fixture
def sari(store: Store, now: datetime) -> people.Person:
    """An officer at the verification desk."""
    with store.unit() as db:
        who = people.sign_up(db, name="Sari Dewi", phone=None, email="sari@example.org", password=PASSWORD, at=now)
        people.ensure_desk(db, "verifikator", {"id": "Verifikator", "en": "Verifier"})
        people.add_to_desk(db, who, "verifikator", by=None, at=now)
        return who

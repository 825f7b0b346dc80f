"""A small application with the hall and the portal in it, over a real database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import hall
import portal
from engine import people
from engine.store import Store
from loket.settings import Settings, read_settings

PASSWORD = "kopi hitam tanpa gula"


@dataclass
class Clock:
    """A clock that stands still until it is put forward."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@dataclass
class HandsForTest:
    """What the roof hands in."""

    store: Store
    settings: Settings
    now: Callable[[], datetime]
    office: Any = None


class Browser(FlaskClient):
    """A client that sends forms as a browser does: with the token of a page it has opened before."""

    def send(self, path: str, fields: dict[str, str], *, page: str = "/sign-in?lang=en") -> TestResponse:
        text = self.get(page, follow_redirects=True).text
        token = text.split('name="csrf_token" value="')[1].split('"')[0]
        return self.post(path, data={"csrf_token": token, **fields})

    def sign_in(self, login: str, password: str = PASSWORD, path: str = "/sign-in") -> TestResponse:
        return self.send(path, {"login": login, "password": password})


def furnish(store: Store, now: Callable[[], datetime], home: Path, **settings: str) -> Flask:
    """An application with the hall and the portal."""
    app = Flask("loket", static_folder=None, template_folder=None)
    app.testing = True
    app.test_client_class = Browser
    app.extensions["loket"] = HandsForTest(store, read_settings({}, home=str(home), **settings), now)
    home.mkdir(parents=True, exist_ok=True)
    hall.attach(app)
    portal.attach(app)
    return app


@pytest.fixture
def furnished() -> Callable[..., Flask]:
    """How to furnish an application with other settings."""
    return furnish


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def app(store: Store, clock: Clock, tmp_path: Path) -> Flask:
    return furnish(store, clock, tmp_path / "home")


@pytest.fixture
def browser(app: Flask) -> Browser:
    made = app.test_client()
    assert isinstance(made, Browser)
    return made


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


@pytest.fixture
def rina(store: Store, now: datetime) -> people.Person:
    """The administrator."""
    with store.unit() as db:
        who = people.sign_up(db, name="Rina", phone=None, email="rina@example.org", password=PASSWORD, at=now)
        people.ensure_desk(db, people.ADMINISTRATOR, {"id": "Administrator", "en": "Administrator"})
        people.add_to_desk(db, who, people.ADMINISTRATOR, by=None, at=now)
        return who

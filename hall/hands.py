"""What the roof hands to the doors, and the units of work that requests run in. Nobody below reads the clock; here it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol, cast
from zoneinfo import ZoneInfo

from flask import current_app

from engine.store import Session, Store


class Settings(Protocol):
    """The settings the doors read (loket.settings.Settings has them)."""

    @property
    def office_name(self) -> str: ...
    @property
    def office_address(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def zone(self) -> Any: ...
    @property
    def demo(self) -> bool: ...
    @property
    def public_address(self) -> str: ...
    @property
    def session_secret(self) -> str: ...
    @property
    def home(self) -> Path: ...
    @property
    def workflows(self) -> Path: ...


class Hands(Protocol):
    """What lies in `app.extensions["loket"]`: the database, the office, the settings and the clock."""

    store: Store
    office: Any  # engine.office.Office: handed on to the verbs, not looked into here
    settings: Settings
    now: Callable[[], datetime]


def hands() -> Hands:
    """The hands of this application."""
    return cast(Hands, current_app.extensions["loket"])


def office() -> Any:
    """The office (calendar, cabinet, mailer, …) that the verbs ask for."""
    return hands().office


def now() -> datetime:
    """The aware UTC moment of this request."""
    return hands().now()


def zone() -> ZoneInfo:
    """The office's time zone."""
    given = hands().settings.zone
    return given if isinstance(given, ZoneInfo) else ZoneInfo(str(given))


def today() -> date:
    """The office's day."""
    return now().astimezone(zone()).date()


@contextmanager
def unit() -> Iterator[Session]:
    """One unit of work: everything inside happens, or nothing. The commit at its end is engine.store's own; use one per POST."""
    with hands().store.unit() as session:
        yield session


@contextmanager
def reading() -> Iterator[Session]:
    """A session for questions (every GET); nothing changed in it is kept."""
    with hands().store.reading() as session:
        yield session

"""The pages that need no application of one's own, without the admin, and with the reklame permit published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from engine import procedures
from engine.people import Person
from engine.store import Store
from tests.fixtures.visitors import budi, rina, sari, visitor

__all__ = ["budi", "rina", "sari", "visitor"]  # the people of tests/fixtures, not those of the applicant's door

WORKFLOWS = Path(__file__).parents[3] / "workflows"


@pytest.fixture
def app(furnished: Callable[..., Flask]) -> Flask:
    """The hall and the portal."""
    return furnished()


@pytest.fixture
def reklame(store: Store, rina: Person, now: datetime) -> procedures.Version:
    """The published reklame permit."""
    bundle = procedures.read_folder(WORKFLOWS / "reklame")
    with store.unit() as db:
        return procedures.publish(db, bundle, by=rina.id, at=now)

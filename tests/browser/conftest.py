"""One running office for all journeys of a worker: the shipped permit, and an officer at every desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engine import people, procedures
from engine.store import Store
from tests.fixtures.browser import Served, serving
from tests.fixtures.databases import KEYS
from tests.fixtures.hand import PASSWORD, Hand

WORKFLOWS = Path(__file__).parents[2] / "workflows"
DESKS = ("verifikator", "tim_teknis", "satpol_pp", "bendahara", "kabid", "kepala_dinas")


@pytest.fixture(scope="session")
def office_served(database: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The office, open; who sits at the desk `kabid` signs in as kabid@example.org."""
    with serving(database, tmp_path_factory.mktemp("journeys")) as served:
        store, at = Store(served.database, KEYS), datetime.now(UTC)
        with store.unit() as session:
            procedures.publish(session, procedures.read_folder(WORKFLOWS / "reklame"), by="seed", at=at)
            for desk in DESKS:
                who = people.sign_up(session, name=f"Petugas {desk}", phone=None, email=f"{desk}@example.org", password=PASSWORD, at=at)
                people.ensure_desk(session, desk, {"id": desk, "en": desk})
                people.add_to_desk(session, who, desk, by=None, at=at)
        store.close()
        yield served


@pytest.fixture
def hand(office_served: Served, new_page: Callable[..., Any], axe: Callable[[Any], None]) -> Callable[..., Hand]:
    """`hand(width=360, script=False, look=False)`: somebody in front of a page of the office."""
    seen: set[str] = set()

    def make(*, width: int = 1280, script: bool = True, look: bool = True, widths: tuple[int, ...] = (), lang: str = "id-ID") -> Hand:
        made = Hand(new_page(width=width, script=script, lang=lang), office_served.url, axe if look else None, script=script, widths=widths)
        made.seen = seen
        return made

    return make

"""One running office for all journeys of a worker: the shipped permit, and an officer at every desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engine import people, procedures
from engine.store import Store
from tests.admin.studio.hand import Builder
from tests.browser.offices import Office
from tests.fixtures.browser import Served, serving, sign_in
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


@pytest.fixture(scope="module")
def office(server: Served) -> Iterator[Office]:
    """An empty office with two administrators."""
    made = Office(server)
    yield made
    made.store.close()


@pytest.fixture
def at_work(office: Office, new_page: Callable[..., Any]) -> Callable[..., Builder]:
    """`at_work(key, "rina", width=360)`: an administrator in front of a form of a draft."""

    def go(key: str, who: str = "rina", *, form: str = "application", width: int = 1280, lang: str = "id", page: Any = None) -> Builder:
        if page is None:
            page = new_page(width=width)
            sign_in(page, office.url, f"{who}@example.org", PASSWORD)
            page.goto(f"{office.url}/?lang={lang}")
        page.goto(f"{office.url}/admin/studio/{key}/forms/{form}/")
        page.locator(".fb-canvas").wait_for()
        return Builder(page)

    return go

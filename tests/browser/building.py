"""The application forms of five permits, built in the builder by mouse and keyboard only: what is saved is what is wanted, to the byte.

Not yet part of the suite: the driver does not come to the end of every form. Run it by its name: pytest tests/browser/building.py
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine import procedures
from engine.store import Store
from tests.admin.studio.hand import Builder
from tests.fixtures.browser import sign_in
from tests.fixtures.databases import KEYS
from tests.fixtures.visitors import PASSWORD, _person

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
PERMITS = ("reklame", "sip", "penelitian", "makam", "trayek")


@pytest.fixture(scope="module")
def store(server):
    """The office's store, with an administrator in it."""
    made = Store(server.database, KEYS)
    _person(made, datetime.now(UTC), "Rina", "administrator", email="rina@example.org")
    yield made
    made.close()


def wanted(permit: str) -> Path:
    """The form that has to come out: a shipped one, or one whose permit is not shipped yet."""
    here = ROOT / "workflows" / permit / "forms" / "application.json"
    return here if here.is_file() else ROOT / "tests" / "admin" / "studio" / "wanted" / f"{permit}.json"


def begin(page, url: str, key: str, form: dict) -> Builder:
    """A new procedure with an empty application form, through the studio's pages."""
    page.goto(f"{url}/admin/studio/new")
    for name, text in (("key", key), ("name_id", form["title"]["id"]), ("name_en", form["title"]["en"])):
        page.fill(f"[name={name}]", text)
    page.locator("#confirm").click()
    page.wait_for_url(f"**/{key}/")
    page.goto(f"{url}/admin/studio/{key}/forms/application/remove")
    page.locator("#confirm").click()
    page.wait_for_url(f"**/{key}/")
    page.goto(f"{url}/admin/studio/{key}/forms/new")
    for name, text in (("key", "application"), ("name_id", form["title"]["id"]), ("name_en", form["title"]["en"])):
        page.fill(f"[name={name}]", text)
    page.locator("#confirm").click()
    page.locator(".fb-items").wait_for()
    return Builder(page)


@pytest.mark.parametrize("permit", PERMITS)
def test_the_shipped_form_is_what_comes_out_of_the_builder(permit: str, page, server, store, axe) -> None:
    shipped = wanted(permit).read_bytes()
    form = json.loads(shipped)
    sign_in(page, server.url, "rina@example.org", PASSWORD)
    begin(page, server.url, f"{permit}_baru", form).build(form)
    with store.reading() as db:
        made, _rev = procedures.draft_file(db, f"{permit}_baru", "forms/application.json")
    assert made.decode() == shipped.decode()
    axe(page)

"""The application forms of five permits, built in the builder by mouse and keyboard only: what is saved is what is shipped, to the byte.

Then the procedure is published by pages, and its form filled by an applicant as the permit's own story tells.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engine import procedures
from engine.store import Store
from tests.admin.studio.hand import Builder
from tests.browser.applicant import Applicant
from tests.fixtures.browser import Served, sign_in
from tests.fixtures.databases import KEYS
from tests.fixtures.visitors import PASSWORD, _person

pytestmark = pytest.mark.browser
WORKFLOWS = Path(__file__).parents[2] / "workflows"
FILE = "forms/application.json"
STORIES = {
    "reklame": "straight_through",
    "sip": "nurse_in_a_hospital",
    "penelitian": "straight_through",
    "makam": "burial_at_once",
    "trayek": "four_vehicles",
}


@pytest.fixture(scope="module")
def store(server: Served) -> Iterator[Store]:
    """The office's store, with an administrator in it."""
    made = Store(server.database, KEYS)
    _person(made, datetime.now(UTC), "Rina", "administrator", email="rina@example.org")
    yield made
    made.close()


def begun(page: Any, url: str, permit: str, form: dict[str, Any]) -> Builder:
    """The draft's application form, empty, through the studio's pages."""
    page.goto(f"{url}/admin/studio/{permit}/forms/new")
    for name, text in (("key", "application"), ("name_id", form["title"]["id"]), ("name_en", form["title"]["en"])):
        page.fill(f"[name={name}]", text)
    page.locator("#confirm").click()
    page.locator(".fb-items").wait_for()
    return Builder(page)


def publish(page: Any, url: str, permit: str) -> None:
    """From the builder back to the draft, and the button; every story of the permit is played before the page answers."""
    page.goto(f"{url}/admin/studio/{permit}/publish")
    page.fill("[name=note]", "Dibuat di pembuat formulir.")
    page.locator("main form button").last.click(timeout=300_000)
    page.wait_for_url(f"**/procedures/{permit}")


@pytest.mark.parametrize("permit", STORIES)
def test_the_shipped_form_comes_out_of_the_builder_and_is_published(permit: str, page: Any, server: Served, store: Store, axe: Any) -> None:
    bundle = procedures.read_folder(WORKFLOWS / permit)
    form = json.loads(bundle.files[FILE])
    with store.unit() as db:
        rest = {name: content for name, content in bundle.files.items() if name != FILE}
        procedures.begin_draft(db, permit, files=rest, by="seed", at=datetime.now(UTC))
    sign_in(page, server.url, "rina@example.org", PASSWORD)
    begun(page, server.url, permit, form).build(form)
    with store.reading() as db:
        made, _rev = procedures.draft_file(db, permit, FILE)
    assert made.decode() == bundle.files[FILE].decode()
    axe(page)
    publish(page, server.url, permit)
    with store.reading() as db:
        version = procedures.current(db, permit)
        assert version is not None
        assert procedures.bundle_of(db, version.id).fingerprint == bundle.fingerprint, "what was built is what is shipped"


@pytest.mark.parametrize("permit", STORIES)
def test_an_applicant_fills_the_form_as_the_story_of_the_permit_tells(
    permit: str, server: Served, store: Store, new_page: Callable[..., Any]
) -> None:
    bundle = procedures.read_folder(WORKFLOWS / permit)
    with store.unit() as db:
        version = procedures.current(db, permit)
        if version is None:  # what the builder makes is the same to the byte, as the test above tells
            procedures.publish(db, bundle, by="seed", at=datetime.now(UTC))
        else:
            assert procedures.bundle_of(db, version.id).fingerprint == bundle.fingerprint
    applicant = Applicant(new_page(width=360), server.url, bundle, STORIES[permit])
    applicant.sign_up("Lia Permatasari", f"0813 5555 000{[*STORIES].index(permit)}")
    number = applicant.apply_as_told()
    applicant.open("/applications")
    assert number in applicant.text

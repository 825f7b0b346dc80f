"""Every page of the studio can be used by everybody: axe looks at each, and a page that nobody named here is a failure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

from engine import procedures
from engine.store import Store
from tests.fixtures.browser import Served, sign_in
from tests.fixtures.databases import KEYS
from tests.fixtures.visitors import PASSWORD, _person

pytestmark = pytest.mark.browser
REKLAME = Path(__file__).parents[2] / "workflows" / "reklame"
PAGES = {
    "index": "",
    "new": "new",
    "take_in": "import",
    "brought": "import/{pack}",
    "copy": "reklame/copy",
    "draft": "reklame/",
    "discard": "reklame/discard",
    "earlier": "reklame/earlier/",
    "earlier_states": "reklame/earlier/forms/verify.json",
    "have_back": "reklame/earlier/1/forms/verify.json",
    "publish": "reklame/publish",
    "about": "reklame/about",
    "design": "reklame/process/",
    "plain": "reklame/plain",
    "new_form": "reklame/forms/new",
    "build": "reklame/forms/verify/",
    "try_out": "reklame/forms/application/try",
    "remove_form": "reklame/forms/verify/remove",
    "tables": "reklame/tables/",
    "new_table": "reklame/tables/new",
    "table": "reklame/tables/tax/faktor_tinggi/",
    "formula": "reklame/tables/tax/luas/formula",
    "letters": "reklame/letters/",
    "new_letter": "reklame/letters/new",
    "letter": "reklame/letters/permit/",
    "rename_letter": "reklame/letters/permit/rename",
    "remove_letter": "reklame/letters/permit/remove",
    "texts": "reklame/texts/",
    "stories": "reklame/stories",
    "follow_stories": "reklame/stories/follow",
    "remove_story": "reklame/stories/withdrawn/remove",
    "try_it": "reklame/try",
    "trial_page": "reklame/try/{trial}/",
    "trial_task": "reklame/try/{trial}/tasks/{task}",
    "trial_fill": "reklame/try/{trial}/tasks/{task}/pages/permohonan",
    "trial_check": "reklame/try/{trial}/tasks/{task}/check",
    "trial_story": "reklame/try/{trial}/story",
}
"""Where each page is, by the name of its view."""
NO_PAGE = {
    "read_file": "a file",
    "history": "JSON for the builder",
    "findings": "JSON for the builder",
    "known": "JSON for the designer",
    "read_table": "JSON for the grid",
    "letter_read": "JSON for the editor",
    "table_named": "leads on to the table",
    "export": "a file",
    "trial_file": "a file of a trial",
}


def views(app: Flask) -> set[str]:
    """The names of the studio's views that answer GET."""
    rules = (rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("back_studio.") and "GET" in (rule.methods or ()))
    return {rule.endpoint.removeprefix("back_studio.") for rule in rules} - {"static"}


def test_every_page_of_the_studio_is_named_here(app: Flask) -> None:
    assert views(app) == {*PAGES, *NO_PAGE}, "say where the new page is, so that axe looks at it"


def test_axe_finds_nothing_on_any_page_of_the_studio(server: Served, new_page: Callable[..., Page], axe: Callable[[Any], None]) -> None:
    page, studio = new_page(), f"{server.url}/admin/studio/"
    seeded(server)
    sign_in(page, server.url, "rina@example.org", PASSWORD)
    known = {"pack": taken_in(page, studio), **begun(page, studio)}
    for view, where in PAGES.items():
        answer = page.goto(studio + where.format(**known))
        assert answer and answer.status == 200, view
        settled(page)
        axe(page)


def seeded(server: Served) -> None:
    """The draft of the shipped permit with two of its stories, and Rina."""
    store, at = Store(server.database, KEYS), datetime.now(UTC)
    rina = _person(store, at, "Rina", "administrator", email="rina@example.org")
    kept = ("stories/straight_through.toml", "stories/withdrawn.toml")
    shipped = procedures.read_folder(REKLAME).files
    files = {name: data for name, data in shipped.items() if not name.startswith("stories/") or name in kept}
    with store.unit() as db:
        procedures.begin_draft(db, "reklame", files=files, by=rina.id, at=at)
    store.close()


def taken_in(page: Page, studio: str) -> str:
    """A pack that is looked into; its id."""
    pack = page.request.get(f"{studio}reklame/export")
    page.goto(f"{studio}import")
    page.set_input_files("[name=pack]", {"name": "x.zip", "mimeType": "application/zip", "buffer": pack.body()})
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r"/import/[^/]+$"))
    return page.url.rpartition("/")[2]


def begun(page: Page, studio: str) -> dict[str, str]:
    """A trial in which something can be told, and an open step of it."""
    page.goto(f"{studio}reklame/try")
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r"/try/[^/]+/$"))
    trial = page.url.rstrip("/").rpartition("/")[2]
    task = page.locator(f'main a[href*="/{trial}/tasks/"]').first.get_attribute("href") or ""
    return {"trial": trial, "task": task.rpartition("/tasks/")[2].partition("/")[0]}


def settled(page: Page) -> None:
    """The editors draw themselves when their script has come."""
    if page.locator("#designer").count():
        page.locator("#designer[data-ready]").wait_for()
    if page.locator("#table-data").count():
        page.locator(".st-problems").wait_for()
    if page.locator("#builder-data").count():
        page.locator(".fb-palette [data-kind]").first.wait_for()

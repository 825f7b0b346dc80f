"""The application forms of five permits, built in the builder by mouse and keyboard only: what is saved is what is shipped, to the byte.

Then the form is published by pages, and filled by an applicant: as the permit's own story tells it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine import procedures, stories
from engine.store import Store
from tests.admin.studio.hand import Builder
from tests.fixtures.browser import Served, sign_in
from tests.fixtures.databases import KEYS
from tests.fixtures.hand import Hand
from tests.fixtures.visitors import PASSWORD, _person

pytestmark = pytest.mark.browser
WORKFLOWS = Path(__file__).parents[2] / "workflows"
FILE = "forms/application.json"
SHIPPED = [path.parent.parent.name for path in sorted(WORKFLOWS.glob("*/forms/application.json"))]
PERMITS = [pytest.param(permit, marks=pytest.mark.long) for permit in SHIPPED]


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
    """From the builder back to the draft, and the button."""
    page.goto(f"{url}/admin/studio/{permit}/publish")
    page.fill("[name=note]", "Dibuat di pembuat formulir.")
    page.locator("main form button").last.click()
    page.wait_for_url(f"**/procedures/{permit}", timeout=120_000)


@pytest.mark.parametrize("permit", PERMITS)
def test_the_shipped_form_comes_out_of_the_builder_is_published_and_filled(
    permit: str, page: Any, server: Served, store: Store, axe: Any, new_page: Callable[..., Any]
) -> None:
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
    applicant = Applicant(new_page(width=360), server.url, permit, bundle)
    applicant.sign_up("Lia Permatasari", f"0813 5555 {len(permit)}{ord(permit[0])}")
    number = applicant.apply_as_told()
    with store.reading() as db:
        version = procedures.current(db, permit)
        assert version is not None
        assert procedures.bundle_of(db, version.id).fingerprint == bundle.fingerprint, "what was built is what is shipped"
    applicant.open("/applications")
    assert number in applicant.text


class Applicant(Hand):
    """Fills any form by the kinds of its questions, with the answers of the permit's first story; its days are moved into the future."""

    def __init__(self, page: Any, url: str, permit: str, bundle: procedures.Bundle) -> None:
        super().__init__(page, url)
        self.permit = permit
        told = stories.read_story("straight_through", bundle.stories).steps[0]
        days = [value for value in told.answers.values() if isinstance(value, date)]
        late = datetime.now(UTC).date() + timedelta(days=40) - min(days, default=date.min)
        self.answers = {**{name: moved(value, late) for name, value in told.answers.items()}, **told.files}

    def apply_as_told(self) -> str:
        """From the permit's page to the number of the application."""
        self.open(f"/apply/{self.permit}")
        self.go()
        self.page.wait_for_url("**/pages/*")
        while "/pages/" in self.page.url:
            before = self.page.url
            self.questions()
            self.go_on()
            self.page.wait_for_load_state()
            assert self.page.url != before, f"{before}: {self.errors}"
        self.go()
        self.page.wait_for_url("**/receipt*")
        return str(self.page.locator(".loket-number").first.inner_text())

    def questions(self) -> None:
        """Every question in sight, in the order of the page."""
        for question in self.page.locator(".app-question:not(.app-question .app-question)").all():
            name = question.get_attribute("data-question")
            if name in self.answers and question.is_visible():
                self.answered(question, name, question.get_attribute("data-kind"), self.answers[name])

    def answered(self, question: Any, name: str, kind: str, value: Any) -> None:
        """One question."""
        if kind in ("choice", "yes_no", "choices"):
            for one in value if isinstance(value, list) else [value]:
                self.tick(**{name: str(one)})
        elif kind in ("select", "lookup"):
            question.locator("select").first.select_option(str(value))
        elif kind == "date":
            self.day(name, value)
        elif kind == "region":
            levels = question.locator("select").all()
            parts = value.split(".")
            for number, level in enumerate(levels, start=len(parts) - len(levels) + 1):
                self.page.locator(f'[name="{level.get_attribute("name")}"]').select_option(".".join(parts[:number]))
        elif kind in ("file", "photo", "files"):
            self.upload(name, value)
        elif kind == "declaration":
            self.page.locator(f'[name="{name}.agreed"]').check()
        elif kind in ("group", "table"):
            self.rows(question, name, value)
        else:
            self.page.locator(f'[name="{name}"]').fill(str(value))

    def rows(self, question: Any, name: str, rows: list[dict[str, Any]]) -> None:
        """A repeating group: a row more by its button."""
        for number, row in enumerate(rows):
            here = f'[data-row="{name}.{number}"]'
            if not self.page.locator(here).count():
                self.page.locator(f'button[name="_add"][value="{name}"]').click()
                self.page.locator(here).wait_for()
            for key, value in row.items():
                inner = self.page.locator(f'{here} [data-question="{name}.{number}.{key}"]')
                self.answered(inner, f"{name}.{number}.{key}", inner.get_attribute("data-kind"), value)


def moved(value: Any, late: timedelta) -> Any:
    """A day, later; anything else as it is."""
    return value + late if isinstance(value, date) else value

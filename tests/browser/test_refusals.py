"""Wrong diagrams and wrong tables as an administrator meets them in the studio: the sentence at its place, and a picture of each.

The pictures and a page with all sentences are in `.cache/pictures/refusals`; the end of the run says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

import rules
from admin.studio import sheet
from admin.studio.tables import Opened, changed
from engine import procedures
from engine.store import Store
from tests.admin.studio import test_tables
from tests.engine.procedures import test_wrong_diagrams
from tests.fixtures.browser import REFUSALS, Served, sign_in
from tests.fixtures.databases import KEYS
from tests.fixtures.visitors import PASSWORD, _person

pytestmark = pytest.mark.browser
REKLAME = Path(__file__).parents[2] / "workflows" / "reklame"
DIAGRAM, TABLE = "process.bpmn", "decisions/tax.dmn"
LEAST = 25


@dataclass
class Report:
    """What was refused, one picture each."""

    folder: Path
    lines: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, what: str, sentence: str, seen: Locator) -> None:
        """A picture of the place where the sentence stands."""
        name = re.sub(r"\W+", "-", what).strip("-") + ".png"
        seen.screenshot(path=self.folder / name)
        self.lines.append((what, sentence, name))

    def write(self) -> None:
        """All of them on one page."""
        told = "".join(
            f"<h2>{escape(what)}</h2><p>{escape(sentence)}</p><img src='{name}' alt=''>" for what, sentence, name in sorted(self.lines)
        )
        head = f"<!doctype html><html lang='en'><meta charset='utf-8'><title>Refusals</title><h1>{len(self.lines)} refusals</h1>"
        (self.folder / "index.html").write_text(f"{head}{told}", "utf-8")


class Studio:
    """Rina at the draft of the shipped permit; its files are made wrong behind her back, as another administrator would."""

    def __init__(self, served: Served, page: Page) -> None:
        self.url, self.page, self.store = f"{served.url}/admin/studio/reklame/", page, Store(served.database, KEYS)
        self.by = _person(self.store, datetime.now(UTC), "Rina", "administrator", email="rina@example.org").id
        self.bundle = procedures.read_folder(REKLAME)
        self.files = dict(self.bundle.files)
        for name in [name for name in self.files if name.startswith("stories/")]:
            del self.files[name]  # what they say of a wrong draft is not what this is about
        with self.store.unit() as db:
            procedures.begin_draft(db, "reklame", files=self.files, by=self.by, at=datetime.now(UTC))
        sign_in(page, served.url, "rina@example.org", PASSWORD)
        page.context.add_cookies([{"name": "lang", "value": "en", "url": served.url}])

    def write(self, **files: bytes) -> None:
        with self.store.unit() as db:
            procedures.write_draft(db, "reklame", dict(files), by=self.by, at=datetime.now(UTC))


@pytest.fixture(scope="module")
def report() -> Iterator[Report]:
    """The folder of the pictures, emptied."""
    REFUSALS.mkdir(parents=True, exist_ok=True)
    for old in REFUSALS.iterdir():
        old.unlink()
    made = Report(REFUSALS)
    yield made
    made.write()


def test_every_wrong_diagram_and_table_is_refused_at_its_place(server: Served, new_page: Callable[..., Page], report: Report) -> None:
    studio = Studio(server, new_page())
    for what, change, step, cure in test_wrong_diagrams.WRONG:
        wrong_diagram(studio, report, what, change(studio.files[DIAGRAM].decode()), step, cure)
    studio.write(**{DIAGRAM: studio.files[DIAGRAM]})
    for what, case in test_tables.WRONG.items():
        wrong_table(studio, report, what, *case)
    assert len(report.lines) >= LEAST


def wrong_diagram(studio: Studio, report: Report, what: str, xml: str, step: str, cure: str) -> None:
    """On the designer's page: in the list of what is wrong, and beside the step when it is chosen."""
    studio.write(**{DIAGRAM: xml.encode()})
    said = next(one for one in test_wrong_diagrams.sentences(studio.bundle, xml)["en"] if step in one and cure in one)
    studio.page.goto(f"{studio.url}process/")
    told = studio.page.locator(".pd-problems .pd-finding--error", has_text=said).first
    expect(told).to_be_visible()
    place = told.get_by_role("button")
    if place.count():
        place.click()
        expect(studio.page.locator(".pd-panel .pd-findings")).to_contain_text(said)
        if what not in test_wrong_diagrams.OF_THE_WHOLE:  # what is wrong with the drawing as a whole stands beside it, at no step
            expect(studio.page.locator(".pd-row--chosen .pd-row__wrong, .pd-panel .pd-way")).not_to_have_count(0)
    report.add(f"diagram: {what}", said, told)


def wrong_table(studio: Studio, report: Report, what: str, table: str, wrong: Any, code: str, row: int | None, cure: str) -> None:
    """On the page of the table: at its row, or above the table when it is about none."""
    decisions = rules.read_decisions(studio.files[TABLE])
    element = decisions.model.element(table)
    kept = rules.table_in(element)  # type: ignore[arg-type]
    opened = Opened(studio.files, TABLE, decisions, element, kept)  # type: ignore[arg-type]
    document = sheet.sheet_of(element, kept, [])  # type: ignore[arg-type]
    wrong(document)
    studio.write(**{TABLE: changed(opened, document)[TABLE]})  # type: ignore[arg-type]
    studio.page.goto(f"{studio.url}tables/tax/{table}/")
    place = ".st-problems li" if row is None else f'[data-rule="{row - 1}"] + .dt-trouble'
    told = studio.page.locator(place, has_text=cure).first
    expect(told).to_be_visible()
    assert f"table “{table}”" in told.inner_text(), code
    report.add(f"table: {what}", told.inner_text(), told)

"""An applicant who fills any form by the kinds of its questions, with the answers that a story of the permit tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from admin.studio import samples
from engine import procedures
from forms import Upload
from tests.fixtures.hand import Hand

AHEAD = timedelta(days=7)  # a story that begins at five in the morning must not lie in the past of a test at nine


class Applicant(Hand):
    """Somebody who applies for a permit as its story tells; days ahead of the story lie ahead of today."""

    def __init__(self, page: Any, url: str, bundle: procedures.Bundle, story: str) -> None:
        super().__init__(page, url)
        self.permit = bundle.key
        _title, self.answers = samples.of_stories(bundle, "application", start=datetime.now(UTC) + AHEAD)[story]
        self.answered: set[str] = set()

    def apply_as_told(self) -> str:
        """From the permit's page to the number of the application; nothing that the story answers was left out."""
        self.open(f"/apply/{self.permit}")
        self.go()
        self.page.wait_for_url("**/pages/*")
        while "/pages/" in self.page.url:
            before = self.page.url
            self.questions()
            self.go_on()
            self.page.wait_for_load_state()
            assert self.page.url != before, f"{before}: {self.errors}"
        assert self.answers.keys() - self.answered == set(), "the form asked for everything that the story tells"
        self.go()
        self.page.wait_for_url("**/receipt*")
        return str(self.page.locator(".loket-number").first.inner_text())

    def questions(self) -> None:
        """Every question in sight, in the order of the page."""
        for question in self.page.locator(".app-question:not(.app-question .app-question)").all():
            name = question.get_attribute("data-question") or ""
            if name in self.answers and question.is_visible():
                self.one(question, name, self.answers[name])
                self.answered.add(name)

    def one(self, question: Any, name: str, value: Any) -> None:
        """One question, by what its kind is asked with."""
        kind = question.get_attribute("data-kind")
        if kind in ("choice", "yes_no", "choices"):
            for each in value if isinstance(value, list) else [value]:
                self.tick(**{name: str(each)})
        elif kind == "select":
            question.locator("select").select_option(str(value))
        elif kind == "lookup":
            self.search(name, str(value))
        elif kind in ("date", "date_time"):
            self.day(name, date.fromisoformat(value[:10]))
            if kind == "date_time":
                self.page.locator(f'[name="{name}.time"]').fill(value[11:16])
        elif kind == "region":
            self.place(question, value)
        elif kind in ("file", "photo", "files"):
            for each in value if isinstance(value, list) else [value]:
                self.send(name, each)
        elif kind == "declaration":
            self.page.locator(f'[name="{name}.agreed"]').check()
        elif kind in ("group", "table"):
            self.rows(name, value)
        elif isinstance(value, Mapping):
            for part, text in value.items():
                self.page.locator(f'[name="{name}.{part}"]').fill(str(text))
        else:
            self.page.locator(f'[name="{name}"]').fill(str(value))

    def place(self, question: Any, code: str) -> None:
        """A place from its province down."""
        parts = code.split(".")
        names = [level.get_attribute("name") for level in question.locator("select").all()]
        for number, name in enumerate(names, start=len(parts) - len(names) + 1):
            self.page.locator(f'[name="{name}"]').select_option(".".join(parts[:number]))

    def send(self, name: str, file: Upload) -> None:
        """A file of the story."""
        self.upload(name, file.name, file.content)

    def rows(self, name: str, rows: list[dict[str, Any]]) -> None:
        """A repeating group: a row more by its button."""
        for number, row in enumerate(rows):
            here = f'[data-row="{name}.{number}"]'
            if not self.page.locator(here).count():
                self.page.locator(f'button[name="_add"][value="{name}"]').click()
                self.page.locator(here).wait_for()
            for key, value in row.items():
                inner = f"{name}.{number}.{key}"
                self.one(self.page.locator(f'{here} [data-question="{inner}"]'), inner, value)

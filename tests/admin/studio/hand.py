"""Somebody at the form builder, with mouse and keyboard only: builds any form question by question, as its file says."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

import forms
import rules
from tests.admin.studio.keys import Keys

CATALOGUE = forms.catalogue()
KINDS = {each["kind"]: each for each in CATALOGUE["kinds"]}
COMMON = {each["key"]: each for each in CATALOGUE["common"]}
GIVEN = ("key", "kind", "label", "noun", "fields")  # said by themselves, or last


def properties(kind: str) -> dict[str, dict[str, Any]]:
    """The properties of a kind, by key."""
    return {**{key: COMMON[key] for key in KINDS[kind]["common"]}, **{each["key"]: each for each in KINDS[kind]["properties"]}}


class Builder(Keys):
    """One administrator in front of one form. Reads as much as wanted at once, but changes things with mouse and keyboard only."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.dragged: set[int] = set()

    # -- whole forms ----------------------------------------------------------------------------------------------

    def build(self, form: dict[str, Any]) -> None:
        """Everything of a form whose title is there already, with one empty page."""
        for number, page in enumerate(form["pages"]):
            if number:
                self.page.locator(".fb-page--new").click()
                self.comes(f"{number}", "title.id")
            self.turn(number)
            self.page_said(page)
            for place, item in enumerate(page["fields"]):
                self.item(item, place, number)
        self.saved()

    def page_said(self, page: dict[str, Any]) -> None:
        """Title, key and condition of the page that is chosen."""
        self.words("title", page["title"])
        self.key(page["key"])
        if "show_when" in page:
            self.condition(self.panel.locator('[data-prop="show_when"]'), page["show_when"])

    def turn(self, number: int) -> None:
        """Go to a page."""
        tab = self.page.locator(".fb-page:not(.fb-page--new)").nth(number)
        if tab.get_attribute("aria-current") is None:
            tab.click()
        expect(tab).to_have_attribute("aria-current", "page")

    def show(self, side: str) -> None:
        """On a narrow screen: one of the three parts, `add`, `page` or `panel`; on a wide one all are in sight."""
        button = self.page.locator(f'.fb-sides [data-side="{side}"]')
        if button.is_visible():
            button.click()

    def choose(self, place: int) -> None:
        """A question that is there, by the button above it."""
        self.show("page")
        self.page.locator(f'[data-focus="choose.{place}"]').click()
        self.panel.locator('[data-prop="label"]').wait_for()

    def item(self, item: dict[str, Any], place: int, number: int) -> None:
        """One question, or a shared group: the first of two pages is dragged, others are pressed by mouse and by Enter in turn."""
        sort = f'[data-include="{item["include"]}"]' if "include" in item else f'[data-kind="{item["kind"]}"]'
        button = self.page.locator(f".fb-palette {sort}")
        if number < 2 and number not in self.dragged:
            self.dragged.add(number)
            self.drag(button, self.page.locator(".fb-items"))
        elif place % 2:
            button.click()
        else:
            button.press("Enter")
        if "include" in item:
            self.comes(f"{number}.{place}")
        else:
            self.comes(f"{number}.{place}", "label.id")
            self.question(item)

    # -- one question ---------------------------------------------------------------------------------------------

    def question(self, item: dict[str, Any]) -> None:
        """All properties of the question that is chosen, then those inside it."""
        known = properties(item["kind"])
        self.words("label", item["label"])
        for name, value in item.items():
            if known.get(name, {}).get("editor") in ("words", "long_words") and name != "label":
                self.words(name, value)
        for name in KINDS[item["kind"]]["fresh"]:
            if name not in item and name not in GIVEN:
                self.property(known[name], None)
        for name, value in item.items():
            if name not in GIVEN and known[name]["editor"] not in ("words", "long_words"):
                self.property(known[name], value)
        self.key(item["key"])
        if "fields" in item:
            self.inside(item["fields"])

    def inside(self, fields: list[dict[str, Any]]) -> None:
        """The questions of a repeating group."""
        box = self.panel.locator('[data-prop="fields"]')
        fresh = box.locator(".fb-inner > li")
        while fresh.count():
            count = fresh.count()
            fresh.first.locator("button").last.click()
            expect(fresh).to_have_count(count - 1)
        outer = self.panel.get_attribute("data-chosen") or ""
        for number, one in enumerate(fields):
            box.locator('[name="inner-kind"]').select_option(one["kind"])
            self.comes(f"{outer}.{number}", "label.id")
            self.question(one)
            self.panel.locator("button.fb-link").first.click()
            self.comes(outer)

    def property(self, known: dict[str, Any], value: Any) -> None:
        """One property by its editor."""
        name, editor = known["key"], known["editor"]
        box = self.panel.locator(f'[data-prop="{name}"]')
        if known.get("advanced"):
            self.unfold()
        if editor in ("words", "long_words"):
            self.words(name, value or {"id": "", "en": ""})
        elif editor == "yes_no":
            if box.locator("input").is_checked() != (known.get("default", False) if value is None else value):
                box.locator("input").click()
        elif editor == "one_of":
            values = [each["value"] for each in known["choices"]]
            box.locator("select").select_option("" if value is None else str(values.index(value)))
        elif editor in ("some_of", "desks"):
            for tick in box.locator("input").all():
                tick.set_checked(tick.get_attribute("value") in map(str, value or []))
        elif editor == "choices":
            self.choices(box, value)
        elif editor in ("condition", "feel"):
            self.condition(box, value)
        elif editor == "rules":
            self.rules(box, value or [])
        elif editor in ("question", "form", "list"):
            box.locator("select").select_option(value or "")
        elif editor == "region":
            for number in range(value.count(".") + 1):
                box.locator(f'[name="{name}.{number}"]').select_option(".".join(value.split(".")[: number + 1]))
        elif editor in ("examples", "names"):
            self.write(name, "\n".join(value or []))
            self.page.keyboard.press("Tab")
        else:
            self.write(name, "" if value is None else str(value))

    def key(self, key: str) -> None:
        """The key, when it is not the one that was made from the question."""
        if self.seen()["key"] != key:
            self.unfold()
            self.write("key", key)
            self.page.keyboard.press("Enter")
            expect(self.panel.locator('[name="key"]')).to_have_value(key)

    def unfold(self) -> None:
        """Open what is behind "Advanced"."""
        fold = self.panel.locator("details.fb-part")
        if fold.get_attribute("open") is None:
            fold.locator("> summary").click()

    def choices(self, box: Locator, rows: list[dict[str, Any]]) -> None:
        """A list of choices: Enter in one begins the next; the values only where they are not those made from the words."""
        here = box.locator(".fb-choice")
        fresh = here.count()
        for number, row in enumerate(rows):
            if number >= fresh:
                self.page.keyboard.press("Enter")
                self.comes(self.panel.get_attribute("data-chosen") or "", f"choices.{number}.label.id")
            else:
                self.go(f"choices.{number}.label.id")
            self.type(row["label"]["id"])
            self.page.keyboard.press("Tab")
            self.type(row["label"]["en"])
        for _ in range(fresh - len(rows)):
            here.last.locator(".fb-tools button").last.click()
        seen = self.seen()
        for number, row in enumerate(rows):
            if seen[f"choices.{number}.value"] != row["value"] or "help" in row:
                here.nth(number).locator("summary").click()
                self.write(f"choices.{number}.value", row["value"])
                for lang, text in row.get("help", {}).items():
                    self.write(f"choices.{number}.help.{lang}", text)

    def rules(self, box: Locator, rows: list[dict[str, Any]]) -> None:
        """The rules of a question."""
        for number, row in enumerate(rows):
            box.locator("> .fb-add").click()
            one = box.locator(f'[data-rule="{number}"]')
            expect(one.locator(".fb-condition > .fb-add")).to_be_focused()
            self.words(f"rules.{number}.say", row["say"])
            self.condition(one, row["check"])
            if "level" in row:
                one.locator(f'[name="rules.{number}.level"]').select_option(row["level"])

    # -- conditions -----------------------------------------------------------------------------------------------

    def condition(self, box: Locator, text: str) -> None:
        """By rows of drop-downs where rows can say it, else as a formula behind "Advanced"."""
        here = box.locator(".fb-condition")
        read = rules.rows_of(text)
        if here.count() and read.fits and rules.text_of_rows(read) == text and self.offered(here, read):
            for number, row in enumerate(read.rows):
                self.row(here, number, row)
            if read.join == "any":
                here.locator(".fb-join").select_option("any")
        else:
            if here.count() and here.locator("details").get_attribute("open") is None:
                here.locator("summary").click()
            feel = box.locator(".fb-feel")
            feel.click()
            self.type(text)
            self.page.keyboard.press("Tab")
        expect(box.locator(".fb-feel")).to_have_value(text)

    def offered(self, here: Locator, read: rules.Rows) -> bool:
        """Whether all questions of the rows are offered here; tries by adding the first row."""
        here.locator("> .fb-add").click()
        known = here.locator(".fb-row").first.locator(".fb-row__field option").evaluate_all("all => all.map((one) => one.value)")
        if all(each.field in known for each in read.rows):
            return True
        here.locator(".fb-row").first.locator("button").click()
        return False

    def row(self, here: Locator, number: int, row: rules.Row) -> None:
        """One row: question, comparison, value."""
        if number:
            here.locator("> .fb-add").click()
        line = here.locator(f'[data-row="{number}"]')
        line.locator(".fb-row__field").select_option(row.field)
        line.locator(".fb-row__operator").select_option(row.operator)
        if isinstance(row.value, list) and row.operator != "is between":
            for value in row.value:
                line.locator(f'input[value="{value}"]').check()
        elif isinstance(row.value, bool):
            line.locator(".fb-row__value").select_option(str(row.value).lower())
        elif row.value is not None:
            value = line.locator(".fb-row__value")
            chosen = value.evaluate("one => one.tagName") == "SELECT"
            value.select_option(str(row.value)) if chosen else self.over(value, str(row.value))

    def saved(self) -> None:
        """Wait until the builder says so."""
        self.page.locator('.fb-saved[data-status="saved"]').wait_for(timeout=30_000)

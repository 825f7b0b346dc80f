"""Somebody at the form builder, with mouse and keyboard only: builds any form question by question, as its file says."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

import forms
import rules

CATALOGUE = forms.catalogue()
KINDS = {each["kind"]: each for each in CATALOGUE["kinds"]}
COMMON = {each["key"]: each for each in CATALOGUE["common"]}
GIVEN = ("key", "kind", "label", "noun", "fields")  # said by themselves, or last
expect.set_options(timeout=30_000)


def properties(kind: str) -> dict[str, dict[str, Any]]:
    """The properties of a kind, by key."""
    return {**{key: COMMON[key] for key in KINDS[kind]["common"]}, **{each["key"]: each for each in KINDS[kind]["properties"]}}


class Builder:
    """One administrator in front of one form."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.panel = page.locator(".fb-panel")
        self.dragged: set[int] = set()

    # -- whole forms ----------------------------------------------------------------------------------------------

    def build(self, form: dict[str, Any]) -> None:
        """Everything of a form whose title is there already, with one empty page."""
        for number, page in enumerate(form["pages"]):
            if number:
                self.page.locator(".fb-page--new").click()
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

    def item(self, item: dict[str, Any], place: int, number: int) -> None:
        """One question, or a shared group: the first of each page is dragged, the next pressed by mouse, others by the Enter key."""
        sort = f'[data-include="{item["include"]}"]' if "include" in item else f'[data-kind="{item["kind"]}"]'
        button = self.page.locator(f".fb-palette {sort}")
        items = self.page.locator(".fb-items > .fb-item")
        if number not in self.dragged:
            self.dragged.add(number)
            self.drag(button, self.page.locator(".fb-items"))
        elif place % 2:
            button.click()
        else:
            button.press("Enter")
        expect(items).to_have_count(place + 1)
        expect(self.panel).to_have_attribute("data-chosen", f"{number}.{place}")
        if "include" not in item:
            self.question(item)

    def drag(self, button: Locator, target: Locator) -> None:
        """By the mouse, slowly enough for a page to follow."""
        button.scroll_into_view_if_needed()
        at, to = button.bounding_box(), target.bounding_box()
        assert at and to
        mouse = self.page.mouse
        mouse.move(at["x"] + 20, at["y"] + at["height"] / 2)
        mouse.down()
        mouse.move(at["x"] + 40, at["y"] + 20, steps=3)
        mouse.move(to["x"] + 60, to["y"] + 20, steps=8)
        mouse.move(to["x"] + 64, to["y"] + 24, steps=3)
        mouse.up()

    # -- one question ---------------------------------------------------------------------------------------------

    def question(self, item: dict[str, Any]) -> None:
        """All properties of the question that is chosen, then those inside it."""
        expect(self.panel.locator('[name="label.id"]')).to_be_visible()
        known = properties(item["kind"])
        self.words("label", item["label"])
        if "noun" in item:
            self.words("noun", item["noun"])
        self.key(item["key"])
        for name in KINDS[item["kind"]]["fresh"]:
            if name not in item and name not in GIVEN:
                self.property(known[name], None)
        for name, value in item.items():
            if name not in GIVEN:
                self.property(known[name], value)
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
            expect(self.panel).to_have_attribute("data-chosen", f"{outer}.{number}")
            self.question(one)
            self.panel.locator("button.fb-link").first.click()
            expect(self.panel).to_have_attribute("data-chosen", outer)

    def property(self, known: dict[str, Any], value: Any) -> None:
        """One property by its editor."""
        name, editor = known["key"], known["editor"]
        box = self.panel.locator(f'[data-prop="{name}"]')
        if known.get("advanced"):
            self.unfold()
        if editor in ("words", "long_words"):
            self.words(name, value or {"id": "", "en": ""})
        elif editor == "yes_no":
            box.locator("input").set_checked(known.get("default", False) if value is None else value)
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
        elif editor in ("question", "form"):
            box.locator("select").select_option(value or "")
        elif editor in ("examples", "names"):
            box.locator("textarea").fill("\n".join(value or []))
            box.locator("textarea").blur()
        else:
            box.locator("input").fill("" if value is None else str(value))

    def words(self, name: str, words: dict[str, str]) -> None:
        """A text in both languages."""
        for lang, text in words.items():
            self.panel.locator(f'[name="{name}.{lang}"]').fill(text)

    def key(self, key: str) -> None:
        """The key, when it is not the one that was made from the question."""
        box = self.panel.locator('[data-prop="key"] input')
        if box.input_value() != key:
            self.unfold()
            box.fill(key)
            box.press("Enter")
        expect(box).to_have_value(key)

    def unfold(self) -> None:
        """Open what is behind "Advanced"."""
        fold = self.panel.locator("details.fb-part")
        if fold.get_attribute("open") is None:
            fold.locator("> summary").click()

    def choices(self, box: Locator, rows: list[dict[str, Any]]) -> None:
        """A list of choices."""
        here = box.locator(".fb-choice")
        while here.count() > len(rows):
            count = here.count()
            here.last.locator(".fb-tools button").last.click()
            expect(here).to_have_count(count - 1)
        while here.count() < len(rows):
            count = here.count()
            box.locator("> .fb-add").click()
            expect(here).to_have_count(count + 1)
        for number, row in enumerate(rows):
            one = here.nth(number)
            for lang, text in row["label"].items():
                one.locator(f'[name="choices.{number}.label.{lang}"]').fill(text)
            value = one.locator(f'[name="choices.{number}.value"]')
            if value.input_value() != row["value"] or "help" in row:
                one.locator("summary").click()
                value.fill(row["value"])
                for lang, text in row.get("help", {}).items():
                    one.locator(f'[name="choices.{number}.help.{lang}"]').fill(text)

    def rules(self, box: Locator, rows: list[dict[str, Any]]) -> None:
        """The rules of a question."""
        for number, row in enumerate(rows):
            box.locator("> .fb-add").click()
            one = box.locator(f'[data-rule="{number}"]')
            for lang, text in row["say"].items():
                one.locator(f'[name="rules.{number}.say.{lang}"]').fill(text)
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
            feel.fill(text)
            feel.blur()
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
            value.select_option(str(row.value)) if chosen else value.fill(str(row.value))

    def saved(self) -> None:
        """Wait until the builder says so."""
        self.page.locator('.fb-saved[data-status="saved"]').wait_for(timeout=30_000)

"""Somebody in front of a page, with mouse and keyboard: looks as much as wanted, but changes things by keys, clicks and dragging only."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

expect.set_options(timeout=30_000)


class Keys:
    """Mouse and keyboard in front of the builder's page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.panel = page.locator(".fb-panel")

    def drag(self, button: Locator, target: Locator) -> None:
        """By the mouse, slowly enough for a page to follow."""
        button.scroll_into_view_if_needed()
        self.page.mouse.move(5, 5)
        self.page.mouse.move(9, 9)
        expect(self.page.locator(".fb-items")).to_have_attribute("data-drag", "ready")
        at, to = button.bounding_box(), target.bounding_box()
        assert at and to
        mouse = self.page.mouse
        mouse.move(at["x"] + 20, at["y"] + at["height"] / 2)
        mouse.down()
        mouse.move(at["x"] + 40, at["y"] + 20, steps=3)
        mouse.move(to["x"] + 60, to["y"] + 20, steps=8)
        mouse.move(to["x"] + 64, to["y"] + 24, steps=3)
        mouse.up()

    def comes(self, chosen: str, active: str | None = None) -> None:
        """Wait until this is chosen, and the keyboard is in this box."""
        self.page.wait_for_function(
            """([chosen, active]) => document.querySelector('.fb-panel').dataset.chosen === chosen
                && (!active || document.activeElement?.name === active)""",
            arg=[chosen, active],
        )

    def seen(self) -> dict[str, Any]:
        """What stands in the boxes of the panel, by their names."""
        found: dict[str, Any] = self.page.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll('.fb-panel :is(input, select, textarea)')].filter((one) => one.name)
                .map((one) => [one.name, one.type === 'checkbox' ? one.checked : one.value]))"""
        )
        return found

    def go(self, name: str) -> None:
        """The keyboard into a box of the panel: by Tab when it is near, else by a click."""
        steps: int | None = self.page.evaluate(
            """(name) => {
                const all = [...document.querySelectorAll('.fb-panel :is(a[href], button, input, select, textarea, summary)')]
                    .filter((one) => !one.disabled && one.checkVisibility());
                const [here, there] = [all.indexOf(document.activeElement), all.findIndex((one) => one.name === name)];
                return there < 0 ? null : here < 0 || there < here ? 99 : there - here;
            }""",
            name,
        )
        assert steps is not None, f"no box {name} in the panel"
        if steps > 3:
            self.panel.locator(f'[name="{name}"]').click()
        for _ in range(steps if steps <= 3 else 0):
            self.page.keyboard.press("Tab")

    def write(self, name: str, text: str) -> None:
        """Over whatever stands in a box."""
        self.go(name)
        self.type(text)

    def type(self, text: str) -> None:
        """Over whatever stands in the box where the keyboard is."""
        self.page.keyboard.press("Control+a")
        if text:
            self.page.keyboard.insert_text(text)
        else:
            self.page.keyboard.press("Delete")

    def words(self, name: str, words: dict[str, str]) -> None:
        """A text in both languages."""
        here = self.seen()
        for lang, text in words.items():
            if here[f"{name}.{lang}"] != text:
                self.write(f"{name}.{lang}", text)

    def over(self, box: Locator, text: str) -> None:
        """By the mouse into a box without a name, then over what stands there."""
        box.click()
        self.type(text)

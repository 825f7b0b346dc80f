"""Somebody at the procedure designer: by mouse on the drawing, or by keyboard alone in the list; and what a procedure is, however drawn."""

from __future__ import annotations

from collections import Counter
from typing import Any

from playwright.sync_api import Locator, Page, expect

from engine.flow import Process

EMPTY = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="https://loket.example/workflows">
  <bpmn:process id="{key}" name="Izin" isExecutable="true" />
  <bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="{key}" /></bpmndi:BPMNDiagram>
</bpmn:definitions>
"""


class Drawer:
    """One administrator in front of one procedure."""

    def __init__(self, page: Page, url: str = "", key: str = "") -> None:
        """At the designer of a draft; without an address, at the one that is being opened."""
        self.page = page
        if url:
            page.goto(f"{url}/admin/studio/{key}/process/?lang=en")
        page.locator("#designer[data-ready]").wait_for()
        self.panel = page.locator(".pd-panel")

    def row(self, ident: str) -> Locator:
        """A step in the list."""
        return self.page.locator(f'.pd-row[data-id="{ident}"]')

    def is_chosen(self, ident: str) -> None:
        """Wait until the panel is about this step."""
        expect(self.panel).to_have_attribute("data-chosen", ident)

    def saved(self) -> None:
        """Wait until the designer says so, and has checked."""
        self.page.wait_for_timeout(1200)
        self.page.locator('.fb-saved[data-status="saved"]').wait_for(timeout=30_000)
        self.page.locator('#designer[data-checked="yes"]').wait_for(timeout=30_000)

    def wrong(self) -> list[str]:
        """What stops publishing, as it is told."""
        return [each.inner_text() for each in self.page.locator(".pd-problems .pd-finding--error").all()]


class Mouse(Drawer):
    """By mouse: palette, the little buttons beside a shape, arrows from shape to shape, boxes of the panel."""

    def begin(self) -> None:
        self.page.locator('.djs-palette [data-action="loket.start"]').click()
        box = self.page.locator(".djs-container svg").first.bounding_box()
        assert box
        self.page.mouse.move(box["x"] + 220, box["y"] + 150)
        self.page.mouse.move(box["x"] + 240, box["y"] + 160, steps=3)
        self.page.locator(".djs-drag-group").first.wait_for(state="attached")
        self.page.mouse.click(box["x"] + 240, box["y"] + 160)
        self.put("name", "Mulai")
        self.is_chosen("mulai")

    def choose(self, ident: str) -> None:
        if self.panel.get_attribute("data-chosen") != ident:
            self.row(ident).locator(".pd-row__head").click()
        self.is_chosen(ident)

    def add(self, after: str, kind: str, name: str | None, ident: str = "") -> None:
        """By the button beside the shape; the name is typed where it stands."""
        self.choose(after)
        self.page.locator(f'.djs-context-pad [data-action="loket.{kind}"]').click()
        if name is not None:
            self.page.locator(".djs-direct-editing-content").wait_for()
            self.page.keyboard.type(name)
            self.page.keyboard.press("Enter")
            self.is_chosen(ident)

    def connect(self, source: str, target: str) -> None:
        """An arrow from shape to shape."""
        self.choose(source)
        self.press("fit")
        self.page.locator('.djs-context-pad [data-action="connect"]').click()
        box = self.page.locator(f'.djs-element[data-element-id="{target}"] > .djs-hit').first.bounding_box()
        assert box
        self.page.mouse.move(box["x"] + box["width"] / 2 - 3, box["y"] + box["height"] / 2)
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def put(self, name: str, text: str) -> None:
        self.panel.locator(f'[name="{name}"]').fill(text)
        self.panel.locator(f'[name="{name}"]').blur()

    def pick(self, name: str, value: str) -> None:
        self.panel.locator(f'[name="{name}"]').select_option(value)

    def tick(self, name: str) -> None:
        self.panel.locator(f'[name="{name}"]').check()

    def press(self, do: str) -> None:
        self.page.locator(f'[data-do="{do}"]').click()


class Keys(Drawer):
    """By keyboard alone, in the list and the panel: what has the focus is pressed, typed into, or moved through."""

    def begin(self) -> None:
        self.hit(self.page.locator(".pd-list .fb-add"))
        self.put("name", "Mulai")
        self.is_chosen("mulai")

    def hit(self, button: Locator) -> None:
        button.focus()
        expect(button).to_be_focused()
        self.page.keyboard.press("Enter")

    def choose(self, ident: str) -> None:
        if self.panel.get_attribute("data-chosen") != ident:
            self.hit(self.row(ident).locator(".pd-row__head"))
        self.is_chosen(ident)

    def add(self, after: str, kind: str, name: str | None, ident: str = "") -> None:
        self.choose(after)
        row = self.row(after)
        self._turn(row.locator('[name="kind"]'), kind)
        self.hit(row.locator('[data-do="add"]'))
        self._name(name, ident)

    def beside(self, step: str, name: str, ident: str) -> None:
        """A step at the same time as another."""
        self.choose(step)
        self.hit(self.row(step).locator('[data-do="beside"]'))
        self._name(name, ident)

    def before(self, step: str, kind: str, name: str, ident: str) -> None:
        """A step that comes before another."""
        self.choose(step)
        self._turn(self.row(step).locator('[name="kind"]'), kind)
        self.hit(self.row(step).locator('[data-do="before"]'))
        self._name(name, ident)

    def way(self, gateway: str, kind: str, name: str, ident: str) -> None:
        """One more way out of a choice, to something new."""
        self.choose(gateway)
        self._turn(self.panel.locator('[name="way-new"]'), f"new:{kind}")
        self.hit(self.panel.locator('[data-do="way"]'))
        self._name(name, ident)

    def _name(self, name: str | None, ident: str) -> None:
        if name is None:
            return
        expect(self.panel.locator('[name="name"]')).to_be_focused()
        expect(self.panel.locator('[name="name"]')).to_have_value("")
        self.page.keyboard.type(name)
        self.page.keyboard.press("Enter")
        self.is_chosen(ident)

    def put(self, name: str, text: str) -> None:
        self.panel.locator(f'[name="{name}"]').focus()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Tab")

    def pick(self, name: str, value: str) -> None:
        self._turn(self.panel.locator(f'[name="{name}"]'), value)

    def _turn(self, box: Locator, value: str) -> None:
        """Through a drop-down by its first and the arrow key, as far as the value wanted."""
        values = box.locator("option").evaluate_all("all => all.map((one) => one.value)")
        box.focus()
        here = values.index(box.input_value())
        for _ in range(abs(values.index(value) - here)):
            self.page.keyboard.press("ArrowDown" if values.index(value) > here else "ArrowUp")
        expect(box).to_have_value(value)

    def tick(self, name: str) -> None:
        box = self.panel.locator(f'[name="{name}"]')
        box.focus()
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def press(self, do: str) -> None:
        self.hit(self.page.locator(f'[data-do="{do}"]'))


def person(hand: Mouse | Keys, desk: str, form: str, days: int | None = None) -> None:
    """Who does it, with which form, in how many days."""
    hand.pick("desk", desk)
    hand.pick("form", form)
    if days:
        hand.put("days", str(days))


def desk(hand: Mouse | Keys, indonesian: str, english: str, key: str) -> None:
    """A desk that the office does not have yet."""
    hand.press("new-desk")
    hand.put("new-desk.id", indonesian)
    hand.put("new-desk.en", english)
    hand.press("new-desk-add")
    expect(hand.panel.locator('[name="desk"]')).to_have_value(key)


def automatic(hand: Mouse | Keys, action: str, **fields: str) -> None:
    """What happens by itself."""
    hand.pick("action", action)
    for name, value in fields.items():
        hand.pick(f"field.{name}", value)


def chosen(hand: Mouse | Keys, gateway: str, field: str, value: str) -> None:
    """The first way by an answer, the second otherwise."""
    hand.choose(gateway)
    first, second = (each.get_attribute("data-way") for each in hand.panel.locator(".pd-way").all())
    hand.tick(f"way.{second}.otherwise")
    box = hand.panel.locator(f'[data-way="{first}"] .fb-condition')
    box.locator("> .fb-add").press("Enter")
    for name, wanted in (("field", field), ("value", value)):
        one = box.locator(f".fb-row__{name}")
        one.focus()
        one.select_option(wanted)
    expect(box.locator(".fb-feel")).to_have_value(f'{field} = "{value}"')


def normal(process: Process) -> dict[str, Any]:
    """What a procedure is, however it was drawn: ids that nobody chose are told by what is beside them; the file's order is nothing."""
    made = {ident for ident in process.steps if ident.split("_")[0] in {"Activity", "Event", "Gateway", "Flow"}}
    into: dict[str, list[str]] = {}
    out: dict[str, list[str]] = {}
    for link in process.links:
        into.setdefault(link.target, []).append(link.source)
        out.setdefault(link.source, []).append(link.target)

    def told(ident: str) -> str:
        if ident not in made:
            return ident
        step = process.steps[ident]
        near = [sorted(each for each in beside.get(ident, []) if each not in made) for beside in (into, out)]
        return f"{step.kind} on {step.host}" if step.host else f"{step.kind} after {near[0]} before {near[1]}"

    steps = {
        told(step.id): (
            step.name if step.id not in made else "", step.kind, step.form, step.desks, step.action, dict(step.headers), step.decision,
            step.when, step.host, step.interrupting, dict(step.properties),
        )
        for step in process.steps.values()
    }  # fmt: skip
    links = Counter((told(each.source), told(each.target), each.condition, each.otherwise, each.name) for each in process.links)
    return {"steps": steps, "links": links, "ways": {told(source): [told(each) for each in targets] for source, targets in out.items()}}

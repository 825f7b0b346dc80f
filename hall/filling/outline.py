"""The parts of a form as a task list: what is done, what is still to do."""

from __future__ import annotations

from dataclasses import dataclass

from forms import Page

from .scene import Scene


@dataclass(frozen=True)
class Part:
    """One page in the list: `state` is done, next (go on here), or open. `reasons` are the officer's, in a correction."""

    title: str
    href: str
    state: str
    reasons: tuple[tuple[str, str], ...] = ()


def outline(scene: Scene) -> list[Part]:
    """The pages to go through, in order; a page counts as done when it was passed and nothing on it is wrong now."""
    wrong = {page.key for error in scene.errors if (page := scene.page_of(error.path)) is not None}
    parts: list[Part] = []
    for page in scene.pages:
        done = page.key not in wrong and (_answered(scene, page) if scene.corrects else page.key in scene.task.pages_kept)
        state = "done" if done else "open" if any(part.state == "next" for part in parts) else "next"
        title = page.title.get(scene.lang) or page.title["id"]
        parts.append(Part(title, scene.frame.page(page.key), state, _reasons(scene, page.key)))
    return parts


def start_address(scene: Scene) -> str:
    """Where to go on: the first page with something to do, or the check of all answers."""
    going = next((part.href for part in outline(scene) if part.state == "next"), None)
    return going or scene.frame.check or scene.frame.page(scene.pages[-1].key)


def _answered(scene: Scene, page: Page) -> bool:
    """Whether every marked answer of a page is another one now."""
    own = {one.key for one in page.fields}
    keys = {mark["field"].partition(".")[0] for mark in scene.task.marks} & own
    before = scene.task.before or {}
    return all(scene.raw.get(key) != before.get(key) for key in keys)


def _reasons(scene: Scene, page: str) -> tuple[tuple[str, str], ...]:
    found = []
    for mark in scene.task.marks:
        place, field = scene.page_of(mark["field"]), scene.form.find(mark["field"])
        if place is not None and place.key == page and field is not None:
            found.append((field.label.get(scene.lang) or field.label["id"], mark["reason"]))
    return tuple(found)

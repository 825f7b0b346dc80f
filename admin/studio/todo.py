"""What a draft needs before it can be published, in the order in which one does it, and which of it comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from engine import procedures
from rules import Finding

from .asking import FORM

SAMPLE = b"Tulis untuk siapa layanan ini."
"""What a new procedure says of itself until somebody has said it."""
PLACES = {"about": ("procedure.toml",), "draw": ("process.bpmn", "texts/"), "forms": ("forms/", "shared/forms/", "lists/")}
PLACES |= {"tables": ("decisions/",), "letters": ("letters/", "shared/letters/"), "stories": ("stories/",)}


@dataclass(frozen=True)
class Todo:
    """One thing to do. `wrong`: how many red findings it has; `is_done`: there is something and nothing is wrong with it."""

    key: str
    title: str
    says: str
    href: str
    wrong: int
    is_done: bool


def todo(key: str, files: Mapping[str, bytes], findings: Iterable[Finding], *, letters: str | None = None) -> tuple[Todo, ...]:
    """The list. `letters`: where letters are written, when there is such a page."""
    places = [each.place.partition("#")[0] for each in procedures.stopping(tuple(findings))]
    wrong = {name: sum(place.startswith(begins) for place in places) for name, begins in PLACES.items()}
    return tuple(_listed(key, files, wrong, letters))


def _listed(key: str, files: Mapping[str, bytes], wrong: Mapping[str, int], letters: str | None) -> Iterator[Todo]:
    asked = [name for name in files if FORM.match(name)]
    form = url_for(".build", key=key, form=asked[0][6:-5]) if len(asked) == 1 else url_for(".draft", key=key) + "#forms"
    about = files.get("procedure.toml", b"")
    trial = url_for(".stories" if any(wrong.values()) else ".try_it", key=key)
    there = {
        "forms": bool(asked),
        "tables": True,
        "draw": b"endEvent" in files.get(procedures.DIAGRAM, b""),
        "letters": any(name.startswith("letters/") for name in files),
        "about": bool(about) and SAMPLE not in about,
        "stories": any(name.startswith("stories/") for name in files),
    }
    places = {
        "forms": form,
        "tables": url_for(".tables", key=key),
        "draw": url_for(".design", key=key),
        "letters": letters,
        "about": url_for(".about", key=key),
        "stories": trial,
        "publish": url_for(".publish", key=key),
    }
    for name, (title, says) in words().items():
        if href := places[name]:
            yield Todo(name, title, says, href, wrong.get(name, 0), there.get(name, False) and not wrong.get(name))


def words() -> dict[str, tuple[str, str]]:
    """Each thing: what it is called, and what it is for."""
    return {
        "forms": (_("Build the forms"), _("What the applicant and the desks are asked.")),
        "tables": (_("Fill in the tables"), _("Fees and everything else that depends on answers. Not every procedure has one.")),
        "draw": (_("Draw the procedure"), _("Who does what, with which form, in how many working days.")),
        "letters": (_("Write the letters"), _("The permit, the refusal, the messages.")),
        "about": (
            _("Say what the office says about it"),
            _("For the catalogue: whom it is for, the law, the promised days, the cost, the number."),
        ),
        "stories": (
            _("Try it, and keep a story"),
            _("Go through it as the applicant and as each desk; a story is played before every later change."),
        ),
        "publish": (_("Publish"), _("From then on new applications begin with it.")),
    }


def comes_next(listed: tuple[Todo, ...]) -> Todo:
    """The first that is not done."""
    return next(each for each in listed if not each.is_done)

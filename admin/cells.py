"""What stands in the cells of lists: moments, people, cases, states. Each is a small function of a row and what was looked up beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from engine.procedures import Bundle
from hall import formats
from hall.language import language

from .beside import Beside
from .frame import rendered
from .listing import Cell

NONE = "–"


def plain(name: str) -> Cell:
    """An attribute as it is."""
    return lambda row, beside: getattr(row, name) or NONE


def number(name: str) -> Cell:
    """A whole number in the reader's way of writing."""
    return lambda row, beside: formats.number(getattr(row, name))


def moment(name: str) -> Cell:
    """A moment, short."""
    return lambda row, beside: time_tag(getattr(row, name), formats.brief)


def day(name: str) -> Cell:
    """A date."""
    return lambda row, beside: time_tag(getattr(row, name), formats.short_day)


def time_tag(value: date | None, written: Callable[[Any], str]) -> str | Markup:
    """`<time>` with a machine's value, or a dash."""
    if value is None:
        return NONE
    day, comma, clock = written(value).rpartition(", ")
    day, clock = (text.replace(" ", "\u00a0") for text in (day, clock))  # a narrow column breaks between day and hour only
    return Markup('<time datetime="{}">{}</time>').format(formats.machine(value), f"{day}{comma}{clock}")


def person(name: str) -> Cell:
    """Somebody's name, linked; the clockwork when nobody did it."""
    return lambda row, beside: person_link(getattr(row, name), beside)


def person_link(ident: str | None, beside: Beside, otherwise: str = NONE) -> str | Markup:
    """A name that leads to the person's page."""
    if ident is None or ident not in beside.people:
        return otherwise
    return link(url_for("back_people.show", person=ident), beside.people[ident])


def case(name: str = "case_id") -> Cell:
    """An application's number, linked to its file at the desk."""
    return lambda row, beside: case_link(getattr(row, name), beside)


def case_link(ident: str | None, beside: Beside) -> str | Markup:
    """A number that leads to the file; a draft has neither."""
    known = beside.cases.get(ident or "")
    if known is None:
        return NONE
    if not known.submitted:
        return _("Draft")
    return link(f"{request.script_root}/desk/cases/{known.id}", known.number or _("No number yet"))


def step(row: Any, beside: Beside) -> str:
    """The name of a row's step in its diagram."""
    return step_name(beside.bundle_of(row.case_id), row.step)


def step_name(bundle: Bundle | None, key: str) -> str:
    """A step as its diagram names it, or its key."""
    return (bundle.step_name(key, language()) if bundle and key in bundle.process.steps else "") or key


def procedure(version: str, beside: Beside) -> str:
    """What the procedure of a version is called."""
    bundle = beside.bundles.get(version)
    return formats.words(dict(bundle.about.name)) if bundle else NONE


def desk_names(keys: Any, beside: Beside, bundle: Bundle | None = None) -> str:
    """Names of desks: the office's own, else the procedure's, else the key."""
    names = [beside.desks.get(key) or (bundle.text("desks", key, language()) if bundle else key) for key in sorted(keys)]
    return ", ".join(names) or NONE


def link(href: str, text: object) -> Markup:
    """A link in a table."""
    return Markup('<a class="govuk-link" href="{}">{}</a>').format(href, text)


def tag(text: str, kind: str) -> Markup:
    """A state with its colour: open, waiting, done, refused, late, closed."""
    return Markup(rendered("back/tag.html", text=text, kind=kind))  # noqa: S704 - our own template, autoescaped

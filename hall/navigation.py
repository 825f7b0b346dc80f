"""What stands in the navigation of every page: the doors offer entries, the reader sees those whose guard lets them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_babel import gettext

from .guard import Guard, everyone
from .identity import person

ENTRIES = "hall.navigation"


@dataclass(frozen=True)
class Entry:
    """A link: endpoint, words (a msgid), who sees it, its place in the row, and in which row (`main` or `footer`)."""

    endpoint: str
    text: str
    guard: Guard = everyone
    order: int = 50
    row: str = "main"


def offer(app: Flask, *entries: Entry) -> None:
    """Add entries to the navigation (called while attaching a door)."""
    app.extensions.setdefault(ENTRIES, []).extend(entries)


def entries(row: str = "main") -> Sequence[dict[str, object]]:
    """The links of a row as the service navigation wants them; the current one is marked."""
    who = person()
    mine = [each for each in current_app.extensions.get(ENTRIES, []) if each.row == row and each.guard.admits(who)]
    return [
        {"href": url_for(each.endpoint), "text": gettext(each.text), "active": is_here(each)}
        for each in sorted(mine, key=lambda each: each.order)
    ]


def is_here(entry: Entry) -> bool:
    """Whether the reader is on this entry's page; an index is also where the pages of its blueprint are that have no entry of their own."""
    if request.endpoint == entry.endpoint:
        return True
    if any(request.endpoint == other.endpoint for other in current_app.extensions.get(ENTRIES, [])):
        return False
    return entry.endpoint.endswith(".index") and request.blueprint == entry.endpoint.removesuffix(".index")

"""What stands in the navigation of every page: the doors offer entries, the reader sees those whose guard lets them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask, current_app, request

from .guard import Guard, everyone
from .identity import person
from .templating import address, word

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
    app.extensions[ENTRIES] = sorted([*app.extensions.get(ENTRIES, ()), *entries], key=lambda each: each.order)


def entries(row: str = "main") -> Sequence[dict[str, object]]:
    """The links of a row as the service navigation wants them; the current one is marked."""
    who, offered = person(), current_app.extensions.get(ENTRIES, ())
    here = where(offered)
    return [
        {"href": address(each.endpoint), "text": word(each.text), "active": each.endpoint == here}
        for each in offered
        if each.row == row and each.guard.admits(who)
    ]


def where(offered: Sequence[Entry]) -> str:
    """The entry on whose page the reader is: its own, or an index for the pages of its blueprint that have no entry of their own."""
    endpoint = request.endpoint or ""
    if any(endpoint == each.endpoint for each in offered):
        return endpoint
    return f"{request.blueprint}.index" if request.blueprint else ""

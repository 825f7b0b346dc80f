"""What both doors share, so that they never need each other: units of work, who is signed in, guards, language and words, errors, pages.

`hall.attach(app)` is called by the roof after it has put its hands into `app.extensions["loket"]` and before any blueprint.
"""

from __future__ import annotations

from flask import Flask

from . import errors, guard, identity, language, limits, pages, security, templating
from .guard import Guard, a_machine, administrator, cover, everyone, keeps_unsent, of_desk, safe_next, signed_in, staff, unsent
from .hands import Hands, hands, now, office, reading, today, unit, zone
from .identity import SignedIn, person
from .limits import at_most, tried, tried_on
from .machines import machine
from .navigation import Entry, offer
from .sentences import N_, sentence

__all__ = [
    "N_",
    "Entry",
    "Guard",
    "Hands",
    "SignedIn",
    "a_machine",
    "administrator",
    "at_most",
    "attach",
    "cover",
    "everyone",
    "hands",
    "keeps_unsent",
    "machine",
    "now",
    "of_desk",
    "offer",
    "office",
    "person",
    "reading",
    "safe_next",
    "sentence",
    "signed_in",
    "staff",
    "today",
    "tried",
    "tried_on",
    "unit",
    "unsent",
    "zone",
]


def attach(app: Flask) -> None:
    """Furnish the application. The order is the order of the checks before each request: number, language, guard, token, limits."""
    hands: Hands = app.extensions["loket"]
    templating.attach(app)
    errors.attach(app)
    language.attach(app, hands)
    guard.attach(app)
    security.attach(app, hands)
    identity.attach(app)
    limits.attach(app)
    pages.attach(app)

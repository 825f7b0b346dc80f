"""Which machine asks: by its token in the header `Authorization: Bearer …`.

A browser's session does not count here; so no page of another site can send something in the name of whoever is signed in.
"""

from __future__ import annotations

from flask import g, request

from engine import people
from engine.people import Sender

from .hands import reading


def machine() -> Sender | None:
    """The sender whose token came with the request; None without one, or with one that opens nothing."""
    if "machine" not in g:
        given = request.authorization
        token = given.token if given is not None and given.type == "bearer" else None
        g.machine = None
        if token:
            with reading() as db:
                g.machine = people.sender_of(db, token)
    found: Sender | None = g.machine
    return found

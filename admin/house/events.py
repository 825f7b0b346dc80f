"""What happened in the office, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import Select, false, select

from admin.beside import Beside, look
from admin.cells import case, moment, person_link
from admin.keyset import Order
from admin.listing import Column, Listing
from engine.cases import Case
from engine.store import Session
from engine.timeline import Event

from .sentences import NOBODY, said


class Events(Listing):
    """The timeline. Nothing in it is ever changed or removed, here or anywhere."""

    model = Event
    title, group, address = lazy_gettext("Events"), lazy_gettext("House"), "events"
    about = lazy_gettext("Everything that happened, as it was written down. Nothing in it can be changed or removed.")
    order = Order((Event.id,))
    search_text = lazy_gettext("Application number")
    nothing = lazy_gettext("Nothing happened here.")
    columns = (
        Column(lazy_gettext("What"), said),
        Column(lazy_gettext("Who"), lambda row, beside: person_link(row.by, beside, str(NOBODY))),
        Column(lazy_gettext("Application"), case()),
        Column(lazy_gettext("When"), moment("at")),
    )

    def query(self) -> Select[Any]:
        return select(Event)

    def found(self, db: Session, text: str) -> Sequence[Any]:
        """The events of one application."""
        known = db.scalar(select(Case.id).where(Case.number == text.upper()))
        return (Event.case_id == known,) if known else (false(),)

    def beside(self, db: Session, rows: Sequence[Event]) -> Beside:
        people = {row.by for row in rows} | {row.facts.get("person") for row in rows}
        return look(db, people=people, cases={row.case_id for row in rows}, desks=True)

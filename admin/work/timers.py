"""What the clock will do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import Select, select

from admin.beside import Beside, look
from admin.cells import case, moment, step, tag
from admin.keyset import Order
from admin.listing import Column, Listing, Show
from engine.cases import Timer
from engine.store import Session
from hall import now


def state_cell(row: Timer, beside: Beside) -> object:
    """Waiting, late or over."""
    if row.over_at is not None:
        return tag(_("Over"), "closed")
    return tag(_("Late"), "late") if row.due_at < now() else tag(_("Waiting"), "waiting")


class Timers(Listing):
    """Timers, the next one first."""

    model = Timer
    title, group, address = lazy_gettext("Timers"), lazy_gettext("Work"), "timers"
    about = lazy_gettext("Moments that running applications wait for. The worker wakes them within seconds.")
    order = Order((Timer.id,))
    shows = (
        Show("waiting", lazy_gettext("Waiting"), (Timer.over_at.is_(None),), Order((Timer.due_at, Timer.id), last_first=False)),
        Show("over", lazy_gettext("Over"), (Timer.over_at.is_not(None),)),
    )
    nothing = lazy_gettext("No timer like this.")
    columns = (
        Column(lazy_gettext("Application"), case()),
        Column(lazy_gettext("Step"), step),
        Column(lazy_gettext("Due"), moment("due_at")),
        Column(lazy_gettext("Over since"), moment("over_at")),
        Column(lazy_gettext("State"), state_cell),
    )

    def query(self) -> Select[Any]:
        return select(Timer)

    def beside(self, db: Session, rows: Sequence[Timer]) -> Beside:
        return look(db, cases={row.case_id for row in rows})

    def is_late(self, row: Timer) -> bool:
        """Due, and not yet woken."""
        return row.over_at is None and row.due_at < now()

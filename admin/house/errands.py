"""The outbox: what waits, what was done, and what kept failing, with a button to try it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import defer
from wtforms import Form

from admin.beside import Beside, look
from admin.cells import NONE, case, link, moment, number, tag
from admin.deed import Deed, ask
from admin.frame import Answer, found, me, readable
from admin.keyset import Order
from admin.listing import Column, Listing, Show
from engine import jobs
from engine.store import Errand, Session
from hall import now, reading, unit

DEAD = Errand.dead_at.is_not(None)
WAITING = Errand.done_at.is_(None) & Errand.dead_at.is_(None)


def name_of(errand: Errand) -> str:
    """What an errand does, in words."""
    known = {
        "send_notice": _("Send a message"),
        "ask_table": _("Ask a decision table"),
        "carry_out": _("Carry out an automatic step"),
        "wake": _("Ring a timer that could not ring"),
        "sweep": _("Throw away uploads that nobody uses"),
    }
    return known.get(errand.name, errand.name)


def state_of(errand: Errand) -> tuple[str, str]:
    """Its state in words, and the kind of the tag."""
    if errand.dead_at is not None:
        return _("Gave up"), "late"
    if errand.done_at is not None:
        return _("Done"), "done"
    return (_("Tried, failed"), "refused") if errand.last_error else (_("Waiting"), "waiting")


def name_cell(row: Errand, beside: Beside) -> object:
    """The errand, linked to its page."""
    return link(url_for("back_errands.show", errand=row.id), name_of(row))


def next_cell(row: Errand, beside: Beside) -> object:
    """When it is tried next."""
    return NONE if row.done_at or row.dead_at else moment("run_at")(row, beside)


class Errands(Listing):
    """The outbox."""

    model = Errand
    title, group, address = lazy_gettext("Errands"), lazy_gettext("House"), "errands"
    about = lazy_gettext("What happens after a step: messages, letters. What fails is tried again with growing pauses, eight times.")
    order = Order((Errand.id,))
    shows = (
        Show("waiting", lazy_gettext("Waiting"), (WAITING,), Order((Errand.run_at, Errand.id), last_first=False)),
        Show("dead", lazy_gettext("Gave up"), (DEAD,)),
        Show("done", lazy_gettext("Done"), (Errand.done_at.is_not(None),)),
    )
    nothing = lazy_gettext("No errand like this. That is good.")
    columns = (
        Column(lazy_gettext("Errand"), name_cell),
        Column(lazy_gettext("Application"), case()),
        Column(lazy_gettext("State"), lambda row, beside: tag(*state_of(row))),
        Column(lazy_gettext("Tries"), number("attempts")),
        Column(lazy_gettext("Next try"), next_cell),
        Column(lazy_gettext("Made"), moment("made_at")),
    )

    def query(self) -> Select[Any]:
        return select(Errand).options(defer(Errand.args))

    def beside(self, db: Session, rows: Sequence[Errand]) -> Beside:
        return look(db, cases={row.case_id for row in rows})

    def is_late(self, row: Errand) -> bool:
        """Needs somebody."""
        return row.dead_at is not None

    @expose("/<errand>")
    def show(self, errand: str) -> Answer:
        """One errand, with what went wrong last."""
        with reading() as db:
            row = self._one(db, errand)
            beside = look(db, cases=[row.case_id])
        return self.page("errand", errand=row, name=name_of(row), state=state_of(row), case=case()(row, beside))

    @expose("/<errand>/retry", methods=("GET", "POST"))
    def retry(self, errand: str) -> Answer:
        """Try it again from the beginning."""
        with reading() as db:
            row = self._one(db, errand)

        def do(_form: Form | None) -> Answer:
            with unit() as db:
                jobs.retry(db, row.id, by=me(), at=now())
            return self.done(_("It is tried again now."), ".show", errand=row.id)

        says = (_("The worker takes it up at once. If the cause is still there it will fail again."),)
        return ask(self, Deed(_("Try this errand again?"), _("Try again"), url_for(".show", errand=row.id), says), do)

    def _one(self, db: Session, ident: str) -> Errand:
        asked = select(Errand).where(Errand.id == readable(ident)).options(defer(Errand.args))
        row: Errand = found(db.scalar(asked))
        return row

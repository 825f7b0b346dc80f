"""Every application of the office, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import load_only

from admin.beside import Beside, Number, look
from admin.cells import case_link, moment, person, procedure, tag
from admin.keyset import Order
from admin.listing import Column, Listing, Show
from engine.cases import Case
from engine.store import Session
from hall import now

from .states import clocks_of, word_of

SHOWN = (
    Case.number,
    Case.procedure_key,
    Case.version_id,
    Case.applicant_id,
    Case.opened_at,
    Case.submitted_at,
    Case.due_at,
    Case.ended_at,
    Case.outcome,
    Case.suspended_until,
)


def number_cell(row: Case, beside: Beside) -> object:
    """The number, linked to the file at the desk."""
    known = Number(row.id, row.number, row.version_id, row.submitted_at is not None)
    return case_link(row.id, Beside(cases={row.id: known}))


def state_cell(row: Case, beside: Beside) -> object:
    """The state in a word."""
    return tag(*word_of(row, beside.more["clocks"].get(row.id, ()), beside.bundles.get(row.version_id)))


class Cases(Listing):
    """Applications."""

    model = Case
    title, group, address = lazy_gettext("Applications"), lazy_gettext("Work"), "cases"
    order = Order((Case.id,))
    shows = (
        Show("sent", lazy_gettext("Sent"), (Case.submitted_at.is_not(None),)),
        Show("running", lazy_gettext("Running"), (Case.submitted_at.is_not(None), Case.ended_at.is_(None))),
        Show("ended", lazy_gettext("Ended"), (Case.ended_at.is_not(None),)),
        Show("drafts", lazy_gettext("Drafts"), (Case.submitted_at.is_(None), Case.ended_at.is_(None))),
    )
    search_text = lazy_gettext("Application number, or its beginning")
    nothing = lazy_gettext("No application like this.")
    columns = (
        Column(lazy_gettext("Number"), number_cell),
        Column(lazy_gettext("Procedure"), lambda row, beside: procedure(row.version_id, beside)),
        Column(lazy_gettext("Applicant"), person("applicant_id")),
        Column(lazy_gettext("State"), state_cell),
        Column(lazy_gettext("Opened"), moment("opened_at")),
        Column(lazy_gettext("Due"), moment("due_at")),
        Column(lazy_gettext("Ended"), moment("ended_at")),
    )

    def query(self) -> Select[Any]:
        return select(Case).options(load_only(*SHOWN))

    def found(self, db: Session, text: str) -> Sequence[Any]:
        """By the beginning of the number; a range over its index."""
        begin = text.upper()
        return (Case.number >= begin, Case.number < begin + "\U0010ffff")

    def beside(self, db: Session, rows: Sequence[Case]) -> Beside:
        clocks = clocks_of(db, [row.id for row in rows if row.ended_at is None])
        return look(db, people={row.applicant_id for row in rows}, versions={row.version_id for row in rows}, more={"clocks": clocks})

    def is_late(self, row: Case) -> bool:
        """Running, and past its promise."""
        return row.ended_at is None and row.due_at is not None and row.due_at < now()

"""Every task: open ones, and those that are over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import defer

from admin.beside import Beside, look
from admin.cells import case, desk_names, moment, person, step, tag
from admin.keyset import Order
from admin.listing import Column, Listing, Show
from engine.cases import Task
from engine.cases.tables import OPEN
from engine.store import Session
from hall import now

APPLICANT = "applicant"


def desks_cell(row: Task, beside: Beside) -> str:
    """The desks that may do it, as the diagram says."""
    bundle = beside.bundle_of(row.case_id)
    known = bundle.process.steps.get(row.step) if bundle else None
    if known is None or not known.desks:
        return _("Automatic")
    return _("Applicant") if APPLICANT in known.desks else desk_names(known.desks, beside, bundle)


def state_cell(row: Task, beside: Beside) -> object:
    """Open, done or no longer needed."""
    if row.done_at is not None:
        return tag(_("Done"), "done")
    if row.dropped_at is not None:
        return tag(_("No longer needed"), "closed")
    return tag(_("Open"), "open")


class Tasks(Listing):
    """Tasks, those of the newest applications first (so runs the index)."""

    model = Task
    title, group, address = lazy_gettext("Tasks"), lazy_gettext("Work"), "tasks"
    order = Order((Task.case_id, Task.id))
    shows = (
        Show("open", lazy_gettext("Open"), (OPEN,), Order((Task.case_id, Task.step, Task.id))),
        Show("over", lazy_gettext("Over"), (~OPEN,)),
        Show("all", lazy_gettext("All")),
    )
    nothing = lazy_gettext("No task like this.")
    columns = (
        Column(lazy_gettext("Application"), case()),
        Column(lazy_gettext("Step"), step),
        Column(lazy_gettext("Desk"), desks_cell),
        Column(lazy_gettext("Taken by"), person("assignee")),
        Column(lazy_gettext("Due"), moment("due_at")),
        Column(lazy_gettext("Opened"), moment("opened_at")),
        Column(lazy_gettext("Done"), moment("done_at")),
        Column(lazy_gettext("State"), state_cell),
    )

    def query(self) -> Select[Any]:
        return select(Task).options(defer(Task.draft))

    def beside(self, db: Session, rows: Sequence[Task]) -> Beside:
        return look(db, people={row.assignee for row in rows}, cases={row.case_id for row in rows}, desks=True)

    def is_late(self, row: Task) -> bool:
        """Open and past its time."""
        return row.is_open and row.due_at is not None and row.due_at < now()

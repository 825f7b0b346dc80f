"""Messages to people: in a demonstration, where no mail leaves, this is where they are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import Select, select

from admin import masked
from admin.beside import Beside, look
from admin.cells import case, link, moment, person, tag
from admin.frame import Answer, found, readable
from admin.keyset import Order
from admin.listing import Column, Listing, Show
from engine.notices import Notice
from engine.store import Session
from hall import reading


def subject_cell(row: Notice, beside: Beside) -> object:
    """The subject, linked to the message."""
    return link(url_for("back_messages.show", message=row.id), row.subject)


def state_of(row: Notice) -> tuple[str, str]:
    """Whether it left the house."""
    if row.sent_at is not None:
        return _("Sent"), "done"
    if row.kept_at is not None:
        return _("Kept, no mail server"), "closed"
    return (_("Waiting"), "waiting") if row.address else (_("In the account only"), "closed")


class Messages(Listing):
    """Messages, newest first."""

    model = Notice
    title, group, address = lazy_gettext("Messages"), lazy_gettext("House"), "messages"
    order = Order((Notice.id,))
    shows = (
        Show("all", lazy_gettext("All")),
        Show("kept", lazy_gettext("Kept, no mail server"), (Notice.kept_at.is_not(None),)),
        Show("account", lazy_gettext("In the account only"), (Notice.address.is_(None),)),
    )
    nothing = lazy_gettext("No message was written yet.")
    columns = (
        Column(lazy_gettext("Subject"), subject_cell),
        Column(lazy_gettext("To"), person("person_id")),
        Column(lazy_gettext("E-mail"), lambda row, beside: masked.email(row.address) or "–"),
        Column(lazy_gettext("Application"), case()),
        Column(lazy_gettext("Written"), moment("made_at")),
        Column(lazy_gettext("State"), lambda row, beside: tag(*state_of(row))),
    )

    def query(self) -> Select[Any]:
        return select(Notice)

    def beside(self, db: Session, rows: Sequence[Notice]) -> Beside:
        return look(db, cases={row.case_id for row in rows}, people={row.person_id for row in rows})

    @expose("/<message>")
    def show(self, message: str) -> Answer:
        """One message as it was worded."""
        with reading() as db:
            row: Notice = found(db.get(Notice, readable(message)))
            beside = look(db, cases=[row.case_id], people=[row.person_id])
        return self.page("message", message=row, state=state_of(row), to=person("person_id")(row, beside), case=case()(row, beside))

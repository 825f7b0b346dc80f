"""The machines that may send messages to applications: each with a token that is shown once."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import Select, select
from wtforms import Form, StringField
from wtforms.validators import DataRequired, Length

from admin.beside import Beside
from admin.cells import NONE, link, moment, tag
from admin.deed import Deed, ask
from admin.frame import Answer, found, me, readable
from admin.keyset import Order
from admin.listing import Column, Link, Listing, Show
from engine import people
from engine.people import Sender
from hall import now, reading, unit

WORKING = Sender.stopped_at.is_(None)


SHORT = Length(max=120, message=lazy_gettext("Use at most 120 letters."))


class NewSender(Form):
    """A machine that is to send messages."""

    name = StringField(
        lazy_gettext("Name"),
        [
            DataRequired(lazy_gettext("Enter what the machine is called.")),
            Length(max=120, message=lazy_gettext("Use at most 120 letters.")),
        ],
    )
    messages = StringField(lazy_gettext("Messages it may send"))


def name_cell(row: Sender, beside: Beside) -> object:
    """The name; that of a working one leads to where it is stopped."""
    return row.name if row.stopped_at else link(url_for("back_senders.stop", sender=row.id), row.name)


class Senders(Listing):
    """The senders."""

    model = Sender
    title, group, address = lazy_gettext("Machines"), lazy_gettext("House"), "senders"
    about = lazy_gettext("Systems of others that tell applications something, like “paid”. Each has a token of its own.")
    order = Order((Sender.id,))
    shows = (
        Show("working", lazy_gettext("Working"), (WORKING,)),
        Show("stopped", lazy_gettext("Stopped"), (Sender.stopped_at.is_not(None),)),
    )
    links = (Link("back_senders.new", lazy_gettext("New machine")),)
    columns = (
        Column(lazy_gettext("Machine"), name_cell),
        Column(lazy_gettext("Messages it may send"), lambda row, beside: ", ".join(row.messages) or _("any")),
        Column(lazy_gettext("Made"), moment("made_at")),
        Column(lazy_gettext("Last used"), moment("last_used_at")),
        Column(lazy_gettext("State"), lambda row, beside: tag(_("Stopped"), "refused") if row.stopped_at else NONE),
    )

    def query(self) -> Select[Any]:
        return select(Sender)

    @expose("/new", methods=("GET", "POST"))
    def new(self) -> Answer:
        """A new sender; its token is shown once."""

        def do(form: Any) -> Answer:
            with unit() as db:
                sender, token = people.add_sender(db, form.name.data, form.messages.data.split(","), by=me(), at=now())
            return self.page("token", sender=sender, token=token, address=url_for("messages.take", message="NAME", _external=True))

        hint = _("Their names as the diagram has them, by commas. Empty: any message.")
        says = (_("Whoever has the token can send these messages to every application. Make one for each system."),)
        return ask(
            self,
            Deed(_("New machine"), _("Make the token"), url_for(".index_view"), says),
            do,
            NewSender(request.form),
            hints={"messages": hint},
        )

    @expose("/<sender>/stop", methods=("GET", "POST"))
    def stop(self, sender: str) -> Answer:
        """Its token opens nothing any more."""
        with reading() as db:
            row = found(db.scalar(select(Sender).where(Sender.id == readable(sender))))

        def do(_form: Form | None) -> Answer:
            with unit() as db:
                people.stop_sender(db, row.id, by=me(), at=now())
            return self.done(_("%(name)s can send nothing any more.", name=row.name), ".index_view")

        says = (_("Its token stops working at once and for good. Make a new machine to let it send again."),)
        return ask(self, Deed(_("Stop %(name)s?", name=row.name), _("Stop it"), url_for(".index_view"), says, grave=True), do)

"""The desks of the office: who sits there, what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request, url_for
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from markupsafe import Markup
from sqlalchemy import Select, select

from admin.beside import Beside
from admin.cells import NONE, link
from admin.deed import Deed, ask
from admin.frame import Answer, found, me, readable
from admin.keyset import Order
from admin.listing import Column, Link, Listing
from engine import people
from engine.people import Desk, Membership, Person
from engine.store import Session
from hall import now, reading, unit
from hall.language import language

from .questions import DeskNames, NewDesk

MOST_SHOWN = 30


def members_cell(row: Desk, beside: Beside) -> object:
    """Everyone at the desk, linked."""
    seated = beside.more["members"].get(row.key, [])
    shown = Markup(", ").join(link(url_for("back_people.show", person=ident), name) for ident, name in seated[:MOST_SHOWN])
    return (shown + (" …" if len(seated) > MOST_SHOWN else "")) or NONE


class Desks(Listing):
    """Desks with their members."""

    model = Desk
    title, group, address = lazy_gettext("Desks"), lazy_gettext("People and desks"), "desks"
    about = lazy_gettext("A desk is a role of the office. Diagrams name desks by their key; people sit at them.")
    order = Order((Desk.key,), last_first=False)
    links = (Link("back_desks.new", lazy_gettext("New desk")),)
    columns = (
        Column(lazy_gettext("Desk"), lambda row, beside: link(url_for("back_desks.rename", desk=row.key), row.name(language()))),
        Column(lazy_gettext("Key"), lambda row, beside: Markup("<code>{}</code>").format(row.key)),
        Column(lazy_gettext("Members"), members_cell),
    )

    def query(self) -> Select[Any]:
        return select(Desk)

    def beside(self, db: Session, rows: Sequence[Desk]) -> Beside:
        """Members of all desks of the page at once."""
        seated = (
            select(Membership.desk_key, Person.id, Person.name)
            .join(Person, Person.id == Membership.person_id)
            .where(Membership.desk_key.in_([row.key for row in rows]), Membership.until.is_(None), Person.active)
        )
        members: dict[str, list[tuple[str, str]]] = {}
        for desk, ident, name in db.execute(seated.order_by(Person.name)):
            members.setdefault(desk, []).append((ident, name))
        return Beside(more={"members": members})

    @expose("/new", methods=("GET", "POST"))
    def new(self) -> Answer:
        """Add a desk."""

        def do(form: Any) -> Answer:
            with unit() as db:
                people.add_desk(db, form.key.data.strip(), names_in(form), by=me(), at=now())
            return self.done(_("The desk %(desk)s is there now. Seat people at it.", desk=form.key.data.strip()), ".index_view")

        hint = _("Small letters, digits and underscores, for example tim_teknis. It never changes, because diagrams name it.")
        return ask(self, Deed(_("New desk"), _("Add the desk"), url_for(".index_view")), do, NewDesk(request.form), hints={"key": hint})

    @expose("/<desk>/rename", methods=("GET", "POST"))
    def rename(self, desk: str) -> Answer:
        """Call a desk something else."""
        with reading() as db:
            known = found(db.get(Desk, readable(desk)))

        def do(form: Any) -> Answer:
            with unit() as db:
                people.rename_desk(db, known.key, names_in(form), by=me(), at=now())
            return self.done(_("The desk %(desk)s has its new name.", desk=known.key), ".index_view")

        form = DeskNames(request.form, name_id=known.name_id, name_en=known.name_en)
        return ask(self, Deed(_("Rename the desk %(desk)s", desk=known.key), _("Save"), url_for(".index_view")), do, form)


def names_in(form: Any) -> dict[str, str]:
    """The names of a form, by language."""
    return {"id": form.name_id.data, "en": form.name_en.data}

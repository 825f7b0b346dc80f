"""The list of accounts, and the page of one with everything an administrator may do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request, url_for
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import Select, select
from wtforms import Form

from admin import masked
from admin.beside import Beside, desk_names, look
from admin.cells import NONE, link, moment, tag
from admin.deed import Deed, ask
from admin.frame import Answer, me, readable
from admin.keyset import Order
from admin.listing import Column, Link, Listing, Show
from engine import cases, people
from engine.people import ADMINISTRATOR, Membership, Person
from engine.store import Session
from hall import now, reading, unit

from .passwords import new_password
from .questions import NewAccount, Seat

SEATED = Person.id.in_(select(Membership.person_id).where(Membership.until.is_(None)))


def name_cell(row: Person, beside: Beside) -> object:
    """The name, linked to the page."""
    return link(url_for("back_people.show", person=row.id), row.name)


def desks_cell(row: Person, beside: Beside) -> str:
    """The desks the person sits at."""
    return ", ".join(beside.desks.get(key, key) for key in sorted(row.desks)) or NONE


def state_cell(row: Person, beside: Beside) -> object:
    """Whether one can sign in."""
    return tag(_("Open"), "done") if row.active else tag(_("Closed"), "closed")


class Accounts(Listing):
    """People: staff first, because that is what an administrator comes for."""

    model = Person
    title, group, address = lazy_gettext("People"), lazy_gettext("People and desks"), "people"
    order = Order((Person.id,))
    shows = (
        Show("staff", lazy_gettext("Staff"), (SEATED,)),
        Show("all", lazy_gettext("All accounts")),
        Show("closed", lazy_gettext("Closed accounts"), (Person.active.is_(False),)),
    )
    search_text = lazy_gettext("Name, or whole phone number or e-mail")
    nothing = lazy_gettext("Nobody like this here.")
    links = (Link("back_people.new", lazy_gettext("New staff account")),)
    columns = (
        Column(lazy_gettext("Name"), name_cell),
        Column(lazy_gettext("Desks"), desks_cell),
        Column(lazy_gettext("Phone"), lambda row, beside: masked.phone(row.phone) or NONE),
        Column(lazy_gettext("E-mail"), lambda row, beside: masked.email(row.email) or NONE),
        Column(lazy_gettext("Account"), state_cell),
        Column(lazy_gettext("Last seen"), moment("last_seen_at")),
    )

    def query(self) -> Select[Any]:
        return select(Person)

    def found(self, db: Session, text: str) -> Sequence[Any]:
        """A whole phone number or e-mail finds its account; other text finds names that begin like it."""
        exact = people.by_login(db, text)
        return (Person.id == exact.id,) if exact else (Person.name.istartswith(text, autoescape=True),)

    def beside(self, db: Session, rows: Sequence[Person]) -> Beside:
        return look(db, desks=True)

    @expose("/<person>")
    def show(self, person: str) -> Answer:
        """One account."""
        with reading() as db:
            who = people.by_id(db, readable(person))
            beside = look(db, desks=True, people={each.added_by for each in who.memberships})
        past = sorted(who.memberships, key=lambda each: each.since, reverse=True)
        return self.page("person", who=who, past=past, beside=beside, self_id=me(), administrator=ADMINISTRATOR)

    @expose("/new", methods=("GET", "POST"))
    def new(self) -> Answer:
        """Make an account for somebody who will work here; its password is shown once."""
        form = NewAccount(request.form)
        with reading() as db:
            form.desk.choices = list(desk_names(db).items())

        def do(form: Any) -> Answer:
            password = new_password()
            with unit() as db:
                who = people.sign_up(
                    db,
                    name=form.name.data,
                    phone=form.phone.data or None,
                    email=form.email.data or None,
                    password=password,
                    language=form.language.data,
                    by=me(),
                    at=now(),
                )
                people.add_to_desk(db, who, form.desk.data, by=me(), at=now())
            return self._password_page(who, password)

        words = Deed(_("New staff account"), _("Make the account"), url_for(".index_view"))
        return ask(self, words, do, form, hints={"phone": _("An e-mail address, a phone number, or both")})

    def _password_page(self, who: Person, password: str) -> Answer:
        return self.page("password", who=who, password=password)

    def _about(self, ident: str) -> tuple[Person, str]:
        with reading() as db:
            who = people.by_id(db, readable(ident))
        return who, url_for(".show", person=who.id)

    @expose("/<person>/password", methods=("GET", "POST"))
    def password(self, person: str) -> Answer:
        """A new password, shown once."""
        who, back = self._about(person)

        def do(_form: Form | None) -> Answer:
            password = new_password()
            with unit() as db:
                people.set_password(db, people.by_id(db, who.id), password, by=me(), at=now())
            return self._password_page(who, password)

        says = (
            _("Make sure that you are really talking to this person, for example by calling the number you know."),
            _("The old password stops working at once, and the person is signed out everywhere."),
        )
        return ask(self, Deed(_("A new password for %(name)s", name=who.name), _("Make a new password"), back, says, grave=True), do)

    @expose("/<person>/close", methods=("GET", "POST"))
    def close(self, person: str) -> Answer:
        """Close the account; what the person had taken goes back to the desks."""
        who, back = self._about(person)

        def do(_form: Form | None) -> Answer:
            with unit() as db:
                leaving = people.by_id(db, who.id)
                people.close_account(db, leaving, by=me(), at=now())
                cases.put_back(db, leaving, by=me(), at=now())
            return self.done(_("The account of %(name)s is closed.", name=who.name), ".show", person=who.id)

        says = (
            _("Nobody can sign in with this account any more. What the person did stays in the files."),
            _("Tasks they have taken go back to their desks. You can open the account again later."),
        )
        return ask(self, Deed(_("Close the account of %(name)s?", name=who.name), _("Close the account"), back, says, grave=True), do)

    @expose("/<person>/open", methods=("GET", "POST"))
    def open(self, person: str) -> Answer:
        """Open a closed account again."""
        who, back = self._about(person)

        def do(_form: Form | None) -> Answer:
            with unit() as db:
                people.open_account(db, people.by_id(db, who.id), by=me(), at=now())
            return self.done(_("The account of %(name)s is open again.", name=who.name), ".show", person=who.id)

        says = (_("The person can sign in again with the password they had, and sits at the same desks as before."),)
        return ask(self, Deed(_("Open the account of %(name)s again?", name=who.name), _("Open the account"), back, says), do)

    @expose("/<person>/seat", methods=("GET", "POST"))
    def seat(self, person: str) -> Answer:
        """Seat the person at one more desk."""
        who, back = self._about(person)
        form = Seat(request.form)
        with reading() as db:
            form.desk.choices = [(key, name) for key, name in desk_names(db).items() if key not in who.desks]

        def do(form: Any) -> Answer:
            with unit() as db:
                people.add_to_desk(db, people.by_id(db, who.id), form.desk.data, by=me(), at=now())
            name = dict(form.desk.choices)[form.desk.data]
            return self.done(_("%(name)s now sits at the desk %(desk)s.", name=who.name, desk=name), ".show", person=who.id)

        says = (_("Whoever sits at a desk may open and complete the tasks of that desk. An administrator may do everything here."),)
        return ask(self, Deed(_("Seat %(name)s at a desk", name=who.name), _("Seat at this desk"), back, says), do, form)

    @expose("/<person>/desks/<desk>/take", methods=("GET", "POST"))
    def take(self, person: str, desk: str) -> Answer:
        """Take the person from a desk."""
        who, back = self._about(person)
        with reading() as db:
            name = desk_names(db).get(readable(desk), desk)

        def do(_form: Form | None) -> Answer:
            with unit() as db:
                people.remove_from_desk(db, people.by_id(db, who.id), desk, by=me(), at=now())
            return self.done(_("%(name)s no longer sits at the desk %(desk)s.", name=who.name, desk=name), ".show", person=who.id)

        says = (_("The person loses the tasks of this desk at once. What they did there stays theirs."),)
        title = _("Take %(name)s from the desk %(desk)s?", name=who.name, desk=name)
        return ask(self, Deed(title, _("Take from the desk"), back, says, grave=True), do)

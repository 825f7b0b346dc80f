"""The office's own days: closed, or open although the calendar says otherwise. Deadlines follow at once."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from flask import abort, request, url_for
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from markupsafe import Markup
from sqlalchemy import Select, select
from wtforms import DateField, Form, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from admin.beside import Beside, look
from admin.cells import day, link, person, tag
from admin.deed import Deed, ask
from admin.frame import Answer, found, me
from admin.keyset import Order
from admin.listing import Column, Link, Listing
from engine import calendar
from engine.calendar.tables import OwnDay
from engine.store import Session
from hall import formats, now, office, reading, today, unit
from hall.language import language

LONG = Length(max=200, message=lazy_gettext("Use at most 200 letters."))
FURTHEST = datetime.timedelta(days=3 * 366)


class OwnDayForm(Form):
    """A day, what it is, and the words people read."""

    day = DateField(lazy_gettext("Day"), [InputRequired(lazy_gettext("Enter the day."))])
    open = RadioField(lazy_gettext("On this day the office is"), choices=[("no", lazy_gettext("closed")), ("yes", lazy_gettext("open"))])
    name = StringField(lazy_gettext("Reason"), [DataRequired(lazy_gettext("Enter the reason; people read it in the calendar.")), LONG])

    def validate(self, extra_validators: object = None) -> bool:
        """All questions; a day that cannot be read, is past or far away is refused in our words."""
        fine = bool(super().validate(extra_validators))
        if self.day.data is None:
            self.day.errors = [_("Enter the day.")]
        elif not today() <= self.day.data <= today() + FURTHEST:
            self.day.errors = [_("Enter a day from today on, at most three years ahead.")]
        if not self.open.data or self.open.errors:
            self.open.errors = [_("Choose whether the office is open or closed.")]
        return fine and not self.errors


class Reason(Form):
    """Why a day is taken back."""

    reason = StringField(lazy_gettext("Reason"), [DataRequired(lazy_gettext("Enter the reason.")), LONG])


def take_back_cell(row: OwnDay, beside: Beside) -> object:
    """The way to take a day back."""
    text = Markup('{}<span class="govuk-visually-hidden"> {}</span>').format(_("Take back"), formats.short_day(row.date))
    return link(url_for("back_calendar.take_back", day=row.date.isoformat()), text)


class Days(Listing):
    """The office's own days, the latest first."""

    model = OwnDay
    title, group, address = lazy_gettext("Calendar"), lazy_gettext("House"), "calendar"
    about = lazy_gettext("National holidays and collective leave are known already. Say here what is different in this office.")
    nothing = lazy_gettext("The office has no days of its own.")
    order = Order((OwnDay.date,))
    links = (Link("back_calendar.new", lazy_gettext("New day")),)
    columns = (
        Column(lazy_gettext("Day"), day("date")),
        Column(lazy_gettext("Office"), lambda row, beside: tag(_("open"), "done") if row.open else tag(_("closed"), "closed")),
        Column(lazy_gettext("Reason"), lambda row, beside: row.name),
        Column(lazy_gettext("Said by"), person("added_by")),
        Column(lazy_gettext("What you can do"), take_back_cell),
    )

    def query(self) -> Select[Any]:
        return select(OwnDay)

    def beside(self, db: Session, rows: Sequence[OwnDay]) -> Beside:
        return look(db, people={row.added_by for row in rows})

    @expose("/new", methods=("GET", "POST"))
    def new(self) -> Answer:
        """Close the office on a day, or open it."""

        def do(form: Any) -> Answer:
            with unit() as db:
                is_open = form.open.data == "yes"
                calendar.set_own_day(db, form.day.data, open=is_open, name=form.name.data.strip(), by=me(), at=now())
            return self.done(_("%(day)s is in the calendar.", day=formats.day(form.day.data)), ".index_view")

        says = (_("Deadlines that are computed from now on follow. A day that was said before is said anew."),)
        hints = {"name": _("For example: Anniversary of the regency")}
        words = Deed(_("A day of the office's own"), _("Save the day"), url_for(".index_view"), says)
        return ask(self, words, do, OwnDayForm(request.form, open="no"), hints=hints)

    @expose("/<day>/take-back", methods=("GET", "POST"))
    def take_back(self, day: str) -> Answer:
        """The day is again what week and holidays make of it."""
        with reading() as db:
            row: OwnDay = found(db.get(OwnDay, read_day(day)))

        def do(form: Any) -> Answer:
            with unit() as db:
                calendar.take_back_own_day(db, row.date, by=me(), at=now(), reason=form.reason.data.strip())
            return self.done(_("%(day)s is an ordinary day again.", day=formats.day(row.date)), ".index_view")

        otherwise = office().calendar.with_own_days(()).day(row.date, language())
        is_open, is_closed = _("Without it the office would be open on this day."), _("Without it the office would be closed on this day.")
        says = (row.name, is_open if otherwise.working else is_closed)
        words = Deed(_("Take back %(day)s?", day=formats.day(row.date)), _("Take back"), url_for(".index_view"), says, grave=True)
        return ask(self, words, do, Reason(request.form))


def read_day(text: str) -> datetime.date:
    """A date of an address, or 404."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        abort(404)

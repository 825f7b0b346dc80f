"""The questions of the pages about accounts and desks."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import Form, SelectField, StringField
from wtforms.validators import DataRequired, Length

from hall.language import LANGUAGES

LONG = Length(max=120, message=_("Use at most 120 letters."))


class NewAccount(Form):
    """Somebody who will work here."""

    name = StringField(_("Full name"), [DataRequired(_("Enter the full name.")), LONG])
    email = StringField(_("E-mail address"))
    phone = StringField(_("Mobile phone number"))
    desk = SelectField(_("Desk"), validate_choice=True)
    language = SelectField(_("Language"), choices=list(LANGUAGES.items()))


class Seat(Form):
    """A desk to sit at."""

    desk = SelectField(_("Desk"), validate_choice=True)


class DeskNames(Form):
    """What a desk is called."""

    name_id = StringField(_("Name in Indonesian"), [DataRequired(_("Enter the name in Indonesian.")), LONG])
    name_en = StringField(_("Name in English"), [DataRequired(_("Enter the name in English.")), LONG])


class NewDesk(DeskNames):
    """A desk that was not there."""

    key = StringField(_("Key"), [DataRequired(_("Enter the key that diagrams use for this desk."))])

"""The questions about a letter: what it is called, and what it begins with."""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext
from wtforms import Form, SelectField, StringField
from wtforms.validators import DataRequired

from engine.procedures import NOTICE

from .asking import KEY
from .letter_starts import BY_THE_OFFICE, CHOICES, NOTICES


class Named(Form):
    """What a letter is called in the procedure."""

    key = StringField(lazy_gettext("Key"), [DataRequired(lazy_gettext("Enter the key.")), KEY])


class NewLetter(Form):
    """A letter that is not there yet."""

    key = StringField(lazy_gettext("Key"))
    start = SelectField(lazy_gettext("Begin with"), choices=[(key, lazy_gettext(text)) for key, text in CHOICES.items()])

    def validate_key(self, field: StringField) -> None:
        """A message that the office sends by itself has its name already."""
        if self.start.data not in BY_THE_OFFICE:
            DataRequired(gettext("Enter the key."))(self, field)
            KEY(self, field)

    def name(self) -> str:
        """The name of its files."""
        if self.start.data in BY_THE_OFFICE:
            return NOTICE + str(self.start.data).replace("_", "-")
        prefix = NOTICE if self.start.data in NOTICES else ""
        return prefix + str(self.key.data).removeprefix("notice_")

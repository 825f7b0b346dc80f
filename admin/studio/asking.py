"""The questions of the studio's own pages."""

from __future__ import annotations

import re
from datetime import datetime, time
from zoneinfo import ZoneInfo

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, Regexp

import rules
from engine import procedures
from hall.language import language
from rules import model

from . import told
from .layout import house

FORM = re.compile(r"forms/([A-Za-z0-9_][A-Za-z0-9_-]{0,79})\.json\Z")
LONG = Length(max=120, message=_("Use at most 120 letters."))
TABLE = re.compile(r"decisions/([A-Za-z0-9_][A-Za-z0-9_-]{0,79})\.(?:dmn|tests\.toml)\Z")
LETTER = re.compile(r"letters/([A-Za-z0-9_][A-Za-z0-9_-]{0,79})\.(?:id|en)\.md\Z")
KEY = Regexp(r"^[a-z][a-z0-9_]{0,59}\Z", message=_("Use small letters, digits and _, beginning with a letter."))


class Names(Form):
    """A name in both languages."""

    name_id = StringField(_("Name in Indonesian"), [DataRequired(_("Enter the name in Indonesian.")), LONG])
    name_en = StringField(_("Name in English"), [DataRequired(_("Enter the name in English.")), LONG])

    def names(self) -> dict[str, str]:
        """The words."""
        return {"id": self.name_id.data or "", "en": self.name_en.data or ""}


class Copied(Names):
    """A procedure with the files of another."""

    key = StringField(_("Key"), [DataRequired(_("Enter the key.")), KEY])


class NewProcedure(Copied):
    """A procedure that is not there yet."""

    begin = RadioField(
        _("Begin with"),
        choices=[
            ("example", _("A small example that works: an application, a decision, two letters")),
            ("empty", _("Nothing: I draw it myself")),
        ],
        default="example",
    )


def ready() -> list[tuple[str, str]]:
    """The forms that most procedures need much alike, by their titles."""
    titles = {key: told.title_of(form) for key, form in procedures.ready_forms().items()}
    return [("", gettext("an empty form")), *((key, title.get(language()) or key) for key, title in titles.items())]


class NewForm(Names):
    """A form that is not there yet."""

    key = StringField(_("Key"), [DataRequired(_("Enter the key.")), KEY])
    like = SelectField(_("Begin with"), [Optional()], choices=ready, default="")

    def made(self) -> bytes:
        """A form with one empty page, or one of the ready ones."""
        key = str(self.key.data)
        if self.like.data:
            return house(procedures.ready_form(self.like.data, key, self.names())).encode()
        page = {"key": "one", "title": self.names(), "fields": []}
        return house({"format": "loket-form/1", "key": key, "title": self.names(), "pages": [page]}).encode()


class NewTable(Form):
    """A decision table that is not there yet."""

    key = StringField(_("Key"), [DataRequired(_("Enter the key.")), KEY])
    label = StringField(_("Name of the table"), [DataRequired(_("Enter the name of the table.")), LONG])

    def made(self) -> bytes:
        """A file with one table: a result, and no row yet."""
        key = str(self.key.data)
        table = model.Table(
            inputs=(), outputs=(model.Output("result", "number", label="", id=f"{key}_out_1"),), rules=(), id=f"{key}_table"
        )
        decision = model.Decision(id=key, name=key, logic=table, label=str(self.label.data))
        return rules.write_decisions(model.Model(f"{key}", f"loket/{key}", id=f"{key}_definitions", elements=(decision,)))


class Publish(Form):
    """Why, on what legal basis, from which day; and whether another version may be undone."""

    note = TextAreaField(
        _("What changed, and why"), [DataRequired(_("Say what changed.")), Length(max=500, message=_("Use at most 500 letters."))]
    )
    legal_basis = StringField(_("Legal basis of the change"), [Length(max=300, message=_("Use at most 300 letters."))])
    since = DateField(_("New applications from"), [Optional()])
    over = BooleanField(_("Publish this draft all the same"))
    ask_over = False

    def starts(self, zone: ZoneInfo) -> datetime | None:
        """The first moment of the chosen day at the office; None: at once."""
        return datetime.combine(self.since.data, time(), zone) if self.since.data else None

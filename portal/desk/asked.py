"""The questions of the deeds that no step foresees."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import DateField, Form, HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

LONGEST = 1000


class Plain(Form):
    """Nothing is asked."""


class Reason(Form):
    """Why."""

    reason = TextAreaField(
        _("Reason"),
        [DataRequired(_("Write the reason.")), Length(max=LONGEST, message=_("Use at most 1,000 letters."))],
        description=_("The applicant reads it. It stays in the timeline of the application."),
    )


class Back(Reason):
    """To which step."""

    to = RadioField(_("To which step?"), [InputRequired(_("Choose a step."))])


class Reopen(Reason):
    """Where it goes on; the empty choice is as it was."""

    to = RadioField(_("Where does it go on?"), [])


class Stop(Reason):
    """As what."""

    outcome = RadioField(_("Close it as"), [InputRequired(_("Choose one."))])


class Suspend(Reason):
    """Until when."""

    until = DateField(
        _("Up to and with which day?"),
        [InputRequired(_("Enter a day, for example 31/12/2026."))],
        description=_("The application goes on by itself on the day after."),
    )


class Messages(Form):
    """Which message."""

    message = RadioField(_("Which message?"), [InputRequired(_("Choose one."))])
    key = HiddenField()

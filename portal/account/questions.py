"""The questions of the account pages, and refusals of the people room put beside the question they belong to."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Form, PasswordField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from engine.store import EngineError
from hall import sentence
from hall.language import LANGUAGES


class SignIn(Form):
    """Phone number or e-mail, and password."""

    login = StringField(_("Phone number or e-mail address"), [DataRequired(_("Enter your phone number or e-mail address."))])
    password = PasswordField(_("Password"), [InputRequired(_("Enter your password."))])
    shared = BooleanField(_("This is a shared phone or computer"))


class SignUp(Form):
    """A new account: a name, at least one way to reach its person, a password, consent."""

    name = StringField(_("Full name"), [DataRequired(_("Enter your full name.")), Length(max=120, message=_("Use at most 120 letters."))])
    phone = StringField(_("Mobile phone number"))
    email = StringField(_("E-mail address"))
    password = PasswordField(_("Password"), [InputRequired(_("Choose a password."))])
    consent = BooleanField(_("I agree"), [InputRequired(_("Without your consent we may not keep your data. Tick the box to go on."))])

    def validate(self, extra_validators: object = None) -> bool:
        """All questions, and one more: a phone number or an e-mail address must be there."""
        fine = super().validate(extra_validators)
        if not (self.phone.data or "").strip() and not (self.email.data or "").strip():
            self.phone.errors = [_("Enter a mobile phone number or an e-mail address.")]
            fine = False
        return fine


class Name(Form):
    """Correcting one's name."""

    name = StringField(_("Full name"), [DataRequired(_("Enter your full name.")), Length(max=120, message=_("Use at most 120 letters."))])


class Language(Form):
    """The language of pages and messages."""

    language = RadioField(_("Language"), choices=list(LANGUAGES.items()), validate_choice=True)


class Password(Form):
    """The old password and a new one."""

    old = PasswordField(_("Password until now"), [InputRequired(_("Enter the password you have used until now."))])
    new = PasswordField(_("New password"), [InputRequired(_("Choose a new password."))])


BESIDE = {
    "people.weak_password": ("new", "password"),
    "people.sign_in_failed": ("old", "password"),
    "people.locked_out": ("password",),
}


def refused(form: Form, error: EngineError) -> None:
    """Put a refusal beside its question, so that the page can be shown again."""
    names = (*BESIDE.get(error.code, ()), {"phone_or_email": "phone"}.get(str(error.facts.get("what")), str(error.facts.get("what"))))
    field = next((form[name] for name in names if name in form), next(iter(form)))
    field.errors = [*field.errors, sentence(error.code, error.facts)]

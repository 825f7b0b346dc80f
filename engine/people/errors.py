"""What can go wrong with accounts."""

from __future__ import annotations

from engine.store import EngineError


class SignInFailed(EngineError):
    """The phone number or e-mail and the password do not belong together."""

    code = "people.sign_in_failed"


class LockedOut(EngineError):
    """Too many wrong passwords; sign-in works again at {until}."""

    code = "people.locked_out"


class LoginTaken(EngineError):
    """There is already an account with this {what}."""

    code = "people.login_taken"


class WrongContact(EngineError):
    """This is not a {what} we can use."""

    code = "people.wrong_contact"


class LastAdministrator(EngineError):
    """The office would have no administrator any more. Make somebody else one first."""

    code = "people.last_administrator"


class NotYourself(EngineError):
    """Nobody takes this away from their own account. Ask another administrator."""

    code = "people.not_yourself"


class WrongDesk(EngineError):
    """This is not a key or a name for a desk: {what}."""

    code = "people.wrong_desk"


class DeskTaken(EngineError):
    """There is already a desk {key}."""

    code = "people.desk_taken"


class WeakPassword(EngineError):
    """A password needs at least {least} characters and must not be a well-known one."""

    code = "people.weak_password"


class LinkOver(EngineError):
    """This link does not work: it was used, is too old, or is not whole. Ask for a new one."""

    code = "people.link_over"


class WrongSender(EngineError):
    """The {what} of a machine that sends messages cannot be used."""

    code = "people.wrong_sender"

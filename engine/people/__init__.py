"""Who there is: accounts, and who belongs to which desk.

An account is found by phone number or e-mail, both sealed; passwords are argon2id. A person acts through the desks they belong
to; `administrator` is a desk like any other. Times of the day and duty rosters come later, in this room.
"""

from .accounts import (
    change_language,
    change_name,
    change_password,
    check_password,
    close_account,
    count_failure,
    open_account,
    set_password,
    sign_up,
)
from .desks import ADMINISTRATOR, APPLICANT, add_desk, add_to_desk, desks, ensure_desk, remove_from_desk, rename_desk
from .errors import DeskTaken, LastAdministrator, LockedOut, LoginTaken, NotYourself, SignInFailed, WeakPassword, WrongContact, WrongDesk
from .read import by_id, by_login, members, search
from .tables import Desk, Membership, Person

__all__ = [
    "ADMINISTRATOR",
    "APPLICANT",
    "Desk",
    "DeskTaken",
    "LastAdministrator",
    "LockedOut",
    "LoginTaken",
    "Membership",
    "NotYourself",
    "Person",
    "SignInFailed",
    "WeakPassword",
    "WrongContact",
    "WrongDesk",
    "add_desk",
    "add_to_desk",
    "by_id",
    "by_login",
    "change_language",
    "change_name",
    "change_password",
    "check_password",
    "close_account",
    "count_failure",
    "desks",
    "ensure_desk",
    "members",
    "open_account",
    "remove_from_desk",
    "rename_desk",
    "search",
    "set_password",
    "sign_up",
]

"""Who there is: accounts, and who belongs to which desk.

An account is found by phone number or e-mail, both sealed; passwords are argon2id. A person acts through the desks they belong
to; `administrator` is a desk like any other. Times of the day and duty rosters come later, in this room.
"""

from .accounts import change_language, change_name, change_password, check_password, count_failure, set_password, sign_up
from .desks import ADMINISTRATOR, APPLICANT, add_to_desk, desks, ensure_desk, remove_from_desk
from .errors import LockedOut, LoginTaken, SignInFailed, WeakPassword, WrongContact
from .read import by_id, by_login, members, search
from .tables import Desk, Membership, Person

__all__ = [
    "ADMINISTRATOR",
    "APPLICANT",
    "Desk",
    "LockedOut",
    "LoginTaken",
    "Membership",
    "Person",
    "SignInFailed",
    "WeakPassword",
    "WrongContact",
    "add_to_desk",
    "by_id",
    "by_login",
    "change_language",
    "change_name",
    "change_password",
    "check_password",
    "count_failure",
    "desks",
    "ensure_desk",
    "members",
    "remove_from_desk",
    "search",
    "set_password",
    "sign_up",
]

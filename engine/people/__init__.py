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
from .desks import ADMINISTRATOR, APPLICANT, add_desk, add_to_desk, desks, empty_desks, ensure_desk, remove_from_desk, rename_desk
from .errors import (
    DeskTaken,
    LastAdministrator,
    LinkOver,
    LockedOut,
    LoginTaken,
    NotYourself,
    SignInFailed,
    WeakPassword,
    WrongContact,
    WrongDesk,
    WrongSender,
)
from .links import CONFIRM, RECOVER, confirm_email, make_link, opened, recover, token_of
from .read import Account, Addressee, Anybody, account, by_id, by_login, members, search, visitor
from .senders import add_sender, may_send, sender_of, stop_sender
from .tables import Desk, Link, Membership, Person, Sender, Visit
from .unsent import keep_unsent, take_unsent
from .visits import begin_visit, end_visit

__all__ = [
    "ADMINISTRATOR",
    "APPLICANT",
    "CONFIRM",
    "RECOVER",
    "Account",
    "Addressee",
    "Anybody",
    "Desk",
    "DeskTaken",
    "LastAdministrator",
    "Link",
    "LinkOver",
    "LockedOut",
    "LoginTaken",
    "Membership",
    "NotYourself",
    "Person",
    "Sender",
    "SignInFailed",
    "Visit",
    "WeakPassword",
    "WrongContact",
    "WrongDesk",
    "WrongSender",
    "account",
    "add_desk",
    "add_sender",
    "add_to_desk",
    "begin_visit",
    "by_id",
    "by_login",
    "change_language",
    "change_name",
    "change_password",
    "check_password",
    "close_account",
    "confirm_email",
    "count_failure",
    "desks",
    "empty_desks",
    "end_visit",
    "ensure_desk",
    "keep_unsent",
    "make_link",
    "may_send",
    "members",
    "open_account",
    "opened",
    "recover",
    "remove_from_desk",
    "rename_desk",
    "search",
    "sender_of",
    "set_password",
    "sign_up",
    "stop_sender",
    "take_unsent",
    "token_of",
    "visitor",
]

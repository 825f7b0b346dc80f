"""What people are told: a notice is written in the transaction of its reason and sent after the commit.

The words come from the bundle's letters; this room keeps what was said to whom, and hands it to the mail. A person without an e-mail
address finds the same words in their account.
"""

from .calling import name_of
from .house import house_letter
from .links import ask_link, may_mail, order_link, send_link, send_way
from .mail import Mailer, NoMail, NoMailServer, Smtp
from .notices import of_case, of_person, send, tell
from .tables import Notice

__all__ = [
    "Mailer",
    "NoMail",
    "NoMailServer",
    "Notice",
    "Smtp",
    "ask_link",
    "house_letter",
    "may_mail",
    "name_of",
    "of_case",
    "of_person",
    "order_link",
    "send",
    "send_link",
    "send_way",
    "tell",
]

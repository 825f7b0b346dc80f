"""What people are told: a notice is written in the transaction of its reason and sent after the commit.

The words come from the bundle's letters; this room keeps what was said to whom, and hands it to the mail. A person without an e-mail
address finds the same words in their account.
"""

from .mail import Mailer, NoMail, Smtp
from .notices import of_case, of_person, send, tell
from .tables import Notice

__all__ = ["Mailer", "NoMail", "Notice", "Smtp", "of_case", "of_person", "send", "tell"]

"""Phone numbers and e-mail addresses as people write them, read into one form."""

from __future__ import annotations

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from .errors import WrongContact


def read_phone(text: str) -> str:
    """E.164 (`+6281234567890`) from `0812…`, `62812…` or `+62 812-…` (domain: Indonesia unless another country is written).

    Raises WrongContact.
    """
    written = text.strip()
    if written.startswith("62"):
        written = "+" + written
    try:
        number = phonenumbers.parse(written, "ID")
    except phonenumbers.NumberParseException as wrong:
        raise WrongContact(what="phone") from wrong
    if not phonenumbers.is_possible_number(number):
        raise WrongContact(what="phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def read_email(text: str) -> str:
    """The address in lower case, its form checked but not delivered to. Raises WrongContact."""
    try:
        return validate_email(text.strip(), check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as wrong:
        raise WrongContact(what="email") from wrong

"""What a refusal from below is called at the door: for each code an HTTP status and a sentence in the reader's language.

A sentence says what happened and what to do next. Facts are filled in by name; moments are written in the office's zone.
`tests/hall/test_sentences.py` holds this table complete.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext

from . import formats


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark a text for the catalogue; it is translated when shown."""
    return text


@dataclass(frozen=True)
class Refusal:
    """An HTTP status and a sentence (a msgid)."""

    status: int
    text: str


UNKNOWN = Refusal(409, N_("This could not be done. Go back, look at the page again and try once more."))

SENTENCES: dict[str, Refusal] = {
    "engine.refused": UNKNOWN,
    "engine.not_found": Refusal(404, N_("This %(what)s was not found. Check the number or the address.")),
    "engine.conflict": Refusal(
        409, N_("Someone else changed this %(what)s meanwhile. Nothing was saved. Load the page again and look once more.")
    ),
    "store.key_unknown": Refusal(500, N_("Stored data cannot be read now. The office has been told; please try again later.")),
    "people.sign_in_failed": Refusal(422, N_("The phone number or e-mail and the password do not match.")),
    "people.locked_out": Refusal(429, N_("Too many wrong passwords. You can sign in again from %(until)s.")),
    "people.login_taken": Refusal(422, N_("There is already an account with this %(what)s. Sign in with it.")),
    "people.wrong_contact": Refusal(422, N_("Enter a valid %(what)s.")),
    "people.weak_password": Refusal(422, N_("Choose a password of at least %(least)s characters that is not easy to guess.")),
}

NOUNS: dict[str, str] = {
    "person": N_("account"),
    "phone": N_("phone number"),
    "email": N_("e-mail address"),
    "phone_or_email": N_("phone number or e-mail address"),
    "name": N_("name"),
    "case": N_("application"),
    "task": N_("task"),
    "file": N_("file"),
    "document": N_("document"),
    "procedure": N_("permit"),
    "charge": N_("bill"),
    "data": N_("record"),
}


def refusal(code: str) -> Refusal:
    """The refusal of a code; an unknown code gets a sentence that is true of any."""
    return SENTENCES.get(code, UNKNOWN)


def sentence(code: str, facts: Mapping[str, object]) -> str:
    """The reader's sentence for a code with its facts."""
    shown = Shown({key: fact(value, key) for key, value in facts.items()})
    return gettext(refusal(code).text) % shown


def fact(value: object, key: str = "") -> str:
    """One fact as the reader reads it."""
    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return formats.rupiah(value) if key in ("amount", "due", "paid") else formats.number(value)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(fact(each) for each in value)
    return gettext(NOUNS[value]) if isinstance(value, str) and value in NOUNS else str(value)


class Shown(dict[str, str]):
    """Facts by name; a fact the code did not bring is said in general instead of breaking the page."""

    def __missing__(self, key: str) -> str:
        return gettext(NOUNS["data"])

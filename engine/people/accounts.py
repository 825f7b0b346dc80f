"""Making an account, proving who one is, and changing what belongs to an account."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from engine import timeline
from engine.store import Session, new_id

from .contacts import read_email, read_phone
from .desks import keeps_an_administrator
from .errors import LockedOut, LoginTaken, NotYourself, SignInFailed, WeakPassword, WrongContact
from .read import by_login
from .tables import Person

LEAST = 10
FAILURES_ALLOWED = 8
LOCKED_FOR = timedelta(minutes=15)
WELL_KNOWN = frozenset({"1234567890", "password123", "qwertyuiop", "indonesia1", "0123456789", "1111111111", "rahasia123", "sandi12345"})

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # OWASP's floor for argon2id: 19 MiB, 2 passes


def sign_up(
    session: Session,
    *,
    name: str,
    phone: str | None,
    email: str | None,
    password: str | None,
    language: str = "id",
    at: datetime,
    by: str | None = None,
) -> Person:
    """A new account with a phone number, an e-mail address or both (at least one). Without a password nobody can sign in to it.

    Raises WrongContact, LoginTaken, WeakPassword.
    """
    number = read_phone(phone) if phone else None
    address = read_email(email) if email else None
    if not number and not address:
        raise WrongContact(what="phone_or_email")
    if not name.strip() or len(name) > 120:
        raise WrongContact(what="name")
    kept = unknown() if password is None else hashed(password)
    person = Person(name=" ".join(name.split()), language=language, password=kept, made_at=at, consented_at=at, memberships=[])
    _give_contacts(session, person, number, address)
    session.add(person)
    session.flush()
    timeline.tell(session, "person.signed_up", by=by or person.id, at=at, person=person.id)
    return person


def check_password(session: Session, login: str, password: str, *, at: datetime) -> Person:
    """The person with this phone number or e-mail and password.

    Raises SignInFailed (the same for an unknown login as for a wrong password) and LockedOut. Call `count_failure` in a unit of its own
    after SignInFailed: the refusal itself rolls its unit back.
    """
    person = by_login(session, login)
    if person is None or not person.active:
        matches(unknown(), password)  # takes as long as a real check: the answer's time tells nothing
        raise SignInFailed()
    if person.locked_until and person.locked_until > at:
        raise LockedOut(until=person.locked_until)
    if not matches(person.password, password):
        raise SignInFailed()
    person.failures, person.locked_until, person.last_seen_at = 0, None, at
    if _hasher.check_needs_rehash(person.password):
        person.password = _hasher.hash(password)
    return person


def count_failure(session: Session, login: str, *, at: datetime) -> None:
    """Remember a wrong password; after too many the account is locked for a quarter of an hour."""
    person = by_login(session, login)
    if person is None:
        return
    person.failures += 1
    if person.failures >= FAILURES_ALLOWED:
        person.failures, person.locked_until = 0, at + LOCKED_FOR
        timeline.tell(session, "person.locked_out", by=None, at=at, person=person.id)


def set_password(session: Session, person: Person, password: str, *, by: str, at: datetime) -> None:
    """A new password; every session signed in with the old one ends. Raises WeakPassword."""
    person.password = hashed(password)
    person.stamp = new_id()
    person.failures, person.locked_until = 0, None
    timeline.tell(session, "person.password_changed", by=by, at=at, person=person.id)


def close_account(session: Session, person: Person, *, by: str, at: datetime) -> None:
    """Nobody can sign in with it any more, and every session of it ends; what the person did stays theirs.

    Nothing happens when it is closed already. Raises NotYourself, LastAdministrator.
    """
    if not person.active:
        return
    if by == person.id:
        raise NotYourself()
    keeps_an_administrator(session, person, by=by)
    person.active, person.stamp = False, new_id()
    timeline.tell(session, "person.closed", by=by, at=at, person=person.id)


def open_account(session: Session, person: Person, *, by: str, at: datetime) -> None:
    """Let the person of a closed account sign in again, with the password they had."""
    if person.active:
        return
    person.active, person.stamp, person.failures, person.locked_until = True, new_id(), 0, None
    timeline.tell(session, "person.opened", by=by, at=at, person=person.id)


def change_password(session: Session, person: Person, old: str, new: str, *, at: datetime) -> None:
    """The person's own change. Raises SignInFailed when the old password is wrong, WeakPassword."""
    if not matches(person.password, old):
        raise SignInFailed()
    set_password(session, person, new, by=person.id, at=at)


def change_name(session: Session, person: Person, name: str, *, at: datetime) -> None:
    """Correct the name of an account. Raises WrongContact when it is empty or too long."""
    if not name.strip() or len(name) > 120:
        raise WrongContact(what="name")
    person.name = " ".join(name.split())
    timeline.tell(session, "person.renamed", by=person.id, at=at, person=person.id)


def change_language(session: Session, person: Person, language: str) -> None:
    """The language pages and messages reach this person in: `id` or `en`."""
    person.language = "en" if language == "en" else "id"


def hashed(password: str) -> str:
    """The password's argon2id hash. Raises WeakPassword (at least 10 characters; longer beats stranger, NIST SP 800-63B)."""
    if len(password) < LEAST or password.casefold() in WELL_KNOWN or len(set(password)) < 4:
        raise WeakPassword(least=LEAST)
    return _hasher.hash(password)


@cache
def unknown() -> str:
    """The hash of a password that nobody knows."""
    return _hasher.hash(secrets.token_urlsafe(32))


def matches(stored: str, password: str) -> bool:
    """Whether the password belongs to the stored hash."""
    try:
        return _hasher.verify(stored, password)
    except VerificationError:
        return False


def _give_contacts(session: Session, person: Person, number: str | None, address: str | None) -> None:
    if number:
        if by_login(session, number):
            raise LoginTaken(what="phone")
        person.phone, person.phone_index = number, session.keys.blind(number, "person.phone")
        person.phone_end = session.keys.blind(number[-4:], "person.phone_end")
    if address:
        if by_login(session, address):
            raise LoginTaken(what="email")
        person.email, person.email_index = address, session.keys.blind(address, "person.email")

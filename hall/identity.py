"""Who is signed in: Flask-Security keeps the session, the people room keeps accounts and passwords.

The session carries the person's id, their stamp and the browser's visit. A changed password changes the stamp and so ends every older
session; signing out ends the visit, so that a copy of the cookie is worth nothing. Factors beyond the
password (codes, passkeys, single sign-on) come through Flask-Security too (docs/decisions/0004-sign-in.md).
"""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import Any

from flask import Flask, Response, session
from flask_security import Security, UserDatastore, UserMixin, current_user
from flask_security.utils import login_user, logout_user

from engine import people
from engine.people import Account, Person

from .hands import now, reading, unit

SESSION_LASTS = timedelta(hours=12)
SHARED_LASTS = timedelta(minutes=15)  # without use, on a device that others use too
SHARED = "shared"  # in the session of such a device: when it was last used, in seconds since 1970


class SignedIn(UserMixin):  # type: ignore[misc]
    """The person of a request, read once: id, name, language, desks. Not bound to any database session."""

    fs_uniquifier: str = ""  # Flask-Security's name for what the session carries
    roles: tuple[str, ...] = ()  # rights are desks and engine/cases/may.py, not Flask-Security's roles

    def __init__(self, person: Account, visit: str = "") -> None:
        self.account = person
        self.id: str = person.id
        self.name: str = person.name
        self.language: str = person.language
        self.desks: frozenset[str] = person.desks
        self.active: bool = person.active
        self.email: str | None = person.email
        self.phone: str | None = person.phone
        self.fs_uniquifier = f"{person.id}.{person.stamp}.{visit}"

    @property
    def is_staff(self) -> bool:
        """Whether the person belongs to any desk of the office."""
        return bool(self.desks)

    @property
    def is_administrator(self) -> bool:
        """Whether the person may administer the office."""
        return people.ADMINISTRATOR in self.desks


class Accounts(UserDatastore):  # type: ignore[misc]
    """What Flask-Security asks about accounts, answered by the people room. It never writes: verbs do."""

    def __init__(self) -> None:
        super().__init__(SignedIn, None)

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> SignedIn | None:
        """The active person of a session mark (`fs_uniquifier`), or None when the stamp is not today's or the visit is over."""
        if is_forgotten():
            return None
        mark = str(wanted.get("fs_uniquifier", ""))
        ident, visit = mark.partition(".")[0], visit_of(mark)
        with reading() as db:
            found = people.visitor(db, ident, visit)
            if found is None:
                return None
            who = SignedIn(found, visit)
        return who if who.active and hmac.compare_digest(who.fs_uniquifier, mark) else None

    def find_role(self, role: str) -> None:
        """There are no roles here; desks are the people room's."""

    def commit(self) -> None:
        """Nothing to do: the only commit is a unit of work's."""


def visit_of(mark: str) -> str:
    """The visit in a session mark (empty: none)."""
    return mark.split(".")[2] if mark.count(".") == 2 else ""


def person() -> SignedIn | None:
    """The person signed in, or None."""
    return current_user._get_current_object() if current_user and current_user.is_authenticated else None


def sign_in(who: Person, *, shared: bool = False) -> None:
    """Begin a session for this person (after the unit that made or proved them); whatever an earlier visitor left in it is dropped.

    `shared`: others use this device too, so the session is short (`share`).
    """
    with unit() as db:
        person_now = people.account(db, who.id)
        fresh = SignedIn(person_now, people.begin_visit(db, person_now, at=now()).id)
    session.clear()
    login_user(fresh, authn_via=["password"])
    share(shared)


def renew(who: Person) -> None:
    """Keep this browser signed in after its person changed the password (all others end)."""
    sign_in(who, shared=is_shared())


def share(shared: bool) -> None:
    """Say whether others use this device: then the session ends after 15 minutes without use and with the browser; pages keep nothing."""
    session.pop(SHARED, None)
    session.permanent = not shared
    if shared:
        session[SHARED] = int(now().timestamp())


def is_shared() -> bool:
    """Whether the person has said that others use this device."""
    return SHARED in session


def is_forgotten() -> bool:
    """Whether this is a shared device that nobody has used for too long."""
    return is_shared() and now().timestamp() - int(session[SHARED]) > SHARED_LASTS.total_seconds()


def touch(response: Response) -> Response:
    """After every page: a shared device was used just now. Written down once a minute, not with every file."""
    if is_shared() and person() is not None and now().timestamp() - int(session[SHARED]) > 60:
        session[SHARED] = int(now().timestamp())
    return response


def sign_out() -> None:
    """End the session of this browser, on the server too."""
    visit = visit_of(str(session.get("_user_id", "")))
    if visit:
        with unit() as db:
            people.end_visit(db, visit)
    logout_user()
    session.clear()


def attach(app: Flask) -> None:
    """Hang Flask-Security on the application, without its pages and without its own tables."""
    app.config.update(
        PERMANENT_SESSION_LIFETIME=SESSION_LASTS,
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 - the name of a scheme
        SECURITY_PASSWORD_SALT=app.secret_key,  # asked for at the start; the people room hashes with its own salts
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
    )
    security = Security(app, Accounts(), register_blueprint=False)
    # a phone changes its network address all day: the session must not end with it
    security.login_manager.session_protection = None
    app.after_request(touch)

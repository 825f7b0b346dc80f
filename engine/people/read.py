"""What may be asked about people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from engine.store import NotFound, Session

from .contacts import read_email, read_phone
from .errors import WrongContact
from .tables import Membership, Person


@dataclass(frozen=True)
class Addressee:
    """A person as far as letters and messages to them need it."""

    id: str
    name: str
    language: str
    email: str | None


def by_id(session: Session, person_id: str, *, desks: bool = True) -> Person:
    """The person with this id, their desks at once (or only when they are asked for). Raises NotFound."""
    person = session.get(Person, person_id, options=() if desks else (lazyload(Person.memberships),))
    if person is None:
        raise NotFound(what="person")
    return person


def by_login(session: Session, login: str) -> Person | None:
    """The person with this phone number or e-mail address, or None; what is neither finds nobody."""
    try:
        if "@" in login:
            index = session.keys.blind(read_email(login), "person.email")
            return session.scalar(select(Person).where(Person.email_index == index))
        index = session.keys.blind(read_phone(login), "person.phone")
        return session.scalar(select(Person).where(Person.phone_index == index))
    except WrongContact:
        return None


def members(session: Session, desk: str) -> Sequence[Person]:
    """Everyone at a desk now, by name."""
    query = (
        select(Person).join(Membership, Membership.person_id == Person.id).where(Membership.desk_key == desk, Membership.until.is_(None))
    )
    return session.scalars(query.where(Person.active).order_by(Person.name)).all()


def search(session: Session, text: str, *, limit: int = 20) -> Sequence[Person]:
    """People whose name begins like this, or whose phone number or e-mail is exactly this."""
    found = by_login(session, text)
    if found:
        return [found]
    return session.scalars(select(Person).where(Person.name.istartswith(text, autoescape=True)).order_by(Person.name).limit(limit)).all()

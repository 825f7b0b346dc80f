"""What may be asked about people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import lazyload

from engine.store import NotFound, Prepared, Session, table_of

from .contacts import read_email, read_phone
from .errors import WrongContact
from .tables import Membership, Person, Visit


@dataclass(frozen=True)
class Addressee:
    """A person as far as letters and messages to them need it."""

    id: str
    name: str
    language: str
    email: str | None


@dataclass(frozen=True)
class Account:
    """A person as rights and pages need them, read at one moment in one statement, desks included; bound to no session."""

    id: str
    name: str
    phone: str | None
    email: str | None
    language: str
    stamp: str
    active: bool
    desks: frozenset[str]

    @property
    def is_staff(self) -> bool:
        """Whether the person belongs to any desk of the office."""
        return bool(self.desks)


Anybody = Person | Account

_PERSON, _SEAT, _VISIT = table_of(Person), table_of(Membership), table_of(Visit)
_ACCOUNT = (
    select(*(_PERSON.c[name] for name in Account.__dataclass_fields__ if name != "desks"), _SEAT.c.desk_key)
    .outerjoin_from(_PERSON, _SEAT, (_SEAT.c.person_id == _PERSON.c.id) & _SEAT.c.until.is_(None))
    .where(_PERSON.c.id == bindparam("the_person"))
)
_BY_ID = Prepared(_ACCOUNT)
_OF_VISIT = Prepared(_ACCOUNT.join(_VISIT, (_VISIT.c.person_id == _PERSON.c.id) & (_VISIT.c.id == bindparam("the_visit"))))


def account(session: Session, person_id: str) -> Account:
    """The account with this id as it is now. Raises NotFound."""
    found = _account(session.ask(_BY_ID, the_person=person_id))
    if found is None:
        raise NotFound(what="person")
    return found


def visitor(session: Session, person_id: str, visit_id: str) -> Account | None:
    """The account of a browser that is signed in; None when the visit is over. One statement."""
    return _account(session.ask(_OF_VISIT, the_person=person_id, the_visit=visit_id))


def _account(rows: list[tuple[Any, ...]]) -> Account | None:
    """One row for each desk, or one without."""
    if not rows:
        return None
    desks = frozenset(row[-1] for row in rows if row[-1] is not None)
    return Account(*(*rows[0][:-1], desks))


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

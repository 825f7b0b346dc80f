"""Links that prove an e-mail address: to confirm it, or to choose a new password. Each works once and not for long.

The secret of a link is worked out from its id with the house's key whenever it is needed, so it is stored nowhere.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from sqlalchemy import func, select

from engine import timeline
from engine.store import Session

from .accounts import set_password
from .errors import LinkOver
from .tables import Link, Person

CONFIRM, RECOVER = "confirm", "recover"
LASTS = {CONFIRM: timedelta(days=2), RECOVER: timedelta(hours=1)}
MOST_AN_HOUR = 3


def make_link(session: Session, person: Person, purpose: str, *, at: datetime) -> Link | None:
    """A link for the person's e-mail address; None without an address, for a closed account, or after several within an hour."""
    if not person.email or not person.active:
        return None
    lately = select(func.count()).select_from(Link).where(Link.person_id == person.id, Link.made_at > at - timedelta(hours=1))
    if (session.scalar(lately.where(Link.purpose == purpose)) or 0) >= MOST_AN_HOUR:
        return None
    link = Link(person_id=person.id, purpose=purpose, made_at=at, until=at + LASTS[purpose])
    session.add(link)
    session.flush()
    return link


def token_of(session: Session, link: Link) -> str:
    """What stands in the address of a link: its id and its secret (128 bits)."""
    return f"{link.id}.{session.keys.blind(link.id, f'link.{link.purpose}')}"


def opened(session: Session, token: str, purpose: str, *, at: datetime) -> Person:
    """The person of a link that works now. Raises LinkOver, the same for a wrong one as for one that was used or is too old."""
    return _person(session, _found(session, token, purpose, at))


def confirm_email(session: Session, token: str, *, at: datetime) -> Person:
    """The address is proved to be the person's. Raises LinkOver."""
    link = _found(session, token, CONFIRM, at)
    person = _person(session, link)
    link.used_at, person.email_proved_at = at, person.email_proved_at or at
    timeline.tell(session, "person.email_confirmed", by=person.id, at=at, person=person.id)
    return person


def recover(session: Session, token: str, password: str, *, at: datetime) -> Person:
    """A new password for who reads the mail of this address; sessions and other such links end. Raises LinkOver, WeakPassword."""
    link = _found(session, token, RECOVER, at)
    person = _person(session, link)
    set_password(session, person, password, by=person.id, at=at)
    person.email_proved_at = person.email_proved_at or at
    for each in session.scalars(select(Link).where(Link.person_id == person.id, Link.purpose == RECOVER, Link.used_at.is_(None))):
        each.used_at = at
    return person


def _found(session: Session, token: str, purpose: str, at: datetime) -> Link:
    ident, _, secret = token.partition(".")
    link = session.get(Link, ident, with_for_update=True) if ident.isalnum() and len(ident) == 26 else None
    good = link is not None and hmac.compare_digest(session.keys.blind(link.id, f"link.{purpose}").encode(), secret.encode())
    if link is None or not good or link.purpose != purpose or link.used_at is not None or link.until <= at:
        raise LinkOver()
    return link


def _person(session: Session, link: Link) -> Person:
    person = session.get_one(Person, link.person_id)
    if not person.active:
        raise LinkOver()
    return person

"""Mailing the links that prove an address. The worker looks the account up, so that no page can tell whether there is one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from engine import people, texts
from engine.people import Link, Person
from engine.store import Session, Store, enqueue

from .house import house_letter
from .mail import Mailer, NoMail

PLACES = {people.CONFIRM: "confirm", people.RECOVER: "recover"}


class Sender(Protocol):
    """What of the office a mail needs."""

    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def mailer(self) -> Mailer: ...


def may_mail(mailer: Mailer) -> bool:
    """Whether a mail server is set: without one no link is offered."""
    return not isinstance(mailer, NoMail)


def order_link(session: Session, person: Person, purpose: str, *, at: datetime) -> bool:
    """A link for a person, mailed after the commit; False when there have been several within the hour, or there is no address."""
    link = people.make_link(session, person, purpose, at=at)
    if link is None:
        return False
    enqueue(session, "send_link", {"link": link.id}, key=f"link:{link.id}", at=at)
    return True


def ask_link(store: Store, login: str, purpose: str, *, at: datetime) -> None:
    """A link for the account of this address, if there is one."""
    with store.unit() as session:
        person = people.by_login(session, login) if "@" in login else None
        if person is not None:
            order_link(session, person, purpose, at=at)


def send_link(store: Store, office: Sender, link_id: str, *, at: datetime) -> None:
    """Mail a link, unless it is over meanwhile. Raises what the mailer raises (the errand is tried again)."""
    with store.reading() as session:
        link = session.get_one(Link, link_id)
        person = people.by_id(session, link.person_id)
        address = f"{office.address}/{PLACES[link.purpose]}/{people.token_of(session, link)}"
    if link.used_at is not None or link.until <= at or not person.email:
        return
    _mail(office, person, link.purpose, {"link": address}, link.id)


def send_way(store: Store, office: Sender, person_id: str, case: str, name: str) -> None:
    """Mail the address of an application (of the service `name`) to its applicant; it opens for them only, after signing in."""
    with store.reading() as session:
        person = people.by_id(session, person_id)
    _mail(office, person, "go_on", {"name": name, "link": f"{office.address}/applications/{case}/go-on"}, f"{case}.way")


def _mail(office: Sender, person: Person, what: str, more: Mapping[str, str], message_id: str) -> None:
    """A letter of the house; nothing to an account without an address."""
    facts = {"office": {"name": office.name}, "applicant": {"name": person.name}, **more}
    first, _, body = texts.read(house_letter(what, person.language)).fill(facts, lang=person.language).partition("\n")
    if person.email:
        office.mailer.send(to=person.email, subject=first.removeprefix("subject:").strip(), body=body.strip(), message_id=message_id)

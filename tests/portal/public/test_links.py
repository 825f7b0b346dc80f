"""Signing out for good, and links by e-mail: to confirm an address, to choose a new password."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from engine import jobs, people
from engine.people import Link, Person
from engine.store import Errand, Store
from tests.engine.notices.post import serving
from tests.fixtures.visitors import Visitor

NEW = "teh manis dingin sekali"


class Box:
    """What arrived: (to, text)."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, str]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        import email
        from email import policy

        message = email.message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append((envelope.rcpt_tos[0], message.get_content()))
        return "250 OK"

    def link(self) -> str:
        """The path of the newest link."""
        return re.findall(r"https?://[^/\s]+(/\S+)", self.mails[-1][1])[0]


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def app(furnished: Callable[..., Flask], box: Box) -> Iterator[Flask]:
    """An office with a real mail server."""
    with serving(box) as url:
        yield furnished(smtp_url=url, mail_from="loket@example.org")


@pytest.fixture
def work(app: Flask, store: Store, clock) -> Callable[[], list[str]]:
    return lambda: jobs.run_due(app.extensions["loket"].store, app.extensions["loket"].office, clock())


def sent_links(app: Flask) -> list[Link]:
    with app.extensions["loket"].store.reading() as db:
        return list(db.scalars(select(Link).order_by(Link.id)))


def ask(visitor: Visitor, address: str):
    return visitor.send("/recover", {"email": address}, page="/recover?lang=en")


def test_a_copy_of_the_cookie_is_worth_nothing_after_signing_out(app: Flask, visitor: Visitor, rina: Person) -> None:
    visitor.sign_in("rina@example.org")
    thief, other = app.test_client(), app.test_client()
    name = app.config["SESSION_COOKIE_NAME"]
    thief.set_cookie(name, visitor.get_cookie(name).value)
    assert thief.get("/account").status_code == 200
    other.sign_in("rina@example.org")
    assert visitor.send("/sign-out", {}, page="/account").status_code == 303
    assert thief.get("/account").status_code == 303
    assert other.get("/account").status_code == 200  # another browser of hers stays signed in


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(
    app: Flask, visitor: Visitor, box: Box, work: Callable, rina: Person, clock
) -> None:
    other = app.test_client()
    other.sign_in("rina@example.org")
    assert "Forgot your password?" in visitor.get("/sign-in?lang=en", follow_redirects=True).text
    assert "If there is an account with this address" in ask(visitor, " Rina@Example.org ").text
    assert work() == []
    assert box.mails[-1][0] == "rina@example.org"
    link = box.link()
    assert link.startswith("/recover/")
    page = visitor.get(link)
    assert page.status_code == 200
    assert visitor.send(link, {"new": "1234567890"}, page=link).status_code == 422
    assert visitor.send(link, {"new": NEW}, page=link).status_code == 303
    assert visitor.get("/account").status_code == 200
    assert other.get("/account").status_code == 303  # every session of before has ended
    assert visitor.get(link).status_code == 410
    assert app.test_client().sign_in("rina@example.org", NEW).status_code == 303


def test_no_page_tells_whether_there_is_an_account(app: Flask, visitor: Visitor, box: Box, work: Callable, rina: Person) -> None:
    known, unknown = ask(visitor, "rina@example.org"), ask(visitor, "nobody@example.org")
    assert (known.status_code, re.sub(r"\s+", " ", known.text)) == (unknown.status_code, re.sub(r"\s+", " ", unknown.text))
    assert sent_links(app) == []  # the worker looks the account up
    assert work() == []
    assert [to for to, _ in box.mails] == ["rina@example.org"]
    for _ in range(5):
        ask(visitor, "rina@example.org")
    assert work() == []
    assert len(box.mails) == 3  # of one account at most three within an hour


def test_a_link_lapses_and_a_forged_or_foreign_one_never_works(
    app: Flask, visitor: Visitor, box: Box, work: Callable, rina: Person, clock
) -> None:
    ask(visitor, "rina@example.org")
    assert work() == []
    link, token = box.link(), box.link().rpartition("/")[2]
    forged = [token[:-1] + ("0" if token[-1] != "0" else "1"), token.split(".")[0], "x", "." * 40, token + "0", "01" * 13 + "." + "0" * 32]
    for each in forged:
        assert visitor.get(f"/recover/{each}").status_code == 410
    assert visitor.get(f"/confirm/{token}").status_code == 410  # made for another purpose
    clock.forward(minutes=61)
    assert visitor.get(link).status_code == 410
    with app.extensions["loket"].store.reading() as db:
        kept = " ".join(str(errand.args) for errand in db.scalars(select(Errand)))
    assert token.split(".")[1] not in kept  # the secret is stored nowhere


def test_an_address_is_confirmed_by_the_link_that_comes_after_signing_up(app: Flask, visitor: Visitor, box: Box, work: Callable) -> None:
    fields = {"name": "Wati", "email": "wati@example.org", "password": NEW, "consent": "y"}
    visitor.send("/sign-up", fields, page="/sign-up?lang=en")
    assert work() == []
    assert "not confirmed yet" in visitor.get("/account?lang=en", follow_redirects=True).text
    link = box.link()
    assert link.startswith("/confirm/")
    assert "This is my address" in visitor.get(link).text
    assert "not confirmed yet" in visitor.get("/account").text  # opening it is not enough: mail programs do that
    assert visitor.send(link, {}, page=link).status_code == 303
    assert "Your e-mail address is confirmed." in visitor.get("/account").text
    with app.extensions["loket"].store.reading() as db:
        assert people.by_login(db, "wati@example.org").email_proved_at is not None

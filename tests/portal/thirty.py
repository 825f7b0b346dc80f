"""A permit whose first page asks thirty questions, somebody at that page, and a request by itself, as a server hands it on."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.forms import thirty_questions
from engine import people, procedures
from engine.store import Store
from tests.engine.cases.small import stall
from tests.engine.procedures.sample import SHEET
from tests.portal.conftest import PASSWORD, Visitor


def offer(store: Store, now: datetime) -> None:
    """The office offers it."""
    sheet = "\n".join(line for line in SHEET.splitlines() if not line.startswith(("fee", "time", "renewal")))
    sheet += '\nfee = {kind = "none"}\ntime = {days = 5}\n'
    changes = {"procedure.toml": sheet, "forms/application.json": thirty_questions(), "decisions/fee.dmn": None, "stories/begun.toml": None}
    with store.unit() as session:
        boss = people.sign_up(session, name="Admin", phone=None, email="admin@example.org", password=PASSWORD, at=now)
        people.ensure_desk(session, "verifikator", {"id": "v", "en": "v"})
        procedures.publish(session, stall(**changes), by=boss.id, at=now)


def come(app: Flask, name: str, phone: str, lang: str = "id") -> Visitor:
    """Somebody who has begun an application and sees its first page."""
    who = Visitor(app.test_client()).sign_up(name, phone)
    who.open(f"/apply/stall?lang={lang}")
    who.send({})
    assert who.last is not None
    assert who.last.text.count('class="app-question"') == 30, who.text
    return who


def token(who: Visitor) -> str:
    """The token of the page that is open."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', who.last.text if who.last else "")
    assert found is not None
    return found[1]


def request(who: Visitor, app: Flask, page: str, data: dict[str, str] | None = None) -> Callable[[], str]:
    """A request of theirs, to be made as often as one likes; each time it gives the status."""
    cookie = "; ".join(f"{one.key}={one.value}" for one in who.client._cookies.values())

    def ask() -> str:
        built = EnvironBuilder(page, method="POST" if data else "GET", data=data, headers={"Cookie": cookie})
        body, status, _ = run_wsgi_app(app.wsgi_app, built.get_environ())
        b"".join(body)
        return str(status)

    return ask

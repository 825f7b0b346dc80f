"""A busy office for tests that kill its processes: a permit with a number, a fee, a timer, a letter and mails; people at their browsers."""

from __future__ import annotations

import http.client
import re
import socket
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from datetime import UTC, datetime
from email import message_from_bytes
from functools import cache
from http.cookiejar import CookieJar

from engine import people, procedures
from engine.procedures import Bundle
from engine.store import Store
from tests.engine.cases.small import NOTICE, stall
from tests.engine.flow.drawing import Drawing

PASSWORD = "kopi hitam tanpa gula"
CASE, TASK = re.compile(r"/applications/([0-9A-Z]{26})"), re.compile(r"/desk/tasks/([0-9a-f-]{36})")
BROKEN = (urllib.error.URLError, OSError, http.client.HTTPException, socket.timeout)


@cache
def permit() -> Bundle:
    """application, number and mail, fee charged by a worker, a timer of a second, verify, fee settled, a letter (set by a worker), mail."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive", notice="no")
    pen.rule("price", "fee", "fee", later=True).service("charge", "charge", amount="= fee").timer("rest", '= duration("PT1S")')
    pen.user("verify", desk="verifikator", days="1", public="verify", not_same_as="applicant").choice("ok", "is_refused")
    pen.service("settle", "settle", payment="application", confirm="verify").service("issue", "issue", letter="permit")
    pen.service("ready", "notify", notice="ready").service("tell", "notify", notice="no").end("issued").end("refused")
    pen.chain("begin", "application", "receive", "price", "charge", "rest", "verify", "ok").chain("settle", "issue", "ready", "issued")
    pen.chain("tell", "refused").flow("ok", "settle", '= verify.result = "yes"', "is_ok").flow("ok", "tell", ident="is_refused")
    return stall(pen, **{f"letters/notice-ready.{lang}.md": NOTICE for lang in ("id", "en")})


def furnish(store: Store, applicants: int, officers: int) -> tuple[list[str], list[str]]:
    """The permit published, and everybody's account; the logins of applicants and officers."""
    at = datetime.now(UTC)
    here = [f"pemohon{each}@example.org" for each in range(applicants)], [f"petugas{each}@example.org" for each in range(officers)]
    with store.unit() as session:
        boss = people.sign_up(session, name="Admin", phone=None, email="admin@example.org", password=PASSWORD, at=at)
        people.ensure_desk(session, "verifikator", {"id": "Verifikator", "en": "Verifier"})
        procedures.publish(session, permit(), by=boss.id, at=at)
        for login in (*here[0], *here[1]):
            who = people.sign_up(session, name=login.partition("@")[0].title(), phone=None, email=login, password=PASSWORD, at=at)
            if login in here[1]:
                people.add_to_desk(session, who, "verifikator", by=None, at=at)
    return here


class Post:
    """A mail server that counts by Message-ID, as every receiver does who drops what it has seen."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        self.seen[message_from_bytes(envelope.content)["Message-ID"].strip("<>").partition("@")[0]] += 1  # type: ignore[attr-defined]
        return "250 OK"


class Browser:
    """One person's browser: cookies, the token of the last page, redirects followed."""

    def __init__(self, url: str, login: str) -> None:
        self.url, self.login, self.text, self.where, self.inside = url, login, "", "", False
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def open(self, path: str, fields: dict[str, str] | None = None) -> str:
        """A page, or a form sent with the token of the page before; gives where it led. Raises what the connection raises."""
        data = None
        if fields is not None:
            token = re.search(r'name="csrf_token" value="([^"]+)"', self.text)
            data = urllib.parse.urlencode({**fields, **({"csrf_token": token.group(1)} if token else {})}).encode()
        try:
            with self._opener.open(urllib.request.Request(self.url + path, data), timeout=30) as answer:
                self.text, self.where = answer.read().decode(), urllib.parse.urlsplit(answer.geturl()).path
        except urllib.error.HTTPError as refused:
            with refused:
                self.text, self.where = refused.read().decode(), ""
            if refused.code >= 500:
                raise
        return self.where

    def sign_in(self) -> None:
        """Once; the session outlives the server."""
        if not self.inside:
            self.open("/sign-in?lang=en")
            self.open("/sign-in", {"login": self.login, "password": PASSWORD})
            self.inside = self.where != "/sign-in" and bool(self.where)


class Somebody(threading.Thread):
    """A person who goes on and on; what they were told was done is remembered, a broken connection is tried again later."""

    def __init__(self, url: str, login: str, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.browser, self.over = Browser(url, login), over
        self.told: list[str] = []
        self.surprises: list[str] = []

    def run(self) -> None:
        while not self.over.is_set():
            try:
                self.browser.sign_in()
                if self.browser.inside:
                    self.once()
            except BROKEN as gone:
                if isinstance(gone, urllib.error.HTTPError) and gone.code != 503:
                    self.surprises.append(f"{gone.code} at {gone.url}")
                self.over.wait(0.2)
            self.over.wait(0.05)

    def once(self) -> None:
        """One deed."""
        raise NotImplementedError


class Applicant(Somebody):
    """Applies for a stall again and again; `told` has the cases they were told are sent."""

    def once(self) -> None:
        """One application through its pages."""
        browser = self.browser
        browser.open("/apply/stall")
        first = browser.open("/apply/stall", {"draft": "new", "asked": "yes"})
        if first.endswith("/pages/one") and browser.open(first, {"area": "3"}).endswith("/receipt"):
            self.told.append(CASE.search(browser.where).group(1))  # type: ignore[union-attr]


class Officer(Somebody):
    """Takes the next task and says yes; `told` has the tasks they were told are done."""

    def once(self) -> None:
        """One task from the inbox."""
        browser = self.browser
        browser.open("/desk")
        found = TASK.search(browser.open("/desk/next", {}))
        if found is None and browser.open("/desk?desk=-mine"):
            found = TASK.search(browser.text)
        if found and browser.open(f"/desk/tasks/{found.group(1)}").startswith("/desk/tasks"):
            check = browser.open(f"/desk/tasks/{found.group(1)}/pages/one", {"result": "yes"})
            if check.endswith("/check") and browser.open(check, {}) == "/desk":
                self.told.append(found.group(1))

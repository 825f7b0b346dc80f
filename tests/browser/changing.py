"""An administrator with one browser, and an office with open applications for many procedures: what requests for changes are tried on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from engine import cases, procedures
from engine.cases import Case
from engine.fees import fees_of
from engine.procedures import Version
from engine.store import Store
from tests.browser.drawer import Keys
from tests.browser.kiosk import kiosk
from tests.engine.cases.scene import Scene, office
from tests.fixtures.browser import Served, opened_pages, serving, sign_in
from tests.fixtures.databases import KEYS
from tests.fixtures.visitors import PASSWORD, _person

ANSWERS = {"area": "3", "street": "Mawar 1"}


@dataclass
class Request:
    """One procedure with its open applications: an unsent one, one that is verified, one that is decided."""

    office: Office
    key: str
    drafted: str = ""
    verified: str = ""
    decided: str = ""
    before: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def open(self) -> tuple[str, str, str]:
        """The applications that were open before the change."""
        return self.drafted, self.verified, self.decided

    # -- the office's work, by the verbs --------------------------------------------------------------------------

    def scene(self, case: str = "") -> Scene:
        """The scene, at this procedure and this application."""
        scene = self.office.scene
        with scene.store.reading() as session:
            version = procedures.current(session, self.key)
            assert version is not None
            scene.bundle = procedures.bundle_of(session, version.id)
        scene.case = case
        return scene

    def apply(self, answers: Mapping[str, Any] = ANSWERS, *, send: bool = True) -> str:
        """A new application."""
        scene = self.scene()
        case = scene.open("sari")
        if send:
            self.does(case, ("sari", "application", answers))
        return case

    def does(self, case: str, *deeds: tuple[str, str, Mapping[str, Any]]) -> None:
        """(who, step, answers) one after the other, with what happens after each."""
        scene = self.scene(case)
        for who, step, answers in deeds:
            scene.do(who, step, answers)
            assert scene.work() == []

    def to_the_end(self, case: str) -> str | None:
        """A verified application is approved and issued; how it ended."""
        self.does(case, ("budi", "verify", {"result": "yes"}), ("dewi", "decide", {"result": "yes"}))
        return self.row(case).outcome

    # -- what is so in the database -------------------------------------------------------------------------------

    def row(self, case: str) -> Case:
        return self.scene(case).row()

    def version(self, case: str) -> int:
        """The number of the version that an application runs on."""
        with self.office.store.reading() as session:
            return session.get_one(Version, session.get_one(Case, case).version_id).number

    def steps(self, case: str) -> dict[str, datetime | None]:
        """Open steps with their deadlines."""
        with self.office.store.reading() as session:
            return {each.step: each.due for each in cases.status_of(session, session.get_one(Case, case)).waiting}

    def fee(self, case: str) -> int:
        with self.office.store.reading() as session:
            return sum(each.amount for each in fees_of(session, case))

    def state(self, case: str) -> dict[str, Any]:
        """Everything that a change of the procedure must leave alone."""
        row = self.row(case)
        given = [(each.form, each.field, each.value) for each in self.scene(case).given("application", case)]
        kept = {"version": self.version(case), "number": row.number, "due": row.due_at, "outcome": row.outcome}
        return {**kept, "answers": given, "fee": self.fee(case), "steps": self.steps(case)}

    def seed(self) -> None:
        """Three applications at different places."""
        self.drafted, self.verified, self.decided = self.apply(send=False), self.apply(), self.apply()
        self.does(self.decided, ("budi", "verify", {"result": "yes"}))
        self.before = {case: self.state(case) for case in self.open}

    def unchanged(self) -> None:
        """What was open is as it was, also after the errands of the pages."""
        self.office.scene.now = datetime.now(UTC)
        assert self.scene().work() == []
        assert {case: self.state(case) for case in self.open} == self.before

    # -- the administrator, by mouse and keyboard -----------------------------------------------------------------

    def begin(self) -> None:
        """From the list of the studio: change this procedure."""
        page = self.office.page
        page.goto(f"{self.office.url}/admin/studio/")
        page.get_by_role("button", name=f"Change Kios {self.key}", exact=True).click()
        page.locator("#findings").wait_for()

    def goto(self, path: str) -> Page:
        """A page of the draft."""
        self.office.page.goto(f"{self.office.url}/admin/studio/{self.key}/{path}")
        return self.office.page

    def designer(self) -> Keys:
        """In front of the designer's list."""
        return Keys(self.office.page, self.office.url, self.key)

    def builder(self, form: str) -> Page:
        """In front of the form builder."""
        page = self.goto(f"forms/{form}/")
        page.locator(".fb-palette [data-kind]").first.wait_for()
        return page

    def question(self, kind: str, indonesian: str, english: str) -> None:
        """One more question at the end of the page."""
        page = self.office.page
        page.locator(f'.fb-palette [data-kind="{kind}"]').click()
        expect(page.locator('.fb-panel [name="label.id"]')).to_be_focused()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(indonesian)
        page.keyboard.press("Tab")
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(english)
        self.saved()

    def saved(self) -> None:
        """Wait until the editor says so."""
        self.office.page.locator('[data-status="saved"]').wait_for()

    def publish(self, note: str, since: date | None = None, *, says: str = "") -> None:
        """The publish page: nothing stops it; what differs in words; why; from when."""
        page = self.goto("publish")
        assert page.locator("#stories").count(), page.locator("main").inner_text()
        if says:
            expect(page.locator(".loket-differences")).to_contain_text(says)
        page.fill("[name=note]", note)
        if since:
            page.fill("[name=since]", since.isoformat())
        page.get_by_role("button", name="Publish", exact=True).click()
        page.wait_for_url(f"**/admin/procedures/{self.key}")


@dataclass
class Office:
    """A running office whose worker is the test's own; Rina administers it in one browser."""

    url: str
    store: Store
    scene: Scene
    page: Page
    begun: datetime
    requests: dict[str, Request] = field(default_factory=dict)

    def request(self, key: str) -> Request:
        """The procedure that a request is about."""
        return self.requests[key]

    def another(self, key: str) -> Request:
        """A procedure that is not there yet."""
        return Request(self, key)

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Meanwhile it is another time; afterwards it is now again."""
        before, self.scene.now = self.scene.now, moment.astimezone(UTC)
        yield
        self.scene.now = before


@contextmanager
def open_office(database: Any, browser: Any, home: Path, keys: tuple[str, ...], more: Mapping[str, Mapping[str, str]]) -> Iterator[Office]:
    """One office for all requests: a procedure for each (with `more` files), offered, with open applications; Rina is signed in."""
    with serving(database, home, worker=False) as served, opened_pages(browser) as new_page:
        scene = _furnished(served, home)
        made = Office(served.url, Store(served.database, KEYS), scene, new_page(lang="en-GB"), scene.now)
        made.requests = {key: Request(made, key) for key in keys}
        for key, request in made.requests.items():
            _offered(made, key, more.get(key, {}))
            request.seed()
        sign_in(made.page, made.url, "rina@example.org", PASSWORD)
        made.page.context.add_cookies([{"name": "lang", "value": "en", "url": made.url}])
        yield made
        made.store.close()


def _furnished(served: Served, home: Path) -> Scene:
    """People at every desk, and now."""
    store = Store(served.database, KEYS)
    scene = office(store, home, procedures.read_files(kiosk()), publish=False)
    scene.now = datetime.now(UTC)
    _person(store, scene.now, "Rina", "administrator", email="rina@example.org")
    return scene


def _offered(made: Office, key: str, more: Mapping[str, str]) -> None:
    """The kiosk permit under another key, published."""
    files = kiosk(key, {"id": f"Kios {key}", "en": f"Kios {key}"})
    files |= {name: text.encode() for name, text in more.items()}
    with made.store.unit() as session:
        procedures.publish(session, procedures.read_files(files), by=made.scene.cast["admin"], at=made.scene.now)

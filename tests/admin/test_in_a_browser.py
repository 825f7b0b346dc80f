"""Every page of the back office in a real browser: nothing that axe finds, at a phone's and at a desk's width, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from engine import calendar, cases, people, procedures, stories
from engine.documents import Document
from engine.notices import Notice
from engine.store import Errand, Store
from engine.stories.stage import office_for
from tests.fixtures.databases import KEYS
from tests.fixtures.visitors import PASSWORD, _person

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(server, bundle) -> list[str]:
    """An office with something in every list; gives the addresses of all its pages."""
    store, at = Store(server.database, KEYS), datetime.now(UTC)
    told = stories.run(bundle, stories.read_story("straight_through", bundle.stories), store, office_for(server.home))
    assert told.ok, told.troubles
    boss = _person(store, at, "Rina", "administrator", email="rina@example.org")
    clerk = _person(store, at, "Sari Dewi", "verifikator", email="sari@example.org")
    with store.unit() as db:
        calendar.set_own_day(db, at.date() + timedelta(days=9), open=False, name="HUT Kabupaten", by=boss.id, at=at)
        said = "ConnectionRefusedError: " + "x" * 200
        dead = Errand(name="send_notice", args={}, key="test", made_at=at, run_at=at, attempts=8, dead_at=at, last_error=said)
        db.add(dead)
        people.add_to_desk(db, people.by_id(db, clerk.id), "administrator", by=boss.id, at=at)
        people.remove_from_desk(db, people.by_id(db, clerk.id), "administrator", by=boss.id, at=at)
    with store.reading() as db:
        document, message = db.scalars(select(Document.id)).first(), db.scalars(select(Notice.id)).first()
        day = calendar.own_days(db)[0].date
        assert procedures.current(db, "reklame")
    changed = dict(bundle.files)
    changed["README.md"] = changed.get("README.md", b"") + b"\n\nOnce more.\n"
    with store.unit() as db:
        boss_now, office = people.by_id(db, boss.id), office_for(server.home)
        cases.open_case(db, office, "reklame", applicant=boss_now, by=boss_now, at=at)
        version = procedures.publish(db, procedures.read_files(changed), by=boss.id, at=at)
        going = cases.move(db, "reklame", version.id, by=people.by_id(db, boss.id), at=at)
        where = going.id
    store.close()
    lists = ("people", "people/new", "desks", "desks/new", "procedures", "publish", "cases", "tasks", "timers", "documents", "messages")
    more = ("errands", "errands/?show=dead", "events", "calendar", "calendar/new", "system", "tasks/?show=over", "timers/?show=over")
    return [
        "",
        *(name if "/" in name else f"{name}/" for name in (*lists, *more)),
        *(f"people/{clerk.id}{deed}" for deed in ("", "/seat", "/close", "/password", "/desks/verifikator/take")),
        *(f"procedures/reklame{deed}" for deed in ("", "/1", "/withdraw")),
        *("publish/reklame", "desks/verifikator/rename", f"messages/{message}", f"calendar/{day}/take-back"),
        *("moving/", "moving/reklame/1", "moving/reklame/2", "moving/reklame/2/go", f"moving/job/{where}", f"moving/job/{where}/undo"),
        *(f"documents/{document}{deed}" for deed in ("", "/revoke")),
        *(f"errands/{dead.id}{deed}" for deed in ("", "/retry")),
    ]


def sign_in(page, url: str, lang: str) -> None:
    page.goto(f"{url}/sign-in")
    page.fill("[name=login]", "rina@example.org")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda where: "/sign-in" not in where)
    page.goto(f"{url}/?lang={lang}")


@pytest.mark.parametrize(("width", "lang"), [(360, "id"), (1280, "en")])
def test_no_page_is_hard_to_use_for_anybody(server, pages: list[str], new_page, axe, width: int, lang: str) -> None:
    page = new_page(width=width)
    sign_in(page, server.url, lang)
    for path in pages:
        answer = page.goto(f"{server.url}/admin/{path}")
        assert answer.status == 200, path
        axe(page)


def test_a_mistake_is_shown_accessibly(server, pages: list[str], any_page, axe) -> None:
    sign_in(any_page, server.url, "id")
    any_page.goto(f"{server.url}/admin/calendar/new")
    any_page.click("#confirm")
    assert any_page.locator(".govuk-error-summary").is_visible()
    axe(any_page)


def test_everything_works_without_script(server, pages: list[str], bare_page, axe) -> None:
    sign_in(bare_page, server.url, "en")
    bare_page.goto(f"{server.url}/admin/")
    bare_page.get_by_role("link", name="Errands").last.click()
    bare_page.get_by_role("link", name="Gave up").click()
    bare_page.get_by_role("link", name="Send a message").first.click()
    bare_page.get_by_role("button", name="Try again").or_(bare_page.get_by_role("link", name="Try again")).click()
    bare_page.get_by_role("button", name="Try again").click()
    assert bare_page.get_by_text("It is tried again now.").is_visible()
    axe(bare_page)

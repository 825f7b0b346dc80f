"""Trying a draft: every step of it in one window, on a throw-away office; the office's own database never hears of it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from engine import procedures, stories
from engine.cases import Case
from engine.documents import Register
from engine.notices import Notice
from engine.people import Person
from engine.store import Store
from tests.fixtures.visitors import Visitor

TRY = "/admin/studio/reklame/try"


class Window:
    """An administrator in the window of a trial."""

    def __init__(self, boss: Visitor, address: str) -> None:
        self.boss, self.address = boss, address

    @property
    def text(self) -> str:
        """The window, without tags."""
        return said(self.boss.get(self.address).text)

    def press(self, deed: str, **fields: str) -> None:
        """A button of the window."""
        answer = self.boss.send(f"{self.address}{deed}", fields, page=self.address)
        assert answer.status_code == 303, answer.text

    def task(self, step: str) -> str:
        """The address of an open step by its name."""
        page = self.boss.get(self.address).text
        found = re.search(r'href="([^"]*/tasks/[^"/]+)">[^<]*<span[^>]*>: ' + re.escape(step), page)
        assert found, (step, said(page))
        return html.unescape(found[1])

    def do(self, step: str, story: str = "straight_through", **answers: str) -> None:
        """A step with sample answers, some of them others, to its end."""
        task = self.task(step)
        first = self.boss.get(task, follow_redirects=True).request.path
        assert self.boss.send(f"{task}/sample", {"story": story}, page=first).status_code == 303
        if answers:
            assert self.boss.send(first, answers, page=first).status_code == 303
        answer = self.boss.send(f"{task}/check", {}, page=f"{task}/check")
        assert answer.status_code == 303, said(answer.text)
        assert answer.location == self.address


def said(page: str) -> str:
    """What stands in the main part of a page."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def tester(boss: Visitor, draft: str) -> Window:
    """A trial of the shipped permit that has just begun."""
    answer = boss.send(TRY, {"at_work": "y"}, page=TRY)
    assert answer.status_code == 303, said(answer.text)
    return Window(boss, answer.location)


def test_a_draft_is_tried_from_the_application_to_the_letter_and_the_office_never_hears_of_it(
    tester: Window, boss: Visitor, app: Flask, app_store: Store
) -> None:
    tester.do("Fill in the application")
    assert "Go on as" in tester.text and "received" not in tester.text
    tester.do("Check of your papers")
    tester.press("turn", to="working_day")
    tester.do("Inspection on site")
    tester.do("Inspection on site")
    seen = tester.text
    assert "row 5" in seen and "51/2024" in seen, "the row that fired stands with its law"
    assert "Rp25.185.000" in seen.replace("\xa0", "") or "25,185,000" in seen
    assert tester.boss.get(tester.address).text.count('aria-current="step"') == 1

    with app_store.reading() as db:
        for table in (Case, Notice, Register):
            assert db.scalar(select(func.count()).select_from(table)) == 0, table
    folder = app.extensions["loket"].settings.home / "trials"
    assert len(list(folder.iterdir())) == 1
    tester.press("erase")
    assert not list(folder.iterdir())
    assert boss.get(tester.address).status_code == 404


def test_what_was_tried_is_kept_as_a_story_of_the_draft_which_is_played_with_all_others(
    tester: Window, boss: Visitor, app_store: Store, seated: Callable[..., str]
) -> None:
    page = f"{tester.address}story"
    early = boss.send(page, {"title": "Belum"}, page=page)
    assert early.status_code == 422 and "Nothing was sent in this trial yet" in said(early.text)
    tester.do("Fill in the application", "exempt_pays_nothing")
    tester.press("turn", to="deadline")
    tester.press("withdraw")
    assert "The application has ended" in tester.text
    kept = boss.send(page, {"title": "Dibatalkan pemohon sendiri"}, page=page)
    assert kept.status_code == 303, said(kept.text)

    with app_store.reading() as db:
        text = procedures.draft_file(db, "reklame", "stories/dibatalkan_pemohon_sendiri.toml")[0].decode()
        bundle = procedures.draft_bundle(db, "reklame")
    assert 'do = "withdraw"' in text and 'ended = "withdrawn"' in text and "Pemohon Contoh" in text
    story = stories.read_story("dibatalkan_pemohon_sendiri", bundle.stories)
    with stories.throw_away() as (store, office):
        assert stories.run(bundle, story, store, office).ok
    assert "Dibatalkan pemohon sendiri" in said(boss.get("/admin/studio/reklame/stories").text)

    seated("Ani", "administrator")
    ani = boss.application.test_client()
    assert ani.sign_in("ani@example.org", "kopi hitam tanpa gula").status_code == 303
    assert ani.get(tester.address).status_code == 404, "a trial is its owner's alone"


def test_a_draft_that_must_be_put_right_cannot_be_tried(boss: Visitor, draft: str, app_store: Store, rina: Person, now: datetime) -> None:
    with app_store.unit() as db:
        procedures.write_draft(db, draft, {"forms/verify.json": None}, by=rina.id, at=now)
    page = said(boss.get(TRY).text)
    assert "must be put right" in page and "Begin the trial" not in page
    assert boss.send(TRY, {}, page="/admin/studio/").status_code == 422
    assert boss.get("/admin/studio/nothing/try").status_code == 404

"""Stories that a change has overtaken, by the pages of the studio: read what each would tell otherwise, then bring them along."""

from __future__ import annotations

from datetime import datetime

from engine import procedures
from engine.people import Person
from engine.store import Store
from tests.admin.studio.test_trials import said
from tests.engine.cases.small import stall
from tests.engine.procedures.sample import form, question
from tests.engine.stories.test_follow import TOLD
from tests.fixtures.visitors import Visitor

STORIES = "/admin/studio/stall/stories"


def test_stories_are_brought_along_after_it_was_read_what_changes(boss: Visitor, app_store: Store, rina: Person, now: datetime) -> None:
    asked = form("application", question("area", "number"), question("npwpd", "text"))
    with app_store.unit() as db:
        procedures.begin_draft(db, "stall", files=dict(stall(**TOLD, **{"forms/application.json": asked}).files), by=rina.id, at=now)
    publish = "/admin/studio/stall/publish"
    refused = boss.send(publish, {"note": "NPWPD"}, page=publish)
    assert refused.status_code == 422 and f"{STORIES}/follow" in refused.text, "the page leads on"
    page = said(boss.get(f"{STORIES}/follow").text)
    assert "step 2: “npwpd” is answered with" in page and "Bring 1 story along" in page
    assert "langkah 2: “npwpd” dijawab" in said(boss.get(f"{STORIES}/follow?lang=id", follow_redirects=True).text)
    boss.get("/?lang=en")
    with app_store.reading() as db:
        assert b"npwpd" not in procedures.draft_file(db, "stall", "stories/begun.toml")[0], "nothing is written by looking"
    answer = boss.send(f"{STORIES}/follow", {}, page=f"{STORIES}/follow", follow_redirects=True)
    assert "1 story is brought along." in said(answer.text)
    assert "Every story goes as told" in said(boss.get(f"{STORIES}/follow").text)
    assert boss.send(publish, {"note": "NPWPD"}, page=publish).status_code == 303


def test_what_else_is_wrong_comes_first(boss: Visitor, app_store: Store, rina: Person, now: datetime) -> None:
    files = {**stall(**TOLD).files, "letters/permit.en.md": b"{{ nothing.here }}\n"}
    with app_store.unit() as db:
        procedures.begin_draft(db, "stall", files=files, by=rina.id, at=now)
    answer = boss.get(f"{STORIES}/follow", follow_redirects=True)
    assert "Put right first what else stops publishing." in said(answer.text)

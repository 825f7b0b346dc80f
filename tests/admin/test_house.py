"""Documents, errands, messages and the calendar: buttons call verbs, refusals are sentences, and what was done is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine import calendar, documents
from engine.documents import Document
from engine.notices import Notice
from engine.people import Person
from engine.store import Errand, Store
from tests.fixtures.visitors import Visitor

pytestmark = pytest.mark.sql


def test_a_document_is_revoked_for_a_reason_that_anybody_can_read(
    boss: Visitor, played: str, app_store: Store, rina: Person, happened
) -> None:
    with app_store.reading() as db:
        document = db.scalars(select(Document)).one()
    assert boss.send(f"/admin/documents/{document.id}/revoke", {"reason": " "}).status_code == 422
    answer = boss.send(f"/admin/documents/{document.id}/revoke", {"reason": "The board was never there."}, follow_redirects=True)
    assert "The board was never there." in answer.text
    assert "Revoked" in answer.text
    assert happened("document.revoked")[-1].by == rina.id
    again = boss.send(f"/admin/documents/{document.id}/revoke", {"reason": "Once more."})
    assert again.status_code == 422
    assert "already revoked" in again.text
    with app_store.reading() as db:
        found = documents.by_code(db, document.shown_code)
        assert found is not None
        assert found.revoked_reason == "The board was never there."


def asked(at: datetime, *, args: dict[str, str] | None = None, **more: Any) -> Errand:
    return Errand(name="send_notice", key="test", args=args or {}, made_at=at, run_at=at, **more)


def test_a_dead_letter_is_read_and_tried_again(boss: Visitor, app_store: Store, clock, rina: Person, happened) -> None:
    with app_store.unit() as db:
        errand = asked(clock(), args={"notice": "secret text"}, attempts=8, dead_at=clock(), last_error="OSError: <nobody> answers")
        db.add(errand)
    shown = boss.get("/admin/errands/?show=dead").text
    assert "Gave up" in shown
    page = boss.get(f"/admin/errands/{errand.id}").text
    assert "OSError: &lt;nobody&gt; answers" in page
    assert "secret text" not in page
    assert "It is tried again now." in boss.send(f"/admin/errands/{errand.id}/retry", {}, follow_redirects=True).text
    with app_store.reading() as db:
        kept = db.get_one(Errand, errand.id)
        assert (kept.dead_at, kept.attempts, kept.run_at) == (None, 0, clock())
    assert happened("errand.retried")[-1].by == rina.id


def test_an_errand_that_is_done_cannot_be_tried_again(boss: Visitor, app_store: Store, clock) -> None:
    with app_store.unit() as db:
        errand = asked(clock(), done_at=clock())
        db.add(errand)
    assert boss.send(f"/admin/errands/{errand.id}/retry", {}).status_code == 422
    assert "Try again" not in boss.get(f"/admin/errands/{errand.id}").text


def test_a_message_is_shown_as_it_was_worded(boss: Visitor, played: str, app_store: Store, clock) -> None:
    with app_store.unit() as db:
        known = db.scalars(select(Notice)).first()
        assert known is not None
        known.sealed = {**known.sealed, "body": "First line\n<script>alert(1)</script>"}
    page = boss.get(f"/admin/messages/{known.id}").text
    assert "First line\n&lt;script&gt;" in page
    assert known.subject in page


def test_a_day_of_the_office_is_set_and_taken_back(boss: Visitor, app_store: Store, app, clock, rina: Person, happened) -> None:
    day = clock().date() + timedelta(days=8)  # a Wednesday
    answer = boss.send("/admin/calendar/new", {"day": day.isoformat(), "open": "no", "name": "HUT Kabupaten"}, follow_redirects=True)
    assert "is in the calendar." in answer.text
    assert not app.extensions["loket"].office.calendar.is_working(day)
    assert happened("calendar.day_set")[-1].facts == {"day": day.isoformat(), "open": False, "name": "HUT Kabupaten"}
    path = f"/admin/calendar/{day.isoformat()}/take-back"
    assert "Without it the office would be open on this day." in boss.get(path).text
    assert boss.send(path, {"reason": ""}).status_code == 422
    assert "is an ordinary day again." in boss.send(path, {"reason": "Moved to July"}, follow_redirects=True).text
    assert app.extensions["loket"].office.calendar.is_working(day)
    told = happened("calendar.day_taken_back")[-1]
    assert (told.by, told.facts["reason"]) == (rina.id, "Moved to July")
    assert boss.get(path).status_code == 404


def test_a_day_that_cannot_be_is_refused_in_words(boss: Visitor, app_store: Store) -> None:
    wrong = {
        "yesterday": "Enter the day.",
        "": "Enter the day.",
        "2020-01-01": "Enter a day from today on, at most three years ahead.",
        "9999-12-31": "Enter a day from today on, at most three years ahead.",
    }
    for day, sentence in wrong.items():
        answer = boss.send("/admin/calendar/new", {"day": day, "open": "no", "name": "HUT"})
        assert answer.status_code == 422
        assert sentence in answer.text
    answer = boss.send("/admin/calendar/new", {"day": "2026-07-01", "open": "perhaps", "name": ""})
    assert "Choose whether the office is open or closed." in answer.text
    with app_store.reading() as db:
        assert calendar.own_days(db) == ()

"""Who may come in: administrators, and nobody else; what is not an id is not found."""

from __future__ import annotations

import pytest
from flask import Flask

from engine.people import Person
from tests.fixtures.visitors import Visitor

LISTS = ("people", "desks", "procedures", "cases", "tasks", "timers", "documents", "messages", "errands", "events", "calendar", "senders")
PAGES = ("", *(f"{name}/" for name in (*LISTS, "publish", "system")))
WRITING = ("new/", "edit/?id=1", "details/?id=1", "export/csv/", "ajax/lookup/")


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_sent_to_the_sign_in_page(visitor: Visitor, page: str) -> None:
    answer = visitor.get(f"/admin/{page}")
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?next=/admin/")


@pytest.mark.parametrize("page", PAGES)
def test_staff_without_the_administrators_desk_are_refused(visitor: Visitor, sari: Person, page: str) -> None:
    visitor.sign_in("sari@example.org")
    assert visitor.get(f"/admin/{page}").status_code == 403


def test_every_address_of_the_back_office_asks_for_an_administrator(app: Flask) -> None:
    from hall.guard import administrator, guard_of

    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if str(rule).startswith("/admin")}
    assert len(endpoints) > 30
    assert {each for each in endpoints if guard_of(app, each) is not administrator} == set()


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("way", WRITING)
def test_rows_cannot_be_written_past_the_verbs(app: Flask, name: str, way: str) -> None:
    """The addresses with which Flask-Admin writes rows are not there."""
    urls = app.url_map.bind("localhost")
    path = f"/admin/{name}/{way.partition('?')[0]}"
    matched = urls.test(path, "GET") and urls.match(path, "GET")
    assert not matched or matched[0].rpartition(".")[2] not in ("create_view", "edit_view", "details_view", "export", "ajax_lookup")
    assert not urls.test(f"/admin/{name}/delete/", "POST")
    assert not urls.test(f"/admin/{name}/action/", "POST")


@pytest.mark.sql
@pytest.mark.parametrize(
    "path",
    [
        "people/none",
        "people/none/close",
        "people/none/desks/none/take",
        "desks/none/rename",
        "procedures/none",
        "procedures/none/1",
        "procedures/none/99999999999999999999",
        "procedures/none/withdraw",
        "publish/none",
        "publish/..",
        "publish/_shared",
        "documents/none",
        "documents/none/revoke",
        "messages/none",
        "errands/none",
        "errands/none/retry",
        "calendar/tomorrow/take-back",
        "calendar/2031-01-01/take-back",
        "events/?after=~~",
        "timers/?after=soon~x",
        "timers/?after=2026-01-01T00:00:00~x",
        "calendar/?after=x",
        "tasks/?show=none",
    ],
)
def test_what_is_no_id_is_not_found(boss: Visitor, path: str) -> None:
    assert boss.get(f"/admin/{path}").status_code == 404


@pytest.mark.sql
@pytest.mark.parametrize("text", ["'", "%25", "a" * 5000, "%F0%9F%99%82", "\\", "x@"])
@pytest.mark.parametrize("name", ["people", "cases", "documents", "events"])
def test_any_text_may_be_searched_for(boss: Visitor, name: str, text: str) -> None:
    assert boss.get(f"/admin/{name}/?search={text}").status_code == 200


@pytest.mark.sql
@pytest.mark.parametrize("path", ["people/%00", "people/?search=%00", "events/?after=%00"])
def test_a_nul_is_refused_at_the_door(boss: Visitor, path: str) -> None:
    assert boss.get(f"/admin/{path}").status_code == 400


def test_a_deed_without_the_token_of_its_form_is_refused(boss: Visitor, sari: Person, happened) -> None:
    assert boss.post(f"/admin/people/{sari.id}/close").status_code == 400
    assert not happened("person.closed")


def test_the_navigation_shows_the_back_office_to_administrators_only(boss: Visitor, app: Flask) -> None:
    assert ">\n        Back office" in boss.get("/?lang=en", follow_redirects=True).text or "Back office" in boss.get("/").text
    assert "Back office" not in app.test_client().get("/?lang=en", follow_redirects=True).text

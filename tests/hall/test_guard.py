"""Who may open a page."""

from __future__ import annotations

import pytest
from flask import Blueprint, Flask

from engine.people import Person
from hall import administrator, cover, everyone, of_desk, safe_next, signed_in, staff
from hall.guard import Unguarded, guard_of, unguarded

ROOMS = {"open": everyone, "mine": signed_in, "desk": staff, "verify": of_desk("verifikator"), "admin": administrator}


@pytest.fixture
def rooms(app: Flask) -> Flask:
    """A page behind each guard."""
    for name, guard in ROOMS.items():
        app.add_url_rule(f"/rooms/{name}", f"rooms_{name}", guard(lambda name=name: f"<p>{name}</p>"), methods=["GET", "POST"])
    return app


def seen(visitor) -> dict[str, int]:
    return {name: visitor.get(f"/rooms/{name}").status_code for name in ROOMS}


def test_a_stranger_is_sent_to_the_sign_in_page_and_brought_back(rooms: Flask, visitor, budi: Person) -> None:
    assert seen(visitor) == {"open": 200, "mine": 303, "desk": 303, "verify": 303, "admin": 303}
    sent = visitor.get("/rooms/mine?page=2")
    assert sent.location == "/sign-in?next=/rooms/mine?page%3D2"
    assert visitor.sign_in("081234567890", path=sent.location).location == "/rooms/mine?page=2"


def test_an_applicant_opens_only_what_is_for_people_signed_in(rooms: Flask, visitor, budi: Person) -> None:
    visitor.sign_in("0812-3456-7890")
    assert seen(visitor) == {"open": 200, "mine": 200, "desk": 403, "verify": 403, "admin": 403}


def test_an_officer_opens_the_desk_but_not_the_administration(rooms: Flask, visitor, sari: Person) -> None:
    visitor.sign_in("sari@example.org")
    assert seen(visitor) == {"open": 200, "mine": 200, "desk": 200, "verify": 200, "admin": 403}


def test_an_administrator_is_not_at_every_desk(rooms: Flask, visitor, rina: Person) -> None:
    visitor.sign_in("rina@example.org")
    assert seen(visitor) == {"open": 200, "mine": 200, "desk": 200, "verify": 403, "admin": 200}


def test_a_machine_is_told_instead_of_sent(rooms: Flask, visitor) -> None:
    answer = visitor.get("/rooms/mine", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype, answer.json["code"]) == (401, "application/problem+json", "http.401")


def test_a_page_that_says_nothing_opens_for_nobody(app: Flask, visitor, rina: Person) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    visitor.sign_in("rina@example.org")
    with pytest.raises(Unguarded, match="forgotten"):
        visitor.get("/forgotten")
    app.config["PROPAGATE_EXCEPTIONS"] = app.testing = False
    answer = visitor.get("/forgotten")
    assert answer.status_code == 500
    assert "secret" not in answer.text


def test_every_page_of_this_application_says_who_may_open_it(app: Flask) -> None:
    assert unguarded(app) == []
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    assert unguarded(app) == ["forgotten"]


def test_a_blueprint_of_others_is_covered_as_a_whole(app: Flask, visitor) -> None:
    theirs = Blueprint("theirs", __name__)
    theirs.add_url_rule("/theirs", "list", lambda: "rows")
    app.register_blueprint(theirs)
    cover(app, "theirs", administrator)
    assert guard_of(app, "theirs.list") is administrator
    assert visitor.get("/theirs").status_code == 303


@pytest.mark.parametrize("target", ["//evil.example", "/\\evil.example", "https://evil.example/", "evil", "", None, "/a\\b", "/\n//x"])
def test_signing_in_never_leads_to_another_site(target: str | None) -> None:
    assert safe_next(target, "/") == "/"


def test_signing_in_leads_back_to_where_one_was() -> None:
    assert safe_next("/apply/reklame?page=2", "/") == "/apply/reklame?page=2"

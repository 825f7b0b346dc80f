"""Making an account and looking after it."""

from __future__ import annotations

import pytest

from engine import people
from engine.people import Person
from engine.store import Store
from tests.fixtures.visitors import PASSWORD

NEW = {"name": "Siti  Aminah", "phone": "0813-1111-2222", "email": "", "password": "nasi goreng pedas", "consent": "y"}


def test_an_account_is_made_with_a_phone_number_and_is_signed_in(visitor, store: Store) -> None:
    assert visitor.send("/sign-up", NEW, page="/sign-up").status_code == 303
    page = visitor.get("/account")
    assert page.status_code == 200
    assert "Siti Aminah" in page.text
    with store.reading() as db:
        who = people.by_login(db, "081311112222")
    assert who is not None
    assert who.consented_at is not None


def test_the_account_speaks_the_language_it_was_made_in(visitor, store: Store) -> None:
    visitor.get("/?lang=en")
    visitor.send("/sign-up", {**NEW, "email": "siti@example.org"}, page="/sign-up")
    with store.reading() as db:
        assert people.by_login(db, "siti@example.org").language == "en"


@pytest.mark.parametrize(
    ("change", "beside"),
    [
        ({"name": " "}, "name"),
        ({"phone": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"email": "siti@"}, "email"),
        ({"password": "pendek"}, "password"),
        ({"password": "1234567890"}, "password"),
        ({"consent": ""}, "consent"),
        ({"name": "x" * 121}, "name"),
    ],
)
def test_what_is_wrong_is_named_beside_its_question_and_at_the_top(visitor, change: dict[str, str], beside: str) -> None:
    answer = visitor.send(
        "/sign-up", {key: value for key, value in {**NEW, **change}.items() if key != "consent" or value}, page="/sign-up"
    )
    assert answer.status_code == 422
    assert f'href="#{beside}"' in answer.text
    assert f'id="{beside}-error"' in answer.text
    assert f'value="{change.get("password", NEW["password"])}"' not in answer.text


def test_a_phone_number_that_is_taken_is_told(visitor, budi: Person) -> None:
    answer = visitor.send("/sign-up", {**NEW, "phone": "+62 812 3456 7890"}, page="/sign-up?lang=en")
    assert "There is already an account with this phone number. Sign in with it." in answer.text


def test_the_name_can_be_corrected(visitor, budi: Person) -> None:
    visitor.sign_in("081234567890")
    assert visitor.send("/account/name", {"name": "Budi S."}, page="/account").status_code == 303
    page = visitor.get("/account").text
    assert "Budi S." in page
    assert "govuk-notification-banner--success" in page


def test_an_empty_name_is_refused(visitor, budi: Person) -> None:
    visitor.sign_in("081234567890")
    answer = visitor.send("/account/name", {"name": " "}, page="/account")
    assert answer.status_code == 422
    assert 'id="name-error"' in answer.text


def test_the_old_password_must_be_right_to_set_a_new_one(visitor, budi: Person) -> None:
    visitor.sign_in("081234567890")
    answer = visitor.send("/account/password", {"old": "salah salah", "new": "teh manis dingin"}, page="/account")
    assert answer.status_code == 422
    assert 'id="old-error"' in answer.text
    weak = visitor.send("/account/password", {"old": PASSWORD, "new": "pendek"}, page="/account")
    assert 'id="new-error"' in weak.text


def test_the_desks_of_an_officer_are_shown(visitor, sari: Person) -> None:
    visitor.sign_in("sari@example.org")
    assert "Verifikator" in visitor.get("/account").text


def test_a_stranger_has_no_account_page(visitor) -> None:
    assert visitor.get("/account").location == "/sign-in?next=/account"
    assert visitor.send("/account/name", {"name": "x"}).status_code == 401

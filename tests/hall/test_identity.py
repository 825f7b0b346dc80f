"""Signing in and out, and what ends a session."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from engine import people
from engine.people import Person
from engine.people.accounts import FAILURES_ALLOWED
from engine.store import Store
from hall.limits import limiter

PASSWORD = "kopi hitam tanpa gula"


def signed_in(visitor) -> bool:
    return visitor.get("/account").status_code == 200


@pytest.mark.parametrize("login", ["081234567890", "+62 812-3456-7890", "62 812 3456 7890"])
def test_a_phone_number_signs_in_however_it_is_written(visitor, budi: Person, login: str) -> None:
    assert visitor.sign_in(login).status_code == 303
    assert signed_in(visitor)


def test_a_wrong_password_says_the_same_as_an_unknown_account(visitor, budi: Person) -> None:
    wrong, unknown = visitor.sign_in("081234567890", "salah salah salah"), visitor.sign_in("081999999999", "salah salah salah")
    assert wrong.status_code == unknown.status_code == 422
    sentence = "The phone number or e-mail and the password do not match."
    assert sentence in wrong.text
    assert sentence in unknown.text
    assert not signed_in(visitor)


def test_too_many_wrong_passwords_lock_the_account_for_a_while(visitor, clock, budi: Person) -> None:
    for _ in range(FAILURES_ALLOWED):
        visitor.sign_in("081234567890", "salah salah salah")
    locked = visitor.sign_in("081234567890")
    assert "Too many wrong passwords. You can sign in again from Tuesday, 2 June 2026 at 09:15 WIB." in locked.text
    clock.forward(minutes=16)
    assert visitor.sign_in("081234567890").status_code == 303


def test_one_address_may_not_try_for_ever(visitor) -> None:
    answers = [visitor.sign_in(f"08120000{n:04}", "salah salah salah").status_code for n in range(31)]
    assert answers == [422] * 30 + [429]
    limiter.reset()


def test_signing_out_ends_the_session(visitor, budi: Person) -> None:
    visitor.sign_in("081234567890")
    assert visitor.send("/sign-out", {}, page="/account").status_code == 303
    assert not signed_in(visitor)


def test_a_changed_password_ends_the_sessions_of_other_browsers(app: Flask, visitor, budi: Person) -> None:
    other = app.test_client()
    visitor.sign_in("081234567890")
    other.sign_in("081234567890")
    fields = {"old": PASSWORD, "new": "teh manis dingin sekali"}
    assert visitor.send("/account/password", fields, page="/account").status_code == 303
    assert signed_in(visitor)
    assert not signed_in(other)


def test_an_account_that_was_closed_is_signed_out_at_once(store: Store, visitor, budi: Person) -> None:
    visitor.sign_in("081234567890")
    with store.unit() as db:
        people.by_id(db, budi.id).active = False
    assert not signed_in(visitor)


def test_a_session_of_before_is_not_carried_into_the_new_one(visitor, budi: Person) -> None:
    with visitor.session_transaction() as session:
        session["left by another"] = "x"
    visitor.sign_in("081234567890")
    with visitor.session_transaction() as session:
        assert "left by another" not in session


def test_a_forged_cookie_signs_nobody_in(visitor, budi: Person) -> None:
    visitor.sign_in("081234567890")
    value = visitor.get_cookie("loket").value
    visitor.set_cookie("loket", value[:-2] + ("aa" if value[-2:] != "aa" else "bb"))
    assert not signed_in(visitor)


def test_on_a_shared_device_the_session_ends_after_15_minutes_without_use(visitor, clock, budi: Person) -> None:
    answer = visitor.send("/sign-in", {"login": "081234567890", "password": PASSWORD, "shared": "y"})
    assert not any("Expires" in each or "Max-Age" in each for each in answer.headers.getlist("Set-Cookie") if each.startswith("loket="))
    for _ in range(3):
        clock.forward(minutes=14)
        assert signed_in(visitor), "whoever goes on working stays signed in"
    clock.forward(minutes=16)
    assert not signed_in(visitor)
    assert re.search(r'name="shared"[^>]* checked', visitor.get("/sign-in").text), "the device is still the same one"
    visitor.sign_in("081234567890")
    clock.forward(minutes=16)
    assert signed_in(visitor), "without the tick a session lasts"

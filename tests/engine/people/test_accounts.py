"""Accounts by phone number or e-mail, passwords, lock-out, desks."""

from __future__ import annotations

import importlib.util
from datetime import datetime, timedelta

import pytest

from engine import people
from engine.people.accounts import FAILURES_ALLOWED, LOCKED_FOR
from engine.store import Session

PASSWORD = "kopi-tubruk-enak"


def sign_up(session: Session, now: datetime, **given: object) -> people.Person:
    about: dict[str, object] = {"name": "Siti Aminah", "phone": "0812-3456-7890", "email": None, "password": PASSWORD, **given}
    return people.sign_up(session, at=now, **about)  # type: ignore[arg-type]


@pytest.mark.parametrize("written", ["081234567890", "+62 812-3456-7890", "62812 3456 7890"])
def test_a_phone_number_signs_in_however_it_is_written(session: Session, now: datetime, written: str) -> None:
    person = sign_up(session, now)
    assert people.check_password(session, written, PASSWORD, at=now) is person


def test_an_e_mail_address_signs_in_in_any_case(session: Session, now: datetime) -> None:
    person = sign_up(session, now, phone=None, email="Siti@Contoh.id")
    assert people.check_password(session, "siti@contoh.ID", PASSWORD, at=now) is person


def test_an_account_needs_a_phone_number_or_an_e_mail_address(session: Session, now: datetime) -> None:
    with pytest.raises(people.WrongContact):
        sign_up(session, now, phone=None)


@pytest.mark.parametrize(("phone", "email"), [("12", None), ("abc", None), (None, "siti@"), (None, "no address")])
def test_what_is_no_contact_is_refused(session: Session, now: datetime, phone: str | None, email: str | None) -> None:
    with pytest.raises(people.WrongContact):
        sign_up(session, now, phone=phone, email=email)


def test_the_same_phone_number_makes_one_account(session: Session, now: datetime) -> None:
    sign_up(session, now)
    with pytest.raises(people.LoginTaken):
        sign_up(session, now, phone="+6281234567890", email="other@contoh.id")


@pytest.mark.parametrize("password", ["short", "1234567890", "aaaaaaaaaaaa"])
def test_a_weak_password_is_refused(session: Session, now: datetime, password: str) -> None:
    with pytest.raises(people.WeakPassword):
        sign_up(session, now, password=password)


def test_a_password_is_kept_at_the_cost_that_owasp_asks_for() -> None:
    """From the module as it is written: in a test run passwords cost less (tests/fixtures/quick.py)."""
    spec = importlib.util.find_spec("engine.people.accounts")
    assert spec is not None
    assert spec.loader is not None
    as_written = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(as_written)
    assert as_written.hashed(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_an_unknown_login_is_refused_like_a_wrong_password(session: Session, now: datetime) -> None:
    sign_up(session, now)
    answers = []
    for login, password in (("0899 9999 9999", PASSWORD), ("081234567890", "wrong-password"), ("not a login", PASSWORD)):
        with pytest.raises(people.SignInFailed) as refused:
            people.check_password(session, login, password, at=now)
        answers.append((refused.value.code, refused.value.facts))
    assert len({str(answer) for answer in answers}) == 1


def test_too_many_wrong_passwords_lock_the_account_for_a_while(session: Session, now: datetime) -> None:
    person = sign_up(session, now)
    for _ in range(FAILURES_ALLOWED):
        people.count_failure(session, "081234567890", at=now)
    with pytest.raises(people.LockedOut):
        people.check_password(session, "081234567890", PASSWORD, at=now)
    assert people.check_password(session, "081234567890", PASSWORD, at=now + LOCKED_FOR + timedelta(seconds=1)) is person


def test_a_new_password_ends_older_sessions(session: Session, now: datetime) -> None:
    person = sign_up(session, now)
    stamp = person.stamp
    people.change_password(session, person, PASSWORD, "teh-manis-hangat", at=now)
    assert person.stamp != stamp
    assert people.check_password(session, "081234567890", "teh-manis-hangat", at=now) is person
    with pytest.raises(people.SignInFailed):
        people.change_password(session, person, PASSWORD, "lain-lagi-deh", at=now)


def test_a_person_belongs_to_a_desk_from_when_to_when(session: Session, now: datetime) -> None:
    people.ensure_desk(session, "verifikator", {"id": "Verifikator", "en": "Verifier"})
    person = sign_up(session, now)
    people.add_to_desk(session, person, "verifikator", by=None, at=now)
    people.add_to_desk(session, person, "verifikator", by=None, at=now)
    assert person.desks == {"verifikator"}
    assert people.members(session, "verifikator") == [person]
    people.remove_from_desk(session, person, "verifikator", by=None, at=now + timedelta(days=1))
    assert person.desks == frozenset()
    assert people.members(session, "verifikator") == []
    assert len(person.memberships) == 1


def test_an_account_that_is_closed_cannot_sign_in(session: Session, now: datetime) -> None:
    sign_up(session, now).active = False
    with pytest.raises(people.SignInFailed):
        people.check_password(session, "081234567890", PASSWORD, at=now)


def test_nobody_signs_in_to_an_account_that_was_made_without_a_password(session: Session, now: datetime) -> None:
    sign_up(session, now, password=None)
    for word in ("", "nobody has this password", people.accounts.unknown()):
        with pytest.raises(people.SignInFailed):
            people.check_password(session, "0812-3456-7890", word, at=now)

"""Accounts and desks: every button calls its verb, and the office never loses its last administrator."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from engine import people
from engine.people import Desk, Person
from engine.store import Store
from tests.fixtures.visitors import Visitor

pytestmark = pytest.mark.sql


def of(store: Store, ident: str) -> Person:
    with store.reading() as db:
        return people.by_id(db, ident)


def test_seating_somebody_and_taking_them_away(boss: Visitor, sari: Person, app_store: Store, happened) -> None:
    answer = boss.send(f"/admin/people/{sari.id}/seat", {"desk": "administrator"}, follow_redirects=True)
    assert "Sari Dewi now sits at the desk Administrator." in answer.text
    assert of(app_store, sari.id).desks == {"administrator", "verifikator"}
    answer = boss.send(f"/admin/people/{sari.id}/desks/verifikator/take", {}, follow_redirects=True)
    assert "no longer sits at the desk" in answer.text
    assert of(app_store, sari.id).desks == {"administrator"}
    assert happened("person.desk_taken")[-1].facts == {"person": sari.id, "desk": "verifikator"}


def test_a_desk_that_is_not_offered_is_refused(boss: Visitor, sari: Person, app_store: Store) -> None:
    assert boss.send(f"/admin/people/{sari.id}/seat", {"desk": "throne"}).status_code == 422
    assert of(app_store, sari.id).desks == {"verifikator"}


def test_nobody_takes_the_administration_from_themselves(boss: Visitor, rina: Person, seated, app_store: Store) -> None:
    seated("Ani", "administrator")
    for deed in ("close", "desks/administrator/take"):
        answer = boss.send(f"/admin/people/{rina.id}/{deed}", {})
        assert answer.status_code == 422
        assert "You cannot do this to your own account." in answer.text
    assert of(app_store, rina.id).is_staff
    assert of(app_store, rina.id).active


def test_the_last_administrator_is_kept(boss: Visitor, rina: Person, seated, app_store: Store, now) -> None:
    ani = seated("Ani", "administrator")
    with app_store.unit() as db:  # Rina's own account no longer counts, while her session is still looked at
        people.remove_from_desk(db, people.by_id(db, rina.id), "administrator", by=None, at=now)
    with app_store.unit() as db, pytest.raises(people.LastAdministrator):
        people.remove_from_desk(db, people.by_id(db, ani), "administrator", by=rina.id, at=now)
    with app_store.unit() as db, pytest.raises(people.LastAdministrator):
        people.close_account(db, people.by_id(db, ani), by=rina.id, at=now)
    assert boss.get("/admin/").status_code == 403


def test_a_closed_administrator_does_not_count_as_one(seated, app_store: Store, rina: Person, now) -> None:
    ani = seated("Ani", "administrator")
    with app_store.unit() as db:
        people.close_account(db, people.by_id(db, ani), by=rina.id, at=now)
    with app_store.unit() as db, pytest.raises(people.LastAdministrator):
        people.remove_from_desk(db, people.by_id(db, rina.id), "administrator", by=None, at=now)


def test_a_closed_account_ends_its_sessions_and_opens_again(boss: Visitor, sari: Person, app: Flask, happened) -> None:
    theirs = app.test_client()
    assert isinstance(theirs, Visitor)
    theirs.sign_in("sari@example.org")
    assert theirs.get("/account").status_code == 200
    assert "is closed" in boss.send(f"/admin/people/{sari.id}/close", {}, follow_redirects=True).text
    assert theirs.get("/account").status_code == 303
    assert theirs.sign_in("sari@example.org").status_code == 422
    assert "is open again" in boss.send(f"/admin/people/{sari.id}/open", {}, follow_redirects=True).text
    assert theirs.sign_in("sari@example.org").status_code == 303
    assert [len(happened(what)) for what in ("person.closed", "person.opened")] == [1, 1]


def test_a_new_password_is_shown_once_and_works(boss: Visitor, sari: Person, app: Flask, happened) -> None:
    answer = boss.send(f"/admin/people/{sari.id}/password", {})
    password = re.search(r'class="loket-once">([^<]+)<', answer.text)
    assert password
    assert answer.headers["Cache-Control"] == "no-store"
    assert password.group(1) not in boss.get(f"/admin/people/{sari.id}").text
    theirs = app.test_client()
    assert theirs.sign_in("sari@example.org").status_code == 422
    assert theirs.sign_in("sari@example.org", password.group(1)).status_code == 303
    assert password.group(1) not in str(happened("person.password_changed")[-1].facts)


def test_a_new_staff_account_sits_at_its_desk(boss: Visitor, sari: Person, app: Flask, rina: Person, happened) -> None:
    fields = {"name": "Dewi Lestari", "email": "dewi@example.org", "phone": "", "desk": "verifikator", "language": "id"}
    answer = boss.send("/admin/people/new", fields)
    password = re.search(r'class="loket-once">([^<]+)<', answer.text)
    assert password
    assert app.test_client().sign_in("dewi@example.org", password.group(1)).status_code == 303
    assert happened("person.signed_up")[-1].by == rina.id
    again = boss.send("/admin/people/new", fields)
    assert again.status_code == 422
    assert "There is already an account with this e-mail address." in again.text
    nobody = boss.send("/admin/people/new", {**fields, "name": "", "email": "", "desk": "throne"})
    assert nobody.status_code == 422


def test_closing_an_account_gives_its_tasks_back(boss: Visitor, sari: Person, app_store: Store, office, bundle, clock, happened) -> None:
    from engine import cases, procedures

    with app_store.unit() as db:
        procedures.publish(db, bundle, by=sari.id, at=clock())
        who = people.by_id(db, sari.id)
        case = cases.open_case(db, office, "reklame", applicant=who, by=who, at=clock())
        task = cases.tasks_of(db, case)[0]
        task.assignee, task.claimed_at = sari.id, clock()
    boss.send(f"/admin/people/{sari.id}/close", {})
    with app_store.reading() as db:
        assert db.get_one(cases.Task, task.id).assignee is None
    assert happened("task.released")[-1].facts["task"] == task.id


def test_desks_are_added_and_renamed_under_a_key_that_stays(boss: Visitor, app_store: Store, happened) -> None:
    fields = {"key": "tim_teknis", "name_id": "Tim teknis", "name_en": "Technical team"}
    assert "is there now" in boss.send("/admin/desks/new", fields, follow_redirects=True).text
    taken = boss.send("/admin/desks/new", fields)
    assert taken.status_code == 422
    assert "There is already a desk with the key tim_teknis." in taken.text
    for key in ("Tim Teknis", "applicant", "", "x" * 90):
        assert boss.send("/admin/desks/new", {**fields, "key": key}).status_code == 422
    boss.send("/admin/desks/tim_teknis/rename", {"name_id": "Tim ahli", "name_en": "Experts"})
    with app_store.reading() as db:
        assert db.get_one(Desk, "tim_teknis").name("en") == "Experts"
    assert [len(happened(what)) for what in ("desk.added", "desk.renamed")] == [1, 1]


def test_lists_show_phone_numbers_and_addresses_only_in_part(boss: Visitor, budi: Person) -> None:
    text = boss.get("/admin/people/?show=all").text
    assert "+62 ••• 7890" in text
    assert "+6281234567890" not in text
    assert "r•••@example.org" in text
    assert "+6281234567890" in boss.get(f"/admin/people/{budi.id}").text


def test_people_are_found_by_name_and_by_whole_number(boss: Visitor, budi: Person, sari: Person) -> None:
    for wanted in ("0812 3456 7890", "budi"):
        text = boss.get("/admin/people/", query_string={"show": "all", "search": wanted}).text
        assert "Budi Santoso" in text
        assert "Sari Dewi" not in text

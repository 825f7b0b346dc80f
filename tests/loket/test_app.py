"""The house put together: every page says who may open it, and the office says whether it is well."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine import calendar, jobs
from engine.store import enqueue
from hall.guard import unguarded
from tests.fixtures.doors import Clock

pytestmark = pytest.mark.sql

WELL = {"database": True, "migrations": True, "worker": True, "errands": True, "no_dead_letters": True}


def test_every_page_says_who_may_open_it(app: Flask) -> None:
    lesson = "Put @everyone, @signed_in, @staff, @of_desk(…) or @administrator below the route, or cover the blueprint: "
    assert unguarded(app) == [], lesson


def test_an_office_without_a_worker_is_not_well(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (503, WELL | {"worker": False})


def test_an_office_whose_worker_lives_is_well_until_it_falls_silent(app: Flask, client: FlaskClient, clock: Clock) -> None:
    jobs.beat(app.extensions["loket"].store, "worker", clock.now)
    assert client.get("/healthz").status_code == 200
    clock.forward(minutes=3)
    assert client.get("/healthz").json["worker"] is False


def test_errands_that_are_late_or_gave_up_are_told_while_the_office_stays_open(app: Flask, client: FlaskClient, clock: Clock) -> None:
    store = app.extensions["loket"].store
    with store.unit() as session:
        enqueue(session, "send_notice", {}, key="late", at=clock.now)
    clock.forward(minutes=4)
    jobs.beat(store, "worker", clock.now)
    assert client.get("/healthz").json == WELL
    clock.forward(minutes=1, seconds=1)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, WELL | {"errands": False})
    for _ in range(jobs.TRIES):
        jobs.run_due(store, app.extensions["loket"].office, clock.forward(hours=2))
    jobs.beat(store, "worker", clock.now)
    assert client.get("/healthz").json == WELL | {"no_dead_letters": False}


def test_a_database_without_tables_is_told_by_name(app: Flask, empty_url: str) -> None:
    hands = app.extensions["loket"]
    hands.store = type(hands.store)(empty_url, hands.store.engine.dialect.loket_keys)
    assert app.test_client().get("/healthz").json == dict.fromkeys(WELL, False) | {"database": True}
    hands.store.close()


def test_a_database_that_is_away_is_told_by_name(app: Flask, tmp_path) -> None:
    hands = app.extensions["loket"]
    hands.store = type(hands.store)(f"sqlite:///{tmp_path}/nowhere/loket.sqlite", hands.store.engine.dialect.loket_keys)
    assert app.test_client().get("/healthz").json == dict.fromkeys(WELL, False)


def test_a_day_that_the_office_closes_counts_from_then_on(app: Flask, clock: Clock) -> None:
    hands = app.extensions["loket"]
    tomorrow: date = (clock.now + timedelta(days=1)).date()
    assert hands.office.calendar.is_working(tomorrow)
    with hands.store.unit() as session:
        calendar.set_own_day(session, tomorrow, open=False, name="HUT Kabupaten", by="01", at=clock.now)
    assert not hands.office.calendar.is_working(tomorrow)


def test_personal_data_does_not_reach_the_log(app: Flask) -> None:
    from loket.logs import masked

    line = {"event": "no account 3275014107900001 for siti@contoh.id at +6281234567890 or 081234567890", "status": 404}
    assert masked(None, "info", line) == {"event": "no account *** for *** at *** or ***", "status": 404}

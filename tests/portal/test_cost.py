"""What a page of thirty questions costs the server, from request to answer: Python calls and statements. Time is measured in bench/."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from flask import Flask

from bench.forms import boxes
from engine.procedures import memory
from engine.store import Store
from tests.engine.cases.counting import costing
from tests.portal.conftest import Visitor
from tests.portal.thirty import come as came
from tests.portal.thirty import offer, request, token

# Python calls, and statements to the database. It takes 4,800, 6,800 and 6,400 calls with Flask 3.1, SQLAlchemy 2.1 and Jinja 3.1; with the
# account, the task and the case read by the ORM, and every question drawn anew, it took 20,200, 17,000 and 21,600.
MOST = {"blank": (5_000, 4), "sent": (7_100, 11), "answered": (6_700, 4)}
ANSWERS = ("Siti Rahma", "3525011708900001", "siti@contoh.id", "081234567890")


@pytest.fixture
def come(app: Flask, app_store: Store, now: datetime) -> Callable[..., Visitor]:
    """`come("Sari", "0812 …", "en")`: somebody at the page of thirty questions."""
    offer(app_store, now)
    return partial(came, app)


def test_a_page_of_thirty_questions_costs_no_more_than_it_may(come: Callable[..., Visitor], app: Flask, app_store: Store) -> None:
    joko = come("Joko Susilo", "0812 9876 5432")
    page, answers = joko.where, {"csrf_token": token(joko), **boxes()}
    deeds = {"blank": request(joko, app, page), "sent": request(joko, app, page, answers), "answered": request(joko, app, page)}
    found: dict[str, tuple[int, int]] = {}
    for name, deed in deeds.items():
        status = deed()  # compiles what all share
        assert status == ("303 SEE OTHER" if name == "sent" else "200 OK")
        with costing(app_store) as said:
            deed()
        with costing(app_store, calls=True) as cost:
            deed()
        found[name] = (cost.calls, len(said.statements))
    assert {name: statements for name, (_, statements) in found.items()} == {name: most for name, (_, most) in MOST.items()}
    if app_store.engine.dialect.name == "sqlite":  # the driver of PostgreSQL is in Python, too
        assert all(found[name][0] <= most for name, (most, _) in MOST.items()), found


def test_what_one_person_answers_is_on_nobody_elses_page_and_languages_do_not_mix(come: Callable[..., Visitor]) -> None:
    joko, sari = come("Joko Susilo", "0812 9876 5432"), come("Sari Wulandari", "0812 1111 2222", "en")
    his, hers = joko.where, sari.where

    def seen(who: Visitor, place: str) -> str:
        return re.sub(r'(csrf_token" value=)"[^"]*"', r"\1", who.open(place).text)

    blank = seen(sari, hers)
    mine: dict[str, Any] = {**boxes(), "q0": "Hanya milik Joko <b>"}
    joko.send(mine, his)
    assert joko.last is not None
    assert joko.last.status_code == 200
    answered = seen(joko, his)
    assert "Hanya milik Joko &lt;b&gt;" in answered
    assert all(each in answered for each in ANSWERS[1:3])
    assert seen(sari, hers) == blank, "neither the answers of another person nor their language change a page"
    assert "Pilih" not in blank
    assert "Select one" in blank
    assert "Select one" not in answered
    sari.send({"q0": ""}, hers)
    assert sari.errors
    assert not any(each in (sari.last.text if sari.last else "") for each in (*ANSWERS, "Hanya milik"))
    assert seen(joko, his) == answered, "nor do the faults of another person"
    forms_read = [form for bundle in memory._bundles.values() for form in bundle.forms.values()]
    kept = [str(made) for form in forms_read for made in form.stencils._cut.values()]
    assert len(kept) >= 30
    assert not [text for text in kept for each in (*ANSWERS, "Hanya milik", "csrf", "error-message") if each in text]

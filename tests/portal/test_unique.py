"""Two applicants with the same answer where only one may have it: one wins, the other is told on their page, and nobody loses anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from engine import people, procedures
from engine.cases.tables import RegisterValue
from engine.store import Store
from tests.engine.cases.small import stall
from tests.engine.procedures.sample import form, question
from tests.portal.conftest import PASSWORD, Visitor

NOUN = {"id": "nomor kios", "en": "the stall number"}
SENTENCE = "Nomor kios sudah ada di permohonan lain. Periksa, atau tanyakan kepada kantor."


@pytest.fixture
def visitors(app: Flask, app_store: Store, now: datetime) -> Callable[[int], list[Visitor]]:
    """People who have opened the form of a permit with a unique answer, on one page or on two."""

    def come(pages: int) -> list[Visitor]:
        stalls = question("plate", "text", unique="ever", noun=NOUN)
        asked = form("application", stalls, question("area", "number"))
        if pages == 2:
            asked = asked.replace(b"]}]}", b']}, {"key": "two", "title": {"id": "Dua", "en": "Two"}, "fields": [%s]}]}' % NOTE)
        with app_store.unit() as session:
            boss = people.sign_up(session, name="Admin", phone=None, email="admin@example.org", password=PASSWORD, at=now)
            procedures.publish(session, stall(**{"forms/application.json": asked}), by=boss.id, at=now)
        made = []
        for number in range(2):
            who = Visitor(app.test_client()).sign_up(f"Pemohon {number}", f"0812 9876 543{number}")
            who.open("/apply/stall")
            who.send({})
            made.append(who)
        return made

    return come


NOTE = b'{"key": "note", "kind": "text", "label": {"id": "Catatan", "en": "Note"}, "noun": {"id": "catatan", "en": "a note"}}'


@pytest.fixture
def together(app_store: Store) -> Callable[..., list[Any]]:
    """Let both send at one moment: whoever has checked waits for the other before the one lock on the procedure is asked for."""

    def send(*each: Callable[[], Any]) -> list[Any]:
        start, checked = Barrier(len(each)), Barrier(len(each))

        def wait(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if "version" in statement and "ORDER BY version.id" in statement:
                with suppress(BrokenBarrierError):  # one writer at a time (SQLite): the other has not begun, or is done
                    checked.wait(1)

        def run(one: Callable[[], Any]) -> Any:
            start.wait(10)
            return one()

        event.listen(app_store.engine, "before_cursor_execute", wait)
        try:
            with ThreadPoolExecutor(len(each)) as pool:
                return [one.result(60) for one in [pool.submit(run, one) for one in each]]
        finally:
            event.remove(app_store.engine, "before_cursor_execute", wait)

    return send


def kept(who: Visitor, name: str) -> str:
    assert who.last is not None
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', who.last.text)
    return found[1] if found else ""


@pytest.mark.parametrize("pages", [1, 2])
def test_of_two_who_send_the_same_answer_together_one_wins_and_the_other_reads_why_and_keeps_everything(
    visitors: Callable[[int], list[Visitor]], together: Callable[..., list[Any]], app_store: Store, pages: int
) -> None:
    both = visitors(pages)
    first, answers = [one.where for one in both], {"plate": "K-17", "area": "12"}
    if pages == 2:
        for one in both:
            one.send(answers)
            one.send({"note": "Dekat pintu"})
            assert one.where.endswith("/check-answers"), one.errors
    sent = {} if pages == 2 else answers
    codes = [said.status_code for said in together(*(lambda one=one: one.send(sent) for one in both))]
    assert sorted(codes) == [200, 422]
    winner, loser = sorted(both, key=lambda one: one.last.status_code if one.last else 0)
    assert "/receipt" in winner.where
    assert loser.errors == [SENTENCE]
    with app_store.reading() as session:
        assert len(session.scalars(select(RegisterValue)).all()) == 1
    loser.open(first[both.index(loser)])
    assert (kept(loser, "plate"), kept(loser, "area")) == ("K-17", "12"), "nothing is lost"
    loser.send({"plate": "K-18", "area": "12"})
    if pages == 2:
        assert kept(loser, "note") == "Dekat pintu"
        loser.send({"note": "Dekat pintu"})
        loser.send({})
    assert "/receipt" in loser.where, (loser.where, loser.errors)

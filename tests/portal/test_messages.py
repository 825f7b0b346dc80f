"""Machines send messages to cases over HTTP: by a token, once per key, with a clear problem for everything that is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from engine import people
from engine.store import Store
from hall.guard import a_machine, guard_of
from tests.engine.cases.scene import Scene
from tests.engine.cases.small import choice, stall, stall_case
from tests.engine.flow.drawing import Drawing
from tests.fixtures.visitors import Visitor


def waiting() -> Drawing:
    """After its application a case waits for the message `paid`, and then for an officer."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive")
    pen.receive("payment", "paid").user("verify", desk="verifikator", days="1", public="verify").choice("ok", "no").end("issued").end(
        "refused"
    )
    pen.chain("begin", "application", "receive", "payment", "verify", "ok")
    return pen.flow("ok", "issued", '= verify.result = "yes" and payment.amount > 0', "yes").flow("ok", "refused", ident="no")


class Bank:
    """A machine with a token."""

    def __init__(self, visitor: Visitor, token: str) -> None:
        self.visitor, self.token = visitor, token

    def send(self, message: str = "paid", *, token: str | None = None, data: bytes | None = None, **body: Any) -> TestResponse:
        given = self.token if token is None else token
        headers = {"Authorization": f"Bearer {given}"} if given else {}
        sent: dict[str, Any] = {"json": body} if data is None else {"data": data, "content_type": "application/json"}
        return self.visitor.post(f"/api/messages/{message}", headers=headers, **sent)

    def refused(self, status: int, code: str, **body: Any) -> dict[str, Any]:
        answer = self.send(**body)
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), answer.text
        assert answer.json["code"] == code
        assert answer.json["detail"]
        return answer.json


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """A client; the other pages of this door have browsers."""
    app.test_client_class = Visitor
    made = app.test_client()
    assert isinstance(made, Visitor)
    return made


@pytest.fixture
def scene(app_store: Store, tmp_path: Path) -> Scene:
    made = stall_case(app_store, tmp_path / "scene", stall(waiting(), **{"forms/verify.json": choice("verify")}))
    made.do("sari", "application", {"area": "1"})
    assert made.waiting() == ["payment"]
    return made


@pytest.fixture
def bank(visitor: Visitor, scene: Scene) -> Bank:
    with scene.store.unit() as session:
        _, token = people.add_sender(session, "Bank", ["paid", "paid twice"], by=scene.cast["admin"], at=scene.now)
    visitor.get("/?lang=en")
    return Bank(visitor, token)


def test_a_message_is_delivered_once_by_number_or_id_and_its_facts_are_there(bank: Bank, scene: Scene) -> None:
    number = scene.row().number
    answer = bank.send(key="1", number=number, payload={"amount": 12.5, "when": "2026-06-02", "rows": [{"a": True}]})
    assert (answer.status_code, answer.json) == (200, {"key": "1", "message": "paid", "new": True})
    assert scene.waiting() == ["verify"]
    again = bank.send(key="1", case=scene.case, payload={"amount": 12.5})
    assert (again.status_code, again.json["new"]) == (200, False)
    bank.refused(409, "cases.nothing_waits", key="2", case=scene.case)
    bank.refused(409, "cases.message_used", message="paid twice", key="1", case=scene.case)
    scene.do("budi", "verify", {"result": "yes"})
    assert scene.row().outcome == "issued"
    bank.refused(409, "cases.ended", key="3", case=scene.case)


def test_keys_of_two_senders_are_apart_and_each_sends_only_what_it_may(bank: Bank, scene: Scene) -> None:
    with scene.store.unit() as session:
        other, token = people.add_sender(session, "Kas", [], by=scene.cast["admin"], at=scene.now)
    bank.refused(403, "cases.not_allowed", message="anything", key="1", case=scene.case)
    bank.refused(409, "cases.nothing_waits", message="anything", token=token, key="1", case=scene.case)
    assert bank.send(key="1", case=scene.case).json["new"]
    bank.refused(409, "cases.nothing_waits", token=token, key="1", case=scene.case)  # not known as the bank's
    with scene.store.unit() as session:
        people.stop_sender(session, other.id, by=scene.cast["admin"], at=scene.now)
    bank.refused(401, "http.401", token=token, key="9", case=scene.case)
    with scene.store.reading() as session:
        assert [each.name for each in session.query(people.Sender) if each.last_used_at] == ["Bank"]
        assert bank.token not in str([vars(each) for each in session.query(people.Sender)])


@pytest.mark.parametrize("token", ["", "loket_x", "loket_" + "A" * 43, "Ä", "x" * 5000])
def test_without_a_token_that_opens_nobody_comes_in_not_even_who_is_signed_in(bank: Bank, scene: Scene, sari, token: str) -> None:
    bank.visitor.sign_in("sari@example.org")
    answer = bank.send(token=token, key="1", case=scene.case)
    assert (answer.status_code, answer.json["code"]) == (401, "http.401")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert scene.waiting() == ["payment"]


def deep(levels: int) -> Any:
    return [] if levels == 0 else [deep(levels - 1)]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ({}, "case is missing"),
        ({"key": "1"}, "case is missing"),
        ({"case": "CASE"}, "key must have 1 to 120 letters"),
        ({"key": "k" * 121, "case": "CASE"}, "key must have"),
        ({"key": "a\nb", "case": "CASE"}, "key must have"),
        ({"key": 1, "case": "CASE"}, "key must be a text"),
        ({"key": "1", "case": ["CASE"]}, "case must be a text"),
        ({"key": "1", "case": "CASE", "which": []}, "which must be a text"),
        ({"key": "1", "case": "CASE", "payload": [1]}, "payload must be names with values"),
        ({"key": "1", "case": "CASE", "payload": {"a b": 1}}, "a b cannot be the name of a fact"),
        ({"key": "1", "case": "CASE", "payload": {"a": "x" * 66_000}}, "payload is larger than 64 kB"),
        ({"key": "1", "case": "CASE", "payload": {"a": deep(40)}}, "payload is nested too deeply"),
        ({"key": "1", "case": "CASE", "payload": {"a": "\ud800"}}, "payload may hold only"),
    ],
)
def test_what_is_wrong_with_a_message_is_said_and_nothing_is_changed(bank: Bank, scene: Scene, body: dict[str, Any], what: str) -> None:
    sent = {name: scene.case if value == "CASE" else value for name, value in body.items()}
    before = scene.dump()
    assert what in bank.refused(422, "cases.bad_message", **sent)["detail"]
    assert scene.dump() == before


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"[]", 422),
        (b'"x"', 422),
        (b"[" * 100_000, 422),
        (b'{"key": "1", "case": "x", "payload": {"a": NaN}}', 422),
        (b'{"key": "1", "case": "x", "payload": {"a": ' + b"9" * 5000 + b"}}", 422),
        (b"\xff\xfe", 422),
        (b"x" * 200_000, 413),
        (b'{"key": "1", "case": "nobody\'s"}', 404),
        (b'{"key": "1", "case": "\\u0000"}', 404),
    ],
)
def test_no_bytes_bring_it_down(bank: Bank, data: bytes, status: int) -> None:
    answer = bank.send(data=data)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_other_ways_of_asking_are_told_in_json(bank: Bank, app: Flask) -> None:
    assert bank.visitor.get("/api/messages/paid").json["code"] == "http.405"
    assert bank.visitor.get("/api/nothing").json["code"] == "http.404"
    answer = bank.visitor.post("/api/messages/paid", data={"key": "1"}, headers={"Authorization": f"Bearer {bank.token}"})
    assert answer.status_code == 415
    assert guard_of(app, "messages.take") is a_machine


def test_huge_numbers_are_kept_and_harm_nothing(bank: Bank, scene: Scene) -> None:
    sent = f'{{"key": "1", "case": "{scene.case}", "payload": {{"amount": 1e40, "small": 1e-999999, "large": 1e999999}}}}'
    assert bank.send(data=sent.encode()).status_code in (200, 422)


def test_an_address_may_not_send_without_end(bank: Bank, scene: Scene) -> None:
    told = [bank.send(key="1", data=b"") for _ in range(121)]
    assert (told[-1].status_code, told[-1].json["code"]) == (429, "http.429")


def test_the_administrator_makes_a_token_that_is_shown_once_and_stops_it(bank: Bank, scene: Scene, rina) -> None:
    boss = bank.visitor
    boss.sign_in("rina@example.org")
    boss.get("/?lang=en")
    page = boss.send("/admin/senders/new", {"name": "Kas <Daerah>", "messages": "paid, refunded"})
    token = page.text.split('loket-once">')[1].split("<")[0]
    assert "/api/messages/NAME" in page.text
    shown = boss.get("/admin/senders/").text
    assert "Kas &lt;Daerah&gt;" in shown
    assert "paid, refunded" in shown
    assert token not in shown
    assert bank.send(token=token, key="1", case=scene.case).status_code == 200
    assert boss.send("/admin/senders/new", {"name": " "}).status_code == 422
    with scene.store.reading() as session:
        made = people.sender_of(session, token)
        assert made is not None
    assert "can send nothing any more" in boss.send(f"/admin/senders/{made.id}/stop", {}, follow_redirects=True).text
    assert bank.send(token=token, key="2", case=scene.case).status_code == 401

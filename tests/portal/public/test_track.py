"""Following an application without an account."""

from __future__ import annotations

import pytest

from engine import cases, people, procedures
from engine.people import Person
from engine.store import Store
from tests.engine.flow.drawing import Drawing
from tests.engine.procedures import sample


def drawing() -> Drawing:
    """application -> received -> fee -> verify -> issued or refused."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("come", "receive")
    pen.rule("price", "fee", "fee").user("verify", desk="verifikator", days="1", show="application,fee", public="verify")
    pen.choice("ok", "is_refused").service("tell", "notify", notice="no").end("issued").end("refused")
    pen.chain("begin", "application", "come", "price", "verify", "ok").chain("tell", "refused")
    return pen.flow("ok", "issued", '= verify.result = "yes"', "is_ok").flow("ok", "tell", ident="is_refused")


@pytest.fixture
def number(store: Store, app, budi: Person, rina: Person, now) -> str:
    """The number of Budi's application, which waits at the verification desk."""
    ktp = sample.question("ktp", "file", types=["pdf"], max_mb=2, required=False)
    asked = sample.form("application", sample.question("area", "number"), ktp)
    bundle = sample.bundle(**{"process.bpmn": drawing().bytes(), "forms/application.json": asked})
    office = app.extensions["loket"].office
    with store.unit() as db:
        procedures.publish(db, bundle, by=rina.id, at=now, actions={"receive": {"number": "string"}, "notify": {}})
        who = people.by_id(db, budi.id)
        case = cases.open_case(db, office, "stall", applicant=who, by=who, at=now)
        task = cases.tasks_of(db, case)[0]
        answers = bundle.forms["application"].check({"area": "3"}, at=now)
        return cases.complete(db, office, task.id, answers, by=who, at=now).number


def ask(visitor, number: str, digits: str):
    return visitor.send("/track", {"number": number, "digits": digits}, page="/track?lang=en")


def test_number_and_digits_show_where_an_application_is(visitor, number: str) -> None:
    sent = ask(visitor, number.lower(), " 7890 ")
    assert (sent.status_code, sent.location) == (303, "/track/result")
    page = visitor.get(sent.location).text
    assert f"Application {number}" in page
    assert 'aria-current="step"' in page
    assert "Tuesday, 2 June 2026 at 09:00 WIB" in page
    assert "Budi" not in page


def test_the_digits_stand_in_no_address(visitor, number: str) -> None:
    assert "7890" not in ask(visitor, number, "7890").location


@pytest.mark.parametrize(("digits", "change"), [("0000", ""), ("7890", "9")])
def test_a_wrong_number_says_the_same_as_wrong_digits(visitor, number: str, digits: str, change: str) -> None:
    answer = ask(visitor, number + change, digits)
    assert answer.status_code == 422
    assert "No application has this number and these digits or this code." in answer.text


@pytest.mark.parametrize("digits", ["789", "78901", "abcd", "", "٧٨٩٠"])
def test_digits_are_exactly_four(visitor, number: str, digits: str) -> None:
    answer = ask(visitor, number, digits)
    assert answer.status_code == 422
    assert 'id="digits-error"' in answer.text


def test_the_result_alone_leads_back_to_the_questions(visitor) -> None:
    assert visitor.get("/track/result").location == "/track"


def test_the_digits_of_one_number_cannot_be_tried_out_from_many_addresses(visitor, number: str) -> None:
    for guess in range(20):
        visitor.environ_base["REMOTE_ADDR"] = f"10.0.0.{guess}"
        assert ask(visitor, number.lower() if guess % 2 else number, f"{guess:04}").status_code == 422
    visitor.environ_base["REMOTE_ADDR"] = "10.0.1.1"
    assert ask(visitor, number, "7890").status_code == 429
    assert ask(visitor, number + "9", "7890").status_code == 422


def test_looking_often_at_ones_own_application_is_no_guess(visitor, number: str) -> None:
    for _ in range(22):
        assert ask(visitor, number, "7890").status_code == 303


def test_the_code_on_the_receipt_tracks_an_application_also_without_a_phone(app, visitor, store: Store, number: str, budi: Person) -> None:
    from sqlalchemy import select

    with store.unit() as db:
        case = db.scalars(select(cases.Case).where(cases.Case.number == number)).one()
        code = cases.tracking_code(db, case)
        people.by_id(db, budi.id).phone_end = None
    assert len(code) == 9
    visitor.sign_in("081234567890")
    assert code in visitor.get(f"/applications/{case.id}/receipt").text
    stranger = app.test_client()
    for typed in (code, code.lower().replace("-", ""), code.replace("-", " ")):
        assert ask(stranger, number, typed).status_code == 303
    assert f"Application {number}" in stranger.get("/track/result").text
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert ask(stranger, number, wrong).status_code == 422
    assert ask(stranger, number, "7890").status_code == 422

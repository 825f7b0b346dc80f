"""The pages of what no step foresees: each says what will happen, asks why, and does it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from engine import cases, people
from tests.portal.conftest import Visitor
from tests.portal.desk.conftest import Bureau

WHY = "Kantor tutup karena banjir."
AtDesk = Callable[[str], Visitor]
ALL = ("send-back", "message", "stop", "reopen", "suspend", "resume")


@pytest.fixture
def waiting(bureau: Bureau) -> str:
    """An application that waits to be verified."""
    return bureau.apply()


def test_the_file_offers_these_deeds_to_who_leads_the_service_only(bureau: Bureau, waiting: str, at_desk: AtDesk) -> None:
    rudi, budi = at_desk("rudi"), at_desk("budi")
    page = rudi.open(f"/desk/cases/{waiting}").text
    assert [each for each in ALL if f"/{waiting}/{each}" in page] == ["send-back", "stop", "suspend"]
    page = budi.open(f"/desk/cases/{waiting}").text
    assert [each for each in ALL if f"/{waiting}/{each}" in page] == []
    for each in ALL[2:]:
        assert budi.open(f"/desk/cases/{waiting}/{each}").status_code == 403
        assert budi.send({"reason": WHY, "until": "2026-12-01"}, f"/desk/cases/{waiting}/{each}").status_code == 403
    assert at_desk("081234567890").open(f"/desk/cases/{waiting}/stop").status_code == 403
    assert bureau.steps(waiting) == ["verify"]


def test_an_application_is_suspended_told_everywhere_and_let_go_on(
    app: Flask, bureau: Bureau, waiting: str, at_desk: AtDesk, clock: Callable[[], datetime]
) -> None:
    rudi, address = at_desk("rudi"), f"/desk/cases/{waiting}/suspend"
    rudi.open(address)
    assert "Setiap tenggat berhenti" in rudi.text
    assert rudi.send({"reason": "", "until": "kemarin"}).status_code == 422
    assert rudi.errors[0] == "Tulis alasannya."
    assert rudi.send({"reason": WHY, "until": "2020-01-01"}, address).status_code == 422
    assert WHY in rudi.text  # nothing typed is lost
    until = (clock() + timedelta(days=20)).date()
    rudi.send({"reason": WHY, "until": until.isoformat()}, address)
    assert rudi.where == f"/desk/cases/{waiting}"
    assert rudi.text.count(WHY) >= 2  # on top, and in the timeline
    budi = at_desk("budi")
    budi.open(f"/desk/tasks/{bureau.task(waiting, 'verify')}")
    assert "Permohonan ini ditangguhkan" in budi.text
    stranger = Visitor(app.test_client())
    stranger.open("/track")
    stranger.send({"number": bureau.number(waiting), "digits": "7890"})
    assert "Ditangguhkan" in stranger.text
    assert WHY in stranger.text
    own = at_desk("081234567890")
    own.open(f"/applications/{waiting}")
    assert WHY in own.text
    rudi.open(f"/desk/cases/{waiting}/resume")
    rudi.send({})
    stranger.open("/track/result")
    assert WHY not in stranger.text


def test_an_application_is_closed_and_opened_again(bureau: Bureau, waiting: str, at_desk: AtDesk) -> None:
    dewi, address = at_desk("dewi"), f"/desk/cases/{waiting}"
    dewi.open(f"{address}/stop")
    assert dewi.send({"reason": WHY, "outcome": "issued"}).status_code == 422
    dewi.send({"reason": WHY, "outcome": "stopped"}, f"{address}/stop")
    assert "Ditutup oleh kantor" in dewi.text
    assert f"Kantor menutup permohonan: {WHY}" in dewi.text
    assert dewi.open(f"{address}/stop").status_code == 403
    dewi.open(f"{address}/reopen")
    dewi.send({"reason": "Keliru.", "to": ""})
    assert dewi.where == address
    assert bureau.steps(waiting) == ["verify"]


def test_an_application_is_sent_back_to_the_applicant_with_the_reason(bureau: Bureau, waiting: str, at_desk: AtDesk) -> None:
    rudi, address = at_desk("rudi"), f"/desk/cases/{waiting}/send-back"
    page = rudi.open(address).text
    assert 'value="application"' in page
    assert 'value="approve"' not in page
    assert rudi.send({"reason": WHY, "to": "approve"}, address).status_code == 422
    rudi.send({"reason": WHY, "to": "application"}, address)
    assert bureau.steps(waiting) == ["application"]
    with bureau.store.reading() as session:
        boss = people.by_login(session, "rudi@example.org")
        assert WHY in cases.case_file(session, boss, waiting).notices[-1].body

"""The burial retribution: three real shapes of tariff, each figure of its source, and the version of the day of the application."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import rules

DMN = Path(__file__).resolve().parents[2] / "workflows" / "makam" / "decisions" / "retribusi.dmn"
LAST_DAY = datetime(2023, 12, 31, 16, 59, tzinfo=UTC)
FIRST_DAY = datetime(2024, 1, 1, 0, 0, tzinfo=UTC)


@cache
def decisions() -> rules.Decisions:
    return rules.read_decisions(DMN.read_bytes())


def decide(received: datetime | None = FIRST_DAY, now: datetime = FIRST_DAY, **answers: Any) -> rules.Decided:
    basis: dict[str, Any] = {"jenis": "perpanjangan", "tidak_mampu": False, "blok": None, "kelas": None, "perpanjangan_ke": None}
    return decisions().decide("retribusi", {"application": basis | answers, "case": {"received": received}}, now=now)


@pytest.mark.parametrize(("blok", "amount"), [("a", 250_000), ("b", 200_000), ("c", 150_000), ("d", 100_000), ("e", 50_000)])
def test_the_north_goes_by_block_as_in_kabupaten_tangerang(blok: str, amount: int) -> None:
    decided = decide(tpu="tpu_utara", blok=blok)
    assert decided.value["amount"] == amount
    assert [line["amount"] for line in decided.value["lines"]] == [amount]
    assert any("Kab. Tangerang" in note for row in decided.fired for note in row.annotations)


@pytest.mark.parametrize(("kelas", "amount"), [("aa1", 100_000), ("aa2", 80_000), ("a1", 60_000), ("a2", 40_000), ("a3", 0)])
def test_the_south_goes_by_class_as_in_jakarta(kelas: str, amount: int) -> None:
    assert decide(tpu="tpu_selatan", kelas=kelas).value["amount"] == amount


@pytest.mark.parametrize(("renewal", "amount"), [(None, 25_000), (1, 50_000), (2, 75_000), (3, 100_000), (9, 100_000)])
def test_the_east_rises_with_each_period_until_the_end_of_2023_and_is_free_since(renewal: int | None, amount: int) -> None:
    assert decide(received=LAST_DAY, tpu="tpu_timur", perpanjangan_ke=renewal).value["amount"] == amount
    free = decide(tpu="tpu_timur", perpanjangan_ke=renewal)
    assert (free.value["amount"], free.value["lines"]) == (0, [])


def test_the_tariff_is_that_of_the_day_of_the_application_not_of_the_decision() -> None:
    assert decide(received=LAST_DAY, now=FIRST_DAY, tpu="tpu_timur", perpanjangan_ke=3).value["amount"] == 100_000
    assert decide(received=None, now=LAST_DAY, tpu="tpu_timur", perpanjangan_ke=3).value["amount"] == 100_000
    assert decide(received=None, now=FIRST_DAY, tpu="tpu_timur", perpanjangan_ke=3).value["amount"] == 0


def test_a_family_that_cannot_pay_pays_nothing() -> None:
    assert decide(tpu="tpu_utara", blok="a", tidak_mampu=True).value["amount"] == 0


def test_a_cemetery_without_a_tariff_gives_no_amount_rather_than_nothing_to_pay() -> None:
    assert decide(tpu="tpu_barat").value["amount"] is None

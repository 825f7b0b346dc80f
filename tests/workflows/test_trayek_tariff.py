"""The route permit's retribution by seats, until the day on which it ended."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import rules

DMN = Path(__file__).resolve().parents[2] / "workflows" / "trayek" / "decisions" / "tarif.dmn"
LAST_DAY = datetime(2024, 1, 4, 9, 0, tzinfo=UTC)
FIRST_DAY = datetime(2024, 1, 5, 9, 0, tzinfo=UTC)


def decide(received: datetime, *seats: int) -> rules.Decided:
    cars = [{"plat": f"B 700{number} KA", "kapasitas_duduk": count} for number, count in enumerate(seats)]
    return rules.read_decisions(DMN.read_bytes()).decide(
        "tarif", {"application": {"kendaraan": cars}, "case": {"received": received}}, now=FIRST_DAY
    )


@pytest.mark.parametrize(
    ("seats", "amount"), [(8, 100_000), (9, 125_000), (15, 125_000), (16, 175_000), (25, 175_000), (26, 225_000), (60, 225_000)]
)
def test_a_vehicle_pays_by_its_seats_until_4_january_2024_and_nothing_since(seats: int, amount: int) -> None:
    assert decide(LAST_DAY, seats).value["amount"] == amount
    assert decide(FIRST_DAY, seats).value["amount"] == 0


def test_every_vehicle_has_its_line_and_the_lines_add_up() -> None:
    decided = decide(LAST_DAY, 8, 16, 16)
    assert [line["amount"] for line in decided.value["lines"]] == [100_000, 175_000, 175_000]
    assert decided.value["amount"] == 450_000
    assert decided.value["lines"][1]["label"]["en"] == "B 7001 KA, 16 seats"
    assert decide(FIRST_DAY, 8, 16).value["lines"] == []

"""How the number of a paper is written."""

from __future__ import annotations

from datetime import date

import pytest

from engine.texts import BadNumberFormat, check_number_format, write_number

JUNE = date(2026, 6, 24)


@pytest.mark.parametrize(
    ("format", "number"),
    [
        ("503/{n:04}/REKLAME/{year}", "503/0012/REKLAME/2026"),
        ("{n}/{roman}/{year}", "12/VI/2026"),
        ("{year}{month}-{n:6}", "202606-000012"),
        ("503/{n:1}/{year}", "503/12/2026"),
    ],
)
def test_a_number_is_written_by_its_format(format: str, number: str) -> None:
    assert write_number(format, 12, JUNE) == number


def test_a_register_that_never_begins_again_needs_no_year() -> None:
    assert write_number("NIOP-{n:06}", 7, JUNE, yearly=False) == "NIOP-000007"


@pytest.mark.parametrize(
    ("format", "reason"),
    [
        ("503/{year}", "{n}, must stand in it once"),
        ("{n}/{n}/{year}", "must stand in it once"),
        ("503/{n}", "begins again every year"),
        ("{n}/{year}/{name}", "{name} is none of"),
        ("{n.__class__}/{year}", "is none of"),
        ("{n:04d}/{year}", "is none of"),
        ("{n:99}/{year}", "is none of"),
        ("{n!r}/{year}", "is none of"),
        ("{}/{n}/{year}", "is none of"),
        ("{n}/{year", "not closed"),
        ("{{n}}/{year}", "not closed"),
        ("x" * 100 + "{n}/{year}", "more than 100"),
        ("{n}/{year}\n", "cannot be printed"),
    ],
)
def test_a_format_that_is_not_safe_is_refused_with_the_reason(format: str, reason: str) -> None:
    with pytest.raises(BadNumberFormat) as told:
        check_number_format(format)
    assert reason in str(told.value)
    assert "503/{n:04}/REKLAME/{year}" in str(told.value)

"""How moments, money and numbers are written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask

from hall import formats


@pytest.fixture(params=["id", "en"])
def lang(request: pytest.FixtureRequest, app: Flask) -> Iterator[str]:
    with app.test_request_context("/", headers={"Cookie": f"lang={request.param}"}):
        yield request.param


TEN = datetime(2026, 8, 17, 3, 0, tzinfo=UTC)


def test_a_moment_names_day_time_and_zone(lang: str) -> None:
    assert formats.moment(TEN) == {"id": "Senin, 17 Agustus 2026 pukul 10.00 WIB", "en": "Monday, 17 August 2026 at 10:00 WIB"}[lang]


def test_a_day_late_in_the_evening_is_the_office_day(lang: str) -> None:
    late = datetime(2026, 8, 16, 18, 30, tzinfo=UTC)
    assert formats.day(late) == {"id": "Senin, 17 Agustus 2026", "en": "Monday, 17 August 2026"}[lang]
    assert formats.short_day(date(2026, 8, 17)) == {"id": "17 Agustus 2026", "en": "17 August 2026"}[lang]
    assert formats.brief(TEN) == {"id": "17 Agu 2026, 10.00", "en": "17 Aug 2026, 10:00"}[lang]


def test_money_is_written_as_on_local_bills(lang: str) -> None:
    assert [formats.rupiah(n) for n in (0, 999, 1_234_567, -50_000)] == ["Rp0", "Rp999", "Rp1.234.567", "-Rp50.000"]


def test_numbers_follow_the_language(lang: str) -> None:
    assert formats.number(Decimal("1234.5")) == {"id": "1.234,5", "en": "1,234.5"}[lang]
    assert formats.size(1_250_000) == {"id": "1,2 MB", "en": "1.2 MB"}[lang]
    assert formats.size(300) == "1 kB"


def test_words_fall_back_to_indonesian(lang: str) -> None:
    assert formats.words({"id": "Izin", "en": "Permit"}) == {"id": "Izin", "en": "Permit"}[lang]
    assert formats.words({"id": "Izin"}) == "Izin"


def test_nothing_is_written_as_nothing(lang: str) -> None:
    assert [formats.moment(None), formats.rupiah(None), formats.number(None), formats.words(None)] == ["", "", "", ""]


@pytest.mark.parametrize(("zone", "written"), [("Asia/Makassar", "11.00 WITA"), ("Asia/Jayapura", "12.00 WIT")])
def test_the_zone_is_the_offices(furnished, zone: str, written: str) -> None:
    with furnished(zone=zone).test_request_context("/"):
        assert formats.clock(TEN) == written


def test_a_moment_without_a_zone_is_refused(lang: str) -> None:
    with pytest.raises(ValueError, match="zone"):
        formats.moment(datetime(2026, 8, 17, 3, 0))  # noqa: DTZ001

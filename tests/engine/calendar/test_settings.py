"""A calendar read from settings, and what is said when it cannot be read."""

from __future__ import annotations

from datetime import date

import pytest

from engine.calendar import BadCounting, BadHours, BadSeason, BadZone, Calendar, PauseOutside, Season, Week


def test_a_week_reads_back_as_it_was_written() -> None:
    text = "mon 08:00-12:00 13:00-16:00; wed 08:00-24:00"
    assert str(Week.read(text)) == text
    assert Week.read(str(Week.read(text))) == Week.read(text)


def test_indonesian_day_names_and_dots_are_understood() -> None:
    assert Week.read("Sen-Kam 07.30-16.00; Jum 07.30-16.30") == Week.read("mon-thu 07:30-16:00; fri 07:30-16:30")


@pytest.mark.parametrize(
    "text",
    [
        "mon",
        "mon-thu",
        "xyz 07:30-16:00",
        "fri-mon 07:30-16:00",
        "mon 16:00-07:30",
        "mon 07:30-25:00",
        "mon 07:60-16:00",
        "mon 08:00-12:00 11:00-13:00",
        "mon 8-12",
    ],
)
def test_hours_that_cannot_be_read_are_named_with_the_cure(text: str) -> None:
    with pytest.raises(BadHours, match=r"hours: cannot read .* Write days and times like"):
        Calendar.read(hours=text)


def test_a_pause_on_a_day_without_service_is_named() -> None:
    with pytest.raises(PauseOutside, match="pause 12:00-13:00 on sat lies outside"):
        Calendar.read(pauses="sat 12:00-13:00")


def test_a_season_is_one_line() -> None:
    (season,) = Season.read_all("\nRamadan | 2026-02-19..2026-03-19 | mon-fri 08:00-15:00 | mon-fri 12:00-12:30\n")
    assert (season.name, season.first, season.last) == ("Ramadan", date(2026, 2, 19), date(2026, 3, 19))
    assert season.covers(date(2026, 3, 19))
    assert not season.covers(date(2026, 3, 20))


@pytest.mark.parametrize(
    "text",
    [
        "Ramadan",
        "Ramadan | 2026-02-19 | mon 08:00-15:00",
        "Ramadan | 2026-03-19..2026-02-19 | mon 08:00-15:00",
        "R | 2026-02-30..2026-03-01 | mon 08:00-15:00",
    ],
)
def test_a_season_that_cannot_be_read_is_named_with_the_cure(text: str) -> None:
    with pytest.raises(BadSeason, match=r"seasons: cannot read .* Write a period like"):
        Calendar.read(seasons=text)


def test_wrong_hours_in_a_season_name_the_season() -> None:
    with pytest.raises(BadHours, match="seasons: Ramadan: cannot read"):
        Calendar.read(seasons="Ramadan | 2026-02-19..2026-03-19 | always")


@pytest.mark.parametrize("zone", ["WIB", "../etc/passwd", "", "Asia/Sragen"])
def test_an_unknown_zone_is_named_with_the_three_there_are(zone: str) -> None:
    with pytest.raises(BadZone, match="Asia/Jayapura"):
        Calendar.read(zone=zone)


def test_an_unknown_way_of_counting_is_named() -> None:
    with pytest.raises(BadCounting, match="include_start"):
        Calendar.read(counting="sometimes")

"""Texts with fields: what they may say, what they may not do."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.texts import BadFact, BadText, CannotFill, opened, read
from engine.texts.guard import closed

FACTS = {
    "name": "Sari Dewi",
    "amount": 25_185_000,
    "area": Decimal("12.50"),
    "until": date(2026, 6, 24),
    "due": datetime(2026, 6, 24, 8, 30, tzinfo=UTC),
    "lit": True,
    "points": [{"road": "Jalan Raya"}, {"road": "Jalan Kecil"}],
}


@pytest.mark.parametrize(
    ("field", "id_text", "en_text"),
    [
        ("amount | rupiah", "Rp25.185.000", "Rp25.185.000"),
        (
            "amount | terbilang",
            "dua puluh lima juta seratus delapan puluh lima ribu",
            "dua puluh lima juta seratus delapan puluh lima ribu",
        ),
        ("area | number", "12,5", "12.5"),
        ("area | rupiah", "Rp12,50", "Rp12,50"),
        ("until | long_date", "24 Juni 2026", "24 June 2026"),
        ("until | hari", "Rabu", "Wednesday"),
        ("until | roman", "VI", "VI"),
        ("39 | roman", "XXXIX", "XXXIX"),
        ("due | moment", "Rabu, 24 Juni 2026 pukul 15.30 WIB", "Wednesday, 24 June 2026 at 15:30 WIB"),
        ("'2026-06-24' | long_date", "24 Juni 2026", "24 June 2026"),
        ("lit | yes_no", "ya", "yes"),
        ("name | upcase", "SARI DEWI", "SARI DEWI"),
        ("missing | default: '-'", "-", "-"),
        ("points.last.road", "Jalan Kecil", "Jalan Kecil"),
    ],
)
def test_a_value_is_written_as_the_language_wants_it(field: str, id_text: str, en_text: str) -> None:
    text = read("{{ " + field + " }}")
    assert (text.fill(FACTS, lang="id"), text.fill(FACTS, lang="en")) == (id_text, en_text)


def test_a_moment_is_told_on_the_clock_of_the_office() -> None:
    text = read("{{ due | moment }}; {{ '2026-06-24T16:30:00+00:00' | long_date }}")
    assert text.fill(FACTS, zone=ZoneInfo("Asia/Jayapura")) == "Rabu, 24 Juni 2026 pukul 17.30 WIT; 25 Juni 2026"


def test_loops_and_conditions_work() -> None:
    text = read("{% for point in points %}{{ forloop.index }}. {{ point.road }}\n{% endfor %}{% if missing %}x{% else %}y{% endif %}")
    assert text.fill(FACTS) == "1. Jalan Raya\n2. Jalan Kecil\ny"


def test_a_text_says_which_fields_it_reads_and_where() -> None:
    text = read("{{ a.b }}\n{% assign k = c.d %}{{ k }}{% for row in rows %}{{ row.x }}{% endfor %}\n{{ a.b | upcase }} {{ list[0].y }}")
    assert [(field.path, field.line) for field in text.fields] == [("a.b", 1), ("c.d", 2), ("rows", 2), ("list", 3)]
    assert text.paths == {"a.b", "c.d", "rows", "list"}


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("one\n{{ a | shout }}", 2, "no filter “shout”"),
        ("one\ntwo\n{% include 'x' %}", 3, "include"),
        ("{% render 'x' %}", 1, "render"),
        ("{% if a %}", 1, "endif"),
        ("{% tablerow i in a %}{% endtablerow %}", 1, "tablerow"),
        ("{{ a | }}", 1, "expected"),
        ("{{ a | replace: 'a', 'aaaaaaaaaa' }}", 1, "no filter “replace”"),
    ],
)
def test_a_text_that_cannot_be_read_is_told_by_line(source: str, line: int, reason: str) -> None:
    with pytest.raises(BadText) as told:
        read(source)
    assert told.value.facts["line"] == line
    assert reason in str(told.value)


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("x\n{{ applicant.nmae }}", 2, "applicant.nmae is undefined"),
        ("x\n\n{{ missing | rupiah }}", 3, "'missing' is undefined"),
        ("{% for i in missing %}{% endfor %}", 1, "'missing' is undefined"),
        ("{{ name | rupiah }}", 1, "needs a number, not “Sari Dewi”"),
        ("{{ name | long_date }}", 1, "needs a date"),
        ("{{ until | moment }}", 1, "moment"),
        ("{{ lit | rupiah }}", 1, "yes or no"),
        ("{{ 40 | roman }}", 1, "from 1 to 39"),
        ("{{ 1 | divided_by: 0 }}", 1, ""),
        ("{{ '99999999999999999999' | rupiah }}", 1, "too large"),
    ],
)
def test_a_field_that_cannot_be_filled_is_told_by_line(source: str, line: int, reason: str) -> None:
    with pytest.raises(CannotFill) as told:
        read(source).fill({**FACTS, "applicant": {}})
    assert told.value.facts["line"] == line
    assert reason in str(told.value)


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in (1..99999) %}{{ a }}{% endfor %}",
        "{% for a in (1..1000) %}{% for b in (1..1000) %}x{% endfor %}{% endfor %}",
        "{% assign s = 'aaaaaaaaaa' %}" + "{% assign s = s | append: s %}" * 40,
        "{% for a in (1..4000) %}{{ name }}" + "x" * 200 + "{% endfor %}",
    ],
)
def test_a_text_that_grows_without_bounds_is_stopped(source: str) -> None:
    with pytest.raises(CannotFill, match="limit"):
        read(source).fill(FACTS)


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(BadText, match="100000 characters"):
        read("x" * 100_001)


def test_a_text_cannot_reach_into_python() -> None:
    for field in ("name.__class__", "points.__len__", "name.upper", "until.year"):
        with pytest.raises(CannotFill, match="undefined"):
            read("{{ " + field + " }}").fill(FACTS)


def test_a_value_that_cannot_be_written_does_no_harm_until_it_is() -> None:
    facts = {"rows": [{"file": b"x", "name": "ktp"}]}
    assert read("{{ rows[0].name }}{% if rows[0].file %}!{% endif %}").fill(facts) == "ktp!"
    with pytest.raises(CannotFill, match="kind “bytes”"):
        read("{{ rows[0].file }}").fill(facts)


def test_facts_nested_without_end_are_refused_with_their_place() -> None:
    endless: dict[str, object] = {}
    endless["again"] = endless
    with pytest.raises(BadFact, match=r"facts\.again\.again"):
        read("x").fill(endless)


def test_control_and_direction_characters_do_not_get_into_a_text() -> None:
    assert read("{{ n }}").fill({"n": "a\u202eb\x00c\ue000d\r\ne\ud800"}) == "abcd\ne"


@given(st.text(), st.text())
def test_what_travels_closed_comes_out_as_it_went_in(one: str, other: str) -> None:
    one, other = (read("{{ n }}").fill({"n": text}) for text in (one, other))
    filled = read("**{{ one }}** {% capture both %}{{ other }}{% endcapture %}{{ both }}").fill({"one": one, "other": other}, guarded=True)
    assert opened(filled) == f"**{one}** {other}"
    assert opened(closed(closed(one))) == one

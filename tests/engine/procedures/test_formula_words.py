"""Formulas as a clerk would read them aloud, in both languages."""

from __future__ import annotations

import pytest

from engine import procedures

NAMES = {"application.length": {"id": "Panjang", "en": "Length"}, "days": {"id": "Lama", "en": "Days shown"}}
SAID = {
    "13225.5": ("13.225,5", "13,225.5"),
    "-0.5": ("-0,5", "-0.5"),
    "application.length * (days - 2)": ("“Panjang” × (“Lama” − 2)", "“Length” × (“Days shown” − 2)"),
    "days - (days - 2)": ("“Lama” − (“Lama” − 2)", "“Days shown” − (“Days shown” − 2)"),
    "if days = null then 1 else days": (
        "bila “Lama” tidak terjawab: 1; selain itu: “Lama”", "when “Days shown” is not answered: 1; otherwise: “Days shown”",
    ),
    "min(days / 365, 1)": ("yang terkecil dari (“Lama” ÷ 365) dan 1", "the smallest of (“Days shown” ÷ 365) and 1"),
    "round half up(days * 0.25, 0)": ("“Lama” × 0,25, dibulatkan", "“Days shown” × 0.25, rounded"),
    "days > 3 and x != null": ("“Lama” lebih dari 3 dan x terjawab", "“Days shown” is more than 3 and x is answered"),
    "(a - b).days": ("banyaknya hari dari (a − b)", "the days in (a − b)"),
    "today()": ("hari ini", "today"),
    "for each in days return each": ("for each in days return each", "for each in days return each"),
    "1 +": ("1 +", "1 +"),
}  # fmt: skip


@pytest.mark.parametrize("text", SAID)
def test_a_formula_is_said_in_both_languages(text: str) -> None:
    assert procedures.formula(text, NAMES.get) == dict(zip(("id", "en"), SAID[text], strict=True))

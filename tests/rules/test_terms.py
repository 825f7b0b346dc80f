"""Simple arithmetic as rows of terms, and back to the same FEEL."""

from __future__ import annotations

from decimal import Decimal

import pytest

import rules
from rules import Term, Terms

SAME = (
    "0.25", "-3", "a", "application.length * application.width", "rate * area * 1000", "a / b / 2", "a + b - 3.5",
    "round half up(a * 0.25, 0)", "floor(a / b)", "ceiling(a)", "count(application.points) * 5",
)  # fmt: skip


@pytest.mark.parametrize("text", SAME)
def test_a_formula_of_terms_comes_back_as_it_was(text: str) -> None:
    terms = rules.terms_of(text)
    assert terms.fits
    assert rules.text_of_terms(terms) == text


@pytest.mark.parametrize(
    "text", ["a + b * 2", "if a then 1 else 2", '"x"', "a * (b + 1)", "a..", "", "a = 1", "[a]", "a ** 2", "floor(a + 1) + 2 * b"]
)
def test_what_says_more_does_not_fit(text: str) -> None:
    assert not rules.terms_of(text).fits


def test_terms_keep_their_order_and_their_numbers() -> None:
    assert rules.terms_of("floor(a - 2.50 - b)") == Terms((Term(None, "a"), Term("-", Decimal("2.50")), Term("-", "b")), "down")


@pytest.mark.parametrize(
    "terms",
    [
        Terms(()),
        Terms((Term("*", "a"),)),
        Terms((Term(None, "a"), Term("+", "b"), Term("*", "c"))),
        Terms((Term(None, "a"), Term("%", "b"))),  # type: ignore[arg-type]
        Terms((Term(None, "a"),), "sideways"),  # type: ignore[arg-type]
        Terms((Term(None, Decimal("NaN")),)),
        Terms((Term(None, "a + b"), Term("*", "c"))),
    ],
)
def test_what_is_no_formula_of_terms_is_refused(terms: Terms) -> None:
    with pytest.raises(ValueError):
        rules.text_of_terms(terms)


def test_a_formula_is_put_into_its_decision_and_nothing_else_changes() -> None:
    head = b'<?xml version="1.0"?><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">'
    one = b'<decision id="a" name="a"><!-- kept --><literalExpression><text>1 &lt; 2</text></literalExpression></decision>'
    two = b'<decision id="b" name="b"><variable name="b"/><literalExpression><text>a</text></literalExpression></decision>'
    xml = head + one + two + b"</definitions>"
    assert rules.with_formula(xml, "a", "1 < 2") == xml
    assert rules.with_formula(xml, "a", "3 < 2") == xml.replace(b"1 &lt; 2", b"3 &lt; 2")
    with pytest.raises(rules.DecisionError):
        rules.with_formula(xml, "c", "1")

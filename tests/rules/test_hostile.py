"""Texts from outside cannot use up the server, nor make anything but the two errors of FEEL come out."""

from __future__ import annotations

import pytest

import rules
from bench.feel_expressions import escapes
from bench.hostile import BOUNDED, MEGABYTES, REFUSED, SECONDS, measured
from rules.feel.builtins import strings

# A busy machine shows in processor time too; the figure of the bench is 0.3 s.
SLACK = 2


@pytest.mark.parametrize("name", REFUSED)
def test_a_text_that_asks_for_too_much_is_refused_soon_and_cheaply(name: str) -> None:
    facts = measured(REFUSED[name])
    assert facts["outcome"] == "FeelLimit"
    assert facts["seconds"] < SECONDS * SLACK
    assert facts["megabytes"] < MEGABYTES


@pytest.mark.parametrize("name", BOUNDED)
def test_a_text_that_looks_dangerous_ends_soon(name: str) -> None:
    facts = measured(BOUNDED[name])
    assert facts["outcome"] != "died"
    assert facts["seconds"] < SECONDS * SLACK
    assert facts["megabytes"] < MEGABYTES


def test_damaged_texts_raise_nothing_but_the_errors_of_feel() -> None:
    escaped, worst = escapes(3000, seed=11)
    assert escaped == []
    assert worst < SECONDS


def test_the_evaluator_is_fit_for_use_after_a_limit() -> None:
    with pytest.raises(rules.FeelLimit):
        rules.evaluate("count(for i in 1..10000000 return i)", {})
    assert rules.evaluate("1 + 1", {}) == 2


def test_patterns_are_refused_where_re2_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strings, "re2", None)
    with pytest.raises(rules.FeelLimit, match="google-re2"):
        rules.evaluate('matches("abc", "b")', {})


def test_nothing_of_python_can_be_reached() -> None:
    for text in ("application.__class__", '"".__class__', "(1).real", "__import__", "application.items", "open", "eval"):
        assert rules.evaluate(text, {"application": {"area": 1}}) is None

"""Texts from outside cannot use up the server, nor make anything but the two errors of FEEL come out."""

from __future__ import annotations

import contextlib
import gc
from time import thread_time

import pytest

import rules
from bench.feel_expressions import escapes
from bench.hostile import BOUNDED, MEGABYTES, REFUSED, measured
from rules.feel.bounds import FEW, Bounds
from rules.feel.builtins import strings

ENDLESS = 1e9  # seconds: time refuses nothing
LOOP = "count(for i in 1..600 return i * i)"
DEAREST = 60  # times that loop: what FEW steps may cost at most; the dearest of today costs 6


@pytest.mark.parametrize("name", REFUSED)
def test_a_text_that_asks_for_too_much_is_refused_cheaply(name: str) -> None:
    facts = measured(REFUSED[name])
    assert facts["outcome"] == "FeelLimit"
    assert facts["megabytes"] < MEGABYTES


@pytest.mark.parametrize("name", BOUNDED)
def test_a_text_that_looks_dangerous_ends_cheaply(name: str) -> None:
    facts = measured(BOUNDED[name])
    assert facts["outcome"] != "died"
    assert facts["megabytes"] < MEGABYTES


def spent(text: str) -> float:
    """Seconds of this thread until a text has ended or has taken FEW steps, its compiling left out."""
    try:
        program = rules.compile(text)
    except rules.RuleError:
        return 0.0
    began = thread_time()
    with contextlib.suppress(rules.RuleError):
        program.evaluate({"area": 1}, bounds=Bounds(steps=FEW, seconds=ENDLESS))
    return thread_time() - began


def test_everything_charges_steps_in_proportion_to_its_work() -> None:
    """A sanity test, beside a plain loop of the same run: no text gets much done for the steps that time does not look at."""
    spent(LOOP)
    floor = min(spent(LOOP) for _ in range(5))
    cost = {name: min(spent(text) for _ in range(2)) / floor for name, text in {**REFUSED, **BOUNDED}.items()}
    assert {name: times for name, times in cost.items() if times > DEAREST} == {}


def test_few_steps_are_never_refused_for_the_time_they_take() -> None:
    slow = {"slow": lambda: sum(range(300_000))}
    one, many = "slow() + slow() + slow()", "count(for i in 1..2500 return if i > 2490 then slow() else i)"
    hasty = Bounds(seconds=0.001)
    assert rules.compile(one).evaluate({}, functions=slow, bounds=hasty) == 3 * sum(range(300_000))
    with pytest.raises(rules.FeelLimit, match="seconds"):
        rules.compile(many).evaluate({}, functions=slow, bounds=hasty)


def test_what_the_garbage_collector_takes_is_not_the_expressions() -> None:
    ballast = [[number] for number in range(200_000)]
    collecting = {"collect": lambda: gc.collect() * 0}
    began = thread_time()
    gc.collect()
    once = thread_time() - began
    text = "sum(for i in 1..3000 return if modulo(i, 500) = 0 then collect() else 1)"
    bounds = Bounds(seconds=max(0.1, 3 * once))
    assert rules.compile(text).evaluate({}, functions=collecting, bounds=bounds) == 3000 - 6
    assert len(ballast) == 200_000


def test_damaged_texts_raise_nothing_but_the_errors_of_feel() -> None:
    escaped, _ = escapes(3000, seed=11)
    assert escaped == []


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

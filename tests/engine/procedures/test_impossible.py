"""Conditions that nothing can fulfil: what is told, what is not, and that nothing that is told ever holds."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rules
from engine.procedures.impossible import is_impossible


@pytest.mark.parametrize(
    "text",
    [
        'a.kind = "x" and a.kind = "y"',
        'a.kind = "x" and a.area > 2 and "y" = a.kind',
        "a > 5 and a < 3",
        "a > 5 and 5 > a",
        "a >= 5 and a <= 5.0 and a != 5.00",
        "a between 9 and 3",
        "a in (1..2) and a = 2",
        'a in ("x", "y") and a = "z"',
        'a in ["x", "y"] and a = "z"',
        'a in ("x", "y") and not(a in ("y", "x"))',
        'a = "x" and not(a = "x" or b = 1)',
        "a and not(a)",
        "a and a = false",
        "a != null and a = null",
        "a = null and a > 1",
        'a > 5 and a = "x"',
        'a > date("2026-01-01") and a < @"2025-12-31"',
        'a = @"2026-01-01" and a = date("2026-01-02")',
        '(a = "x" and a = "y") or (b = 1 and b = 2)',
        "if a = 1 then a = 2 else b = 1 and b = 2",
        "a > b and b > a",
        "a = b and a != b",
        'list contains(a, "x") and not(list contains(a, "x"))',
        'lower case(a) = "x" and lower case(a) = "y"',
        'duration("P1D") > a and a > duration("P2D")',
        "false",
    ],
)
def test_what_no_answer_fulfils_is_told(text: str) -> None:
    assert is_impossible(text)


@pytest.mark.parametrize(
    "text",
    [
        'a.kind = "x" and b.kind = "y"',
        'a = "x" or a = "y"',
        'a = "x" and (a = "y" or b)',
        "a = 1 and a = 1.0 and a in [1..1]",
        "a >= 5 and a <= 5",
        "a in [1..2] and a = 2",
        "a > 5 and not(a < 3)",
        'not(a = "x") and not(a = "y")',
        'a != "x" and a != "y" and a != null',
        'a != "x" and a = null',
        'list contains(a, "x") and list contains(a, "y")',
        'list contains(a, "x") and not(list contains(a, "y"))',
        'a in ["x", "y"] and a != "x" and a != "y"',  # the list itself is in it
        'some one in a satisfies one = "x" and one = "y" or true',
        'a[1] = "x" and a[2] = "y"',
        'a > date and time("2026-01-02T00:00:00") and a < date and time("2026-01-01T00:00:00")',  # not looked into
        "a >= b and b >= a and a = b",
        "is defined(a) and a = 1",
        "a.b = 1 and a.c = 2",
        "a = = 1",
        "true",
        " and ".join(f"(a{n} = 1 or b{n} = 1)" for n in range(40)) + " and a = 1 and a = 2",  # more cases than one looks at
    ],
)
def test_what_may_hold_is_not_told(text: str) -> None:
    assert not is_impossible(text)


WRITTEN = ["1", "1.0", "2", "3", '"x"', '"y"', "true", "false", "null", '@"2026-01-01"', 'date("2026-01-02")', '["x", "y"]', "[2]"]
DAY = date(2026, 1, 1)
ANSWERS: list[Any] = [None, Decimal(1), Decimal("1.5"), Decimal(2), Decimal(9), "x", "y", "z", "", True, False, DAY, DAY.replace(day=2)]
ANSWERS += [[], ["x"], ["x", "y"], [Decimal(2)], [None], [True]]
OPERAND = st.sampled_from(["a", "b", "a", "b", *WRITTEN])
END = st.sampled_from(["1", "2", "3", '"x"', '"y"', 'date("2026-01-02")', "b"])
ATOM = st.one_of(
    st.builds("{} {} {}".format, OPERAND, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), OPERAND),
    st.builds("{} in {}{}..{}{}".format, st.sampled_from("ab"), st.sampled_from("[("), END, END, st.sampled_from("])")),
    st.builds("{} between {} and {}".format, st.sampled_from("ab"), END, END),
    st.builds("{} in ({}, {} {})".format, st.sampled_from("ab"), OPERAND, st.sampled_from(["<", ">=", "", "!="]), END),
    st.builds("{} in [{}, {}]".format, st.sampled_from("ab"), OPERAND, OPERAND),
    st.builds("list contains({}, {})".format, st.sampled_from("ab"), OPERAND),
    st.sampled_from(["a", "b", "true", "false", "null"]),
)
CONDITION = st.recursive(
    ATOM,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} and {} and {})".format, inner, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not({})".format, inner),
        st.builds("(if {} then {} else {})".format, inner, inner, inner),
    ),
    max_leaves=6,
)


@given(CONDITION.filter(is_impossible))
@settings(max_examples=40)
def test_whatever_is_told_is_true_for_no_answers_at_all(text: str) -> None:
    answers = ((a, b) for a, b in product(ANSWERS, ANSWERS if "b" in re.sub("between", "", text) else [None]))
    assert [(a, b) for a, b in answers if rules.holds(text, {"a": a, "b": b})] == []

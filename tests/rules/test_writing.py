"""A tree written back as text, and other names for what an expression reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import rules

SAMPLES = (
    'if a > 1 then "x" else (if b then 2 else -3)',
    "(a + b) * c - (d - (e - f)) / -(g)",
    "not(a in [1..5]) and (b or c) and d between 1 and (2 + 3)",
    "a in (< 5, [7..9), 12)",
    'for x in [1, 2], y in 1..x return {sum: x + y, "odd name": x}',
    'some p in application.points satisfies p.road_class = "I"',
    "{f: function(a: number, b) a + b, r: f(1, 2)}.r",
    'list contains(application.tags, "a\\"b") != true',
    '@"2026-01-31" + duration("P1D") instance of date',
    'substring(string: "abc", start position: 2)',
    "points[item.area > 5][1].kind",
)


@pytest.mark.parametrize("text", SAMPLES)
def test_what_is_written_reads_as_the_same_tree(text: str) -> None:
    tree = rules.compile(text).ast["e"]
    assert rules.compile(rules.text_of_tree(tree)).ast["e"] == tree


def test_every_expression_of_the_shared_vectors_is_written_and_read_back() -> None:
    vectors = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))
    read = 0
    for text, _ in vectors["answers"]:
        try:
            tree = rules.compile(text).ast["e"]
        except rules.RuleError:
            continue
        read += 1
        assert rules.compile(rules.text_of_tree(tree)).ast["e"] == tree, text
    assert read > 100


def test_a_path_gets_its_other_name_and_bound_names_keep_theirs() -> None:
    def other(path: tuple[str, ...]) -> list[Any] | None:
        return {
            ("kind",): [".", ["var", "application"], "sort"],
            ("address", "street"): [".", ["var", "application"], "address_street"],
        }.get(path)

    def turned(text: str) -> str:
        return rules.text_of_tree(rules.renamed(rules.compile(text).ast["e"], other))

    assert turned('kind = "a" and address.street != null') == 'application.sort = "a" and application.address_street != null'
    assert turned("for kind in [1] return kind + count(kind)") == "for kind in [1] return kind + count(kind)"
    assert turned("kind.inner in (1, < 2)") == "application.sort.inner in (1, < 2)"
    assert turned("lines[kind = 1]") == "lines[kind = 1]"
    assert turned("{kind: 1, b: kind}") == "{kind: 1, b: kind}"

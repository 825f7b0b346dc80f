"""What is said about a table's gaps, overlaps and dead rows is true, and nothing is said of tables that are in order."""

from __future__ import annotations

from time import process_time
from typing import Any

import pytest

import rules
from rules.dmn.model import Decision, Input, Model, Output, Rule, Table

HEADS = {"k": Input("kind"), "K": Input("kind", allowed='"a", "b", "c"'), "n": Input("area"), "N": Input("area", allowed="[0..100]"),
         "m": Input("fee"), "b": Input("agree"), "d": Input("start"), "t": Input("hour"), "c": Input("count(points)"),
         "y": Input("start.year"), "x": Input("area * 2")}  # fmt: skip


def table(heads: str, *rows: str, hit: str = "UNIQUE", default: str = "") -> Table:
    """A table with one column for each letter; the cells of a row are separated by `;`."""
    made = tuple(Rule(tuple(cell.strip() for cell in row.split(";")), ("1",)) for row in rows)
    return Table(tuple(HEADS[head] for head in heads), (Output("fee", default=default),), made, hit)


def decisions(logic: Table) -> rules.Decisions:
    return rules.read_decisions(rules.write_decisions(Model("m", "urn:m", elements=(Decision("d", "D", logic=logic),))))


# In order: no finding may be made of these.
IN_ORDER = [
    table("n", "<= 10", "> 10"),
    table("n", "< 10", "[10..20]", "> 20"),
    table("n", "[0..10)", "[10..20)", ">= 20"),
    table("n", "-"),
    table("n", "not(5)", "5"),
    table("n", "< 0", ">= 0"),
    table("n", "1, 2, 3", "not(1, 2, 3)"),
    table("N", "<= 50", "> 50"),
    table("N", "[0..100]"),
    table("k", '"a"', '"b"', '"c"'),
    table("K", '"a"', '"b"', '"c"'),
    table("K", '"a", "b"', '"c"'),
    table("K", 'not("a")', '"a"'),
    table("k", '"a"', 'not("a")'),
    table("b", "true", "false"),
    table("d", '< @"2026-01-01"', '>= @"2026-01-01"'),
    table("d", '<= date("2026-01-01")', '>= date("2026-01-02")'),
    table("Kn", '"a"; <= 10', '"a"; > 10', '"b", "c"; -'),
    table("Kb", '"a"; true', '"a"; false', 'not("a"); -'),
    table("nb", "<= 10; true", "<= 10; false", "> 10; -"),
    table("KN", '"a"; [0..10]', '"a"; (10..100]', '"b"; < 40', '"b"; >= 40', '"c"; -'),
    table("n", "> 10", hit="COLLECT"),
    table("n", "> 10", default="0"),
    table("n", "> 10", "> 5", "-", hit="FIRST"),
    table("k", '"a"', '"b"', "-", hit="FIRST"),
    table("kn", '"a"; > 5', '"b"; > 5', "-; > 5", "-; -", hit="FIRST"),
    table("k", 'in ("a", "b")', "-", hit="FIRST"),
    table("k", '< "m"', '>= "m"'),
    table("t", '< time("08:00:00")', '>= time("08:00:00")'),
    table("d", '< @"2026-01-01T00:00:00"', '>= @"2026-01-01T00:00:00Z"'),
    table("c", "0", "[1..3]", ">= 4"),
    table("y", "<= 2025", ">= 2026"),
    table("nn", ">= 5; < 10", "< 5; -", "-; >= 10"),
    table("nx", "< 5; > 10", ">= 5; -"),
    table("Kn", '"a"; > 10', "-; > 10", "-; -", hit="FIRST"),
    table("n", "> 5", "> 3", hit="RULE ORDER"),
    table("n", "<= limit", "> limit"),
    table("k", 'contains(?, "x")', '"a"'),
    table("nm", "<= 10; <= 5", "<= 10; > 5", "> 10; <= 5", "> 10; > 5"),
    table("n", "<= 10", ">= 10", hit="ANY"),
    table("n", "[-5..5]", "< -5", "> 5"),
    table("nbK", "< 5; -; -", '>= 5; true; "a"', '>= 5; true; "b", "c"', ">= 5; false; -"),
]


@pytest.mark.parametrize("logic", IN_ORDER, ids=[str(number) for number in range(len(IN_ORDER))])
def test_a_table_in_order_raises_no_alarm(logic: Table) -> None:
    assert decisions(logic).review() == ()


FAULTS: list[tuple[Table, str, dict[str, Any]]] = [
    (table("n", "<= 10", ">= 10"), "dmn.overlap", {"area": 10}),
    (table("n", "[1..20]", "[15..30]", "< 1", "> 30"), "dmn.overlap", {"area": 15}),
    (table("K", '"a", "b"', '"b", "c"'), "dmn.overlap", {"kind": "b"}),
    (table("Kn", '"a"; > 5', "-; > 9", "-; <= 9", default="0"), "dmn.overlap", {"kind": "a", "area": 9}),
    (table("n", "<= 10", "> 11"), "dmn.gap", {"area": "10.5"}),
    (table("n", "<= 10", ">= 11"), "dmn.gap", {"area": "10.5"}),
    (table("n", "< 10", "> 10"), "dmn.gap", {"area": 10}),
    (table("K", '"a"', '"b"'), "dmn.gap", {"kind": "c"}),
    (table("b", "true"), "dmn.gap", {"agree": False}),
    (table("Kb", '"a"; true', 'not("a"); -'), "dmn.gap", {"kind": "a", "agree": False}),
    (table("n", "> 5", "> 10", "-", hit="FIRST"), "dmn.never_reached", {"area": 10}),
    (table("n", "-", "> 5", hit="FIRST"), "dmn.never_reached", {"area": 6}),
    (table("k", '"a", "b"', '"b"', "-", hit="FIRST"), "dmn.never_reached", {"kind": "b"}),
    (table("n", "<= 5", "> 5", "-", hit="FIRST"), "dmn.reached_when_missing", {}),
    (table("K", '"a", "b"', '"c"', "-", hit="FIRST"), "dmn.reached_when_missing", {}),
    (table("nn", ">= 5; <= 10", "< 5; -", "-; >= 10"), "dmn.overlap", {"area": 10}),
    (table("nn", "> 5; < 5", "-; -", hit="FIRST"), "dmn.never_fires", {}),
    (table("N", "<= 50", "> 50", "> 200"), "dmn.never_fires", {}),
]


@pytest.mark.parametrize(("logic", "code", "example"), FAULTS, ids=[f"{code} {number}" for number, (_, code, _) in enumerate(FAULTS)])
def test_a_fault_is_found_with_an_example(logic: Table, code: str, example: dict[str, Any]) -> None:
    found = decisions(logic).review()
    assert code in [finding.code for finding in found]
    shown = next(finding for finding in found if finding.code == code).facts.get("example")
    if example and code not in ("dmn.never_reached",) and "kind" not in example:
        assert {name: str(value) for name, value in shown.items()} == {name: str(value) for name, value in example.items()}


@pytest.mark.parametrize(("logic", "code", "example"), FAULTS, ids=[f"{code} {number}" for number, (_, code, _) in enumerate(FAULTS)])
def test_the_example_shows_the_fault_when_it_is_decided(logic: Table, code: str, example: dict[str, Any]) -> None:
    read = decisions(logic)
    for finding in read.review():
        decided = read.decide("d", finding.facts.get("example", {}))
        if finding.code == "dmn.overlap":
            assert decided.problems[0].code == "dmn.several_rules"
        elif finding.code == "dmn.gap":
            assert (decided.value, decided.fired, decided.problems) == (None, (), ())
        elif finding.code == "dmn.never_reached":
            assert decided.fired[0].number in finding.facts["hidden_by"]
        elif finding.code == "dmn.reached_when_missing":
            assert decided.fired[0].number == finding.facts["rule"]


def test_overlaps_are_errors_of_check_too() -> None:
    found = decisions(table("n", "<= 10", ">= 10")).check({"area": "number"})
    assert [(one.place, one.code) for one in found] == [("d#rule 2", "dmn.overlap")]


def test_a_row_never_reached_names_the_rows_that_hide_it() -> None:
    found = decisions(table("Kn", '"a"; > 5', "-; > 9", '"b"; > 20', '"a"; > 3', '"a"; > 4', hit="FIRST")).review()
    hidden = {finding.facts["rule"]: finding.facts["hidden_by"] for finding in found if finding.code == "dmn.never_reached"}
    assert hidden == {3: [2], 5: [4]}
    (together,) = [one for one in decisions(table("n", "< 5", "< 10", ">= 5", "7", hit="FIRST")).review() if one.facts.get("rule") == 4]
    assert together.facts["hidden_by"] == [2]


def test_a_table_without_rows_has_one_gap() -> None:
    assert [one.code for one in decisions(Table((HEADS["n"],), (Output("fee"),), ())).review()] == ["dmn.gap"]


def test_a_table_of_thousands_of_rows_is_reviewed_within_seconds() -> None:
    began = process_time()
    rows = [f'"kind {n}"; [{n}..{n + 1})' for n in range(4000)]
    read = decisions(table("kn", *rows))
    read.check({})
    read.review()
    assert process_time() - began < 10


def test_a_large_table_is_reviewed_soon() -> None:
    rows = [f"[{n}..{n + 1}); [{m}..{m + 1})" for n in range(20) for m in range(20)]
    found = decisions(table("nm", *rows)).review()
    assert [one.code for one in found] == ["dmn.gap"]

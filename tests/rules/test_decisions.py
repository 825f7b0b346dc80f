"""Decision tables and requirement graphs: what is decided, which rules fired, and what is said when nothing can be decided."""

from __future__ import annotations

from decimal import Decimal

import pytest

import rules
from rules.dmn.model import (
    Decision,
    FunctionDefinition,
    Input,
    InputData,
    Knowledge,
    Literal,
    Model,
    Output,
    Rule,
    Service,
    Table,
    Variable,
)


def table(hit: str, *rows: str, aggregation: str = "", outputs: tuple[Output, ...] = (Output("fee"),)) -> Table:
    """A table over `area`; a row is "cell => output | output"."""
    made = []
    for number, row in enumerate(rows, 1):
        cell, _, results = row.partition("=>")
        values = tuple(part.strip() for part in results.split("|"))
        made.append(Rule((cell.strip(),), values, (f"row {number}",), f"r{number}"))
    return Table((Input("area", "number"),), outputs, tuple(made), hit, aggregation)


def decisions(logic: Table, *more: object) -> rules.Decisions:
    elements = (Decision("tax", "Tax", logic=logic), *more)
    return rules.read_decisions(rules.write_decisions(Model("m", "urn:m", elements=elements)))  # type: ignore[arg-type]


def decide(hit: str, area: object, *rows: str, **options: object) -> rules.Decided:
    return decisions(table(hit, *rows, **options)).decide("tax", {"area": area})  # type: ignore[arg-type]


LAYERS = ("< 10 => 1", "< 100 => 2", "- => 3")


@pytest.mark.parametrize(
    ("hit", "aggregation", "area", "value", "fired"),
    [
        ("FIRST", "", 5, 1, [1]),
        ("FIRST", "", 50, 2, [2]),
        ("RULE ORDER", "", 50, [2, 3], [2, 3]),
        ("COLLECT", "", 5, [1, 2, 3], [1, 2, 3]),
        ("COLLECT", "SUM", 5, 6, [1, 2, 3]),
        ("COLLECT", "MIN", 50, 2, [2, 3]),
        ("COLLECT", "MAX", 50, 3, [2, 3]),
        ("COLLECT", "COUNT", 500, 1, [3]),
    ],
)
def test_each_hit_policy_gives_its_result_and_the_rules_that_fired(
    hit: str, aggregation: str, area: int, value: object, fired: list[int]
) -> None:
    decided = decide(hit, area, *LAYERS, aggregation=aggregation)
    assert decided.value == value
    assert [one.number for one in decided.fired] == fired
    assert decided.problems == ()


def test_a_unique_table_says_which_rule_it_was() -> None:
    decided = decide("UNIQUE", 50, "<= 10 => 1", "> 10 => area * 2")
    assert decided.value == 100
    assert decided.fired == (rules.Fired("tax", "r2", 2, ("row 2",)),)


def test_two_rules_of_a_unique_table_give_null_and_say_so() -> None:
    decided = decide("UNIQUE", 10, "<= 10 => 1", ">= 10 => 2")
    assert decided.value is None
    assert decided.fired == ()
    (problem,) = decided.problems
    assert (problem.place, problem.code, problem.facts["rules"]) == ("tax", "dmn.several_rules", [1, 2])


def test_an_any_table_wants_its_rules_to_agree() -> None:
    assert decide("ANY", 10, "<= 10 => 1", ">= 10 => 1").value == 1
    assert decide("ANY", 10, "<= 10 => 1", ">= 10 => 2").problems[0].code == "dmn.outputs_differ"


def test_priority_and_output_order_go_by_the_allowed_values() -> None:
    risk = (Output("risk", allowed='"high", "middle", "low"'),)
    rows = ('- => "low"', '> 5 => "high"', '> 3 => "middle"')
    first = decide("PRIORITY", 10, *rows, outputs=risk)
    assert (first.value, [one.number for one in first.fired]) == ("high", [2])
    assert decide("OUTPUT ORDER", 10, *rows, outputs=risk).value == ["high", "middle", "low"]


def test_defaults_answer_where_no_rule_fires() -> None:
    outputs = (Output("fee", default="0"), Output("note"))
    assert decide("UNIQUE", 3, '> 5 => 1 | "x"', outputs=outputs).value == {"fee": 0, "note": None}
    assert decide("UNIQUE", 3, "> 5 => 1").value is None
    assert decide("COLLECT", 3, "> 5 => 1").value == []
    assert decide("COLLECT", 3, "> 5 => 1", aggregation="SUM").value is None
    assert decide("COLLECT", 3, "> 5 => 1", aggregation="COUNT").value == 0


def test_several_outputs_are_a_context() -> None:
    outputs = (Output("fee"), Output("desk"))
    assert decide("UNIQUE", 7, '> 5 => area * 2 | "survey"', outputs=outputs).value == {"fee": 14, "desk": "survey"}


def test_an_input_outside_its_allowed_values_is_not_decided() -> None:
    logic = Table((Input("kind", allowed='"a", "b"'),), (Output(),), (Rule(("-",), ("1",)),))
    assert decisions(logic).decide("tax", {"kind": "a"}).value == 1
    refused = decisions(logic).decide("tax", {"kind": "c"})
    assert (refused.value, refused.problems[0].code) == (None, "dmn.not_allowed")


def test_money_is_exact() -> None:
    decided = decide("COLLECT", Decimal("61"), "> 60 => round half up(area * 0.335, 2)", "- => 10.3", aggregation="SUM")
    assert decided.value == Decimal("30.74")


def test_requirements_knowledge_and_services_work_together() -> None:
    model = Model(
        "m",
        "urn:m",
        elements=(
            InputData("i", "application"),
            Knowledge("k", "per metre", FunctionDefinition((Variable("n"),), Literal("n * 1000"))),
            Decision("base", "Base fee", requires=("i",), knowledge=("k",), logic=Literal("per metre(application.area)")),
            Decision("total", "Total", requires=("base",), logic=Literal("Base fee + 500")),
            Service("s", "Fees", outputs=("total",), encapsulated=("base",), input_data=("i",)),
        ),
    )
    read = rules.read_decisions(rules.write_decisions(model))
    assert read.ids == ("base", "total")
    assert read.names == {"base": "Base fee", "total": "Total"}
    assert read.decide("total", {"application": {"area": 3}}).value == 3500
    assert read.decide("Total", {"application": {"area": 3}}).value == 3500
    assert read.decide("s", {"application": {"area": 2}}).value == 2500
    assert read.reads("total") == {"application.area"}


def test_an_unknown_decision_is_an_error_with_its_place() -> None:
    with pytest.raises(rules.DecisionError) as error:
        decisions(table("UNIQUE", "- => 1")).decide("fee", {})
    assert error.value.facts["place"] == "fee"


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (b"<a", "well-formed"),
        (b"<definitions/>", "no DMN file"),
        (b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><definitions xmlns="urn:x/DMN/">&e;</definitions>', "type"),
        (b"", "well-formed"),
        (b"\xff\xfe\x00", "well-formed"),
    ],
)
def test_what_is_no_plain_dmn_is_refused_with_a_sentence(xml: bytes, reason: str) -> None:
    with pytest.raises(rules.DecisionError, match=reason):
        rules.read_decisions(xml)


def test_a_rule_with_missing_cells_is_refused_with_its_line() -> None:
    xml = rules.write_decisions(Model("m", "urn:m", elements=(Decision("d", "D", logic=table("UNIQUE", "- => 1")),)))
    broken = xml.replace(b"<outputEntry>", b"<other>").replace(b"</outputEntry>", b"</other>")
    with pytest.raises(rules.DecisionError, match=r"line \d+: rule 1 has not one cell"):
        rules.read_decisions(broken)


def test_a_text_that_cannot_be_read_gives_null_and_a_finding() -> None:
    read = decisions(table("UNIQUE", "- => 1 +"))
    assert read.decide("tax", {"area": 1}).problems[0].place == "tax#rule 1"
    (finding,) = read.check({"area": "number"})
    assert (finding.place, finding.code, finding.facts["output"]) == ("tax#rule 1", "feel.syntax", 1)


def test_check_finds_unknown_names_wrong_cells_and_outputs() -> None:
    logic = Table(
        (Input("application.lus", "number"), Input("application.kind")),
        (Output("fee", "number", allowed="1, 2"),),
        (Rule(("-", "> 3"), ('"x"',)), Rule(("> 10", '"a"'), ("3",))),
    )
    found = decisions(logic).check({"application": {"luas": "number", "kind": "string"}})
    assert [(one.place, one.code) for one in found] == [
        ("tax#input 1", "feel.unknown_name"),
        ("tax#rule 1", "feel.wrong_type"),
        ("tax#rule 1", "dmn.wrong_type"),
        ("tax#rule 2", "dmn.not_an_output_value"),
    ]
    assert found[0].facts["nearest"] == "application.luas"


def test_a_decision_tells_the_type_of_its_result() -> None:
    assert decisions(table("UNIQUE", "- => 1", outputs=(Output("fee", "number"),))).output_type("tax") == "number"
    outputs = (Output("fee", "number"), Output("desk", "string"))
    assert decisions(table("UNIQUE", "- => 1 | 2", outputs=outputs)).output_type("tax") == {"fee": "number", "desk": "string"}
    assert decisions(table("COLLECT", "- => 1", outputs=(Output("fee", "number"),))).output_type("tax") == ["list", "number"]


def test_names_of_the_data_that_are_no_identifiers_can_be_read() -> None:
    logic = Table((Input("road class.width"),), (Output(),), (Rule(("> 3",), ("1",)),))
    assert decisions(logic).decide("tax", {"road class": {"width": 4}}).value == 1


def test_endless_requirements_and_heavy_tables_are_refused() -> None:
    circle = (Decision("a", "A", requires=("b",), logic=Literal("B")), Decision("b", "B", requires=("a",), logic=Literal("A")))
    with pytest.raises(rules.FeelLimit):
        rules.read_decisions(rules.write_decisions(Model("m", "urn:m", elements=circle))).decide("a", {})
    with pytest.raises(rules.FeelLimit):
        decide("UNIQUE", 1, "- => count(for i in 1..10000000 return i)")


def test_keys_that_one_decision_makes_can_be_read_by_another() -> None:
    elements = (
        Decision("a", "A", logic=Literal('{road class: "main", width: 4}')),
        Decision("b", "B", requires=("a",), logic=Literal("A.road class")),
    )
    read = rules.read_decisions(rules.write_decisions(Model("m", "urn:m", elements=elements)))
    assert read.decide("b", {}).value == "main"

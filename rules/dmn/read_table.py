"""Decision tables from DMN XML."""

from __future__ import annotations

from typing import Any

from rules.dmn.model import AGGREGATIONS, HIT_POLICIES, Input, Output, Rule, Table
from rules.dmn.xml import kid, kids, name_of, text_in, unreadable, words_in


def read_table(element: Any) -> Table:
    """A `decisionTable` element. Raises DecisionError for a hit policy that does not exist or a rule with missing cells."""
    place = f"line {element.sourceline}"
    hit = (element.get("hitPolicy") or "UNIQUE").upper().replace("_", " ")
    aggregation = (element.get("aggregation") or "").upper()
    if hit not in HIT_POLICIES or aggregation not in AGGREGATIONS:
        raise unreadable(place, f"there is no hit policy {hit} {aggregation}".rstrip())
    inputs = tuple(map(_input, kids(element, "input")))
    outputs = tuple(map(_output, kids(element, "output")))
    if not outputs:
        raise unreadable(place, "a table needs at least one output")
    return Table(
        inputs=inputs,
        outputs=outputs,
        rules=tuple(_rule(rule, number, len(inputs), len(outputs)) for number, rule in enumerate(kids(element, "rule"), 1)),
        hit=hit,
        aggregation=aggregation,
        annotation_names=tuple(one.get("name") or "" for one in kids(element, "annotation")),
        type_ref=(element.get("typeRef") or "").strip(),
        id=element.get("id") or "",
    )


def _input(element: Any) -> Input:
    expression = kid(element, "inputExpression")
    return Input(
        text=text_in(expression),
        type_ref=(expression.get("typeRef") or "").strip() if expression is not None else "",
        allowed=text_in(kid(element, "inputValues")),
        label=element.get("label") or "",
        id=element.get("id") or "",
    )


def _output(element: Any) -> Output:
    return Output(
        name=name_of(element),
        type_ref=(element.get("typeRef") or "").strip(),
        allowed=text_in(kid(element, "outputValues")),
        default=text_in(kid(element, "defaultOutputEntry")),
        label=element.get("label") or "",
        id=element.get("id") or "",
    )


def _rule(element: Any, number: int, inputs: int, outputs: int) -> Rule:
    tests = tuple(map(text_in, kids(element, "inputEntry")))
    results = tuple(map(text_in, kids(element, "outputEntry")))
    if len(tests) != inputs or len(results) != outputs:
        raise unreadable(f"line {element.sourceline}", f"rule {number} has not one cell for each column")
    return Rule(
        inputs=tests,
        outputs=results,
        annotations=tuple(map(text_in, kids(element, "annotationEntry"))),
        id=element.get("id") or "",
        description=words_in(element, "description"),
    )

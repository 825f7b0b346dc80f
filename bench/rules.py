"""What rules cost, as ratios to Python's own `eval` of the same thing in the same run: absolute times depend on the machine.

    python -m bench.rules"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from time import thread_time
from typing import Any

import rules
from rules.dmn.model import Decision, Input, Model, Output, Rule, Table
from rules.feel.expression import Expression
from rules.feel.parser import parse

CONDITION = 'fee > 0 and risk = "high"'
FEE = "round half up(area * rate, 2) + if lit then 1000 else 0"


def seconds(work: Callable[[], Any], least: float = 0.2) -> float:
    """Processor time of one call, the best of three runs."""
    work()
    best = float("inf")
    for _ in range(3):
        count, began = 0, thread_time()
        while thread_time() - began < least:
            for _ in range(20):
                work()
            count += 20
        best = min(best, (thread_time() - began) / count)
    return best


def tax_table() -> rules.Decisions:
    """A UNIQUE table of 20 rows and 3 inputs; the last row fires."""
    inputs = (Input("application.kind"), Input("application.area"), Input("application.lit"))
    made = [Rule(('"billboard"', f"({n * 10}..{n * 10 + 10}]", "true"), (f"application.area * {n + 1}",)) for n in range(20)]
    model = Model("bench", "urn:bench", elements=(Decision("tax", "Tax", logic=Table(inputs, (Output("fee"),), tuple(made))),))
    return rules.read_decisions(rules.write_decisions(model))


def form() -> tuple[list[rules.Expression], dict[str, Any]]:
    """50 conditions over an application of 200 answers."""
    answers = {f"field{n}": Decimal(n) if n % 2 else f"text {n}" for n in range(200)}
    texts = [f'application.field{n * 4 + 1} > {n} and application.field{n * 4 + 2} = "text {n}"' for n in range(50)]
    return [rules.compile(text) for text in texts], {"application": answers}


def main() -> None:
    context = {"fee": Decimal(5), "risk": "high", "area": Decimal("61.5"), "rate": Decimal("0.335"), "lit": True}
    python = compile('fee > 0 and risk == "high"', "bench", "eval")
    floor = seconds(lambda: eval(python, {}, context))
    parsed = seconds(lambda: eval('fee > 0 and risk == "high"', {}, context))
    condition, fee, table = rules.compile(CONDITION), rules.compile(FEE), tax_table()
    conditions, answers = form()
    application = {"application": {"kind": "billboard", "area": Decimal("195"), "lit": True}}
    figures = [
        ("condition, ready", seconds(lambda: condition.evaluate(context)), floor),
        ("condition, ready, Python's eval from text", parsed, floor),
        ("condition from text, cached", seconds(lambda: rules.evaluate(CONDITION, context)), floor),
        ("condition from text, first time", seconds(lambda: Expression(CONDITION, parse(CONDITION)).evaluate(context)), parsed),
        ("fee with rounding, ready", seconds(lambda: fee.evaluate(context)), floor),
        ("50 conditions over 200 answers", seconds(lambda: [one.holds(answers) for one in conditions]), floor),
        ("table of 20 rows and 3 inputs", seconds(lambda: table.decide("tax", application)), floor),
    ]
    print(f"Python's eval of the ready condition: {floor * 1e6:.2f} us; from text: {parsed * 1e6:.2f} us")
    for name, cost, against in figures:
        print(f"{name:44} {cost * 1e6:9.2f} us   {cost / against:7.1f} x")


if __name__ == "__main__":
    main()

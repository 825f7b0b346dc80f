"""What rules cost, beside Python's own `eval` and simpleeval of the same thing in the same run: absolute times depend on the machine.

    python -m bench.rules

Processor time of this process, the median of many short runs: the machine may be shared. Python's `eval` is no candidate (it runs
anything), it is the floor; simpleeval is what a Python program would take for conditions that are harmless, with floats for money."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from time import process_time
from types import SimpleNamespace
from typing import Any

from simpleeval import SimpleEval

import rules
from rules.dmn.model import Decision, Input, Model, Output, Rule, Table
from rules.feel.expression import Expression
from rules.feel.parser import parse

CONDITION = 'fee > 0 and risk = "high"'
FEE = "round half up(area * rate, 2) + if lit then 1000 else 0"
CONTEXT = {"fee": Decimal(5), "risk": "high", "area": Decimal("61.5"), "rate": Decimal("0.335"), "lit": True}
ROWS = 20
FORM = {f"field{n}": Decimal(n) if n % 2 else f"text {n}" for n in range(200)}
Work = Callable[[], Any]


@dataclass(frozen=True)
class Figure:
    """One thing measured: by `rules`, by Python's `eval`, by simpleeval; and what it may cost, in microseconds (0: no goal)."""

    name: str
    rules: Work
    python: Work
    simple: Work
    goal: float = 0


def seconds(work: Work, runs: int = 15, least: float = 0.03) -> float:
    """Processor time of one call: the median of the runs."""
    work()
    return median(_one_run(work, least) for _ in range(runs))


def _one_run(work: Work, least: float) -> float:
    count, began = 0, process_time()
    while process_time() - began < least:
        for _ in range(20):
            work()
        count += 20
    return (process_time() - began) / count


def from_python(text: str, names: dict[str, Any]) -> Work:
    """A ready expression for Python's `eval`."""
    code = compile(text, "bench", "eval")
    return lambda: eval(code, {}, names)


def from_simpleeval(text: str, names: dict[str, Any], **functions: Any) -> Work:
    """A ready expression for simpleeval."""
    evaluator = SimpleEval(names=names, functions=functions)
    parsed = evaluator.parse(text)
    return lambda: evaluator.eval(text, previously_parsed=parsed)


def tax_table() -> rules.Decisions:
    """A UNIQUE table of 20 rows and 3 inputs; the last row fires."""
    inputs = (Input("application.kind"), Input("application.area"), Input("application.lit"))
    made = [Rule(('"billboard"', f"({n * 10}..{n * 10 + 10}]", "true"), (f"application.area * {n + 1}",)) for n in range(ROWS)]
    model = Model("bench", "urn:bench", elements=(Decision("tax", "Tax", logic=Table(inputs, (Output("fee"),), tuple(made))),))
    return rules.read_decisions(rules.write_decisions(model))


def table_figure() -> Figure:
    """The table against the list of its rows as conditions, all asked, as UNIQUE asks them; then the result of the one that holds."""
    answers = {"kind": "billboard", "area": Decimal(195), "lit": True}
    rows = [f'kind == "billboard" and {n * 10} < area <= {n * 10 + 10} and lit == True' for n in range(ROWS)]
    results = [f"area * {n + 1}" for n in range(ROWS)]

    def by(maker: Callable[..., Work]) -> Work:
        tests = [maker(text, answers) for text in rows]
        outputs = [maker(text, answers) for text in results]
        return lambda: [output() for test, output in zip(tests, outputs, strict=True) if test()]

    table = tax_table()
    if not table.decide("tax", {"application": answers}).value == by(from_python)()[0] == by(from_simpleeval)()[0]:
        raise SystemExit("the three do not agree on the table")
    return Figure("table of 20 rows and 3 inputs", lambda: table.decide("tax", {"application": answers}), by(from_python),
                  by(from_simpleeval), 100)  # fmt: skip


def form_figure() -> Figure:
    """50 conditions over an application of 200 answers."""
    texts = [f'application.field{n * 4 + 1} > {n} and application.field{n * 4 + 2} = "text {n}"' for n in range(50)]
    conditions = [rules.compile(text) for text in texts]
    python = [from_python(text.replace(" = ", " == "), {"application": SimpleNamespace(**FORM)}) for text in texts]
    simple = [from_simpleeval(text.replace(" = ", " == "), {"application": SimpleNamespace(**FORM)}) for text in texts]
    context = {"application": FORM}
    return Figure(
        "50 conditions over 200 answers",
        lambda: [one.holds(context) for one in conditions],
        lambda: [one() for one in python],
        lambda: [one() for one in simple],
        200,
    )


def figures() -> tuple[Figure, ...]:
    """All that is measured."""
    python_text, fee_text = 'fee > 0 and risk == "high"', "half_up(area * rate, 2) + (1000 if lit else 0)"
    condition, fee, evaluator = rules.compile(CONDITION), rules.compile(FEE), SimpleEval(names=CONTEXT)
    return (
        Figure("condition, ready", lambda: condition.evaluate(CONTEXT), from_python(python_text, CONTEXT),
               from_simpleeval(python_text, CONTEXT), 5),
        Figure("condition from text, first time", lambda: Expression(CONDITION, parse(CONDITION)).evaluate(CONTEXT),
               lambda: eval(python_text, {}, CONTEXT), lambda: evaluator.eval(python_text)),
        Figure("condition from text, known", lambda: rules.evaluate(CONDITION, CONTEXT),
               lambda: eval(python_text, {}, CONTEXT), lambda: evaluator.eval(python_text)),
        Figure("fee with rounding, ready", lambda: fee.evaluate(CONTEXT),
               from_python(fee_text, {**CONTEXT, "half_up": round}), from_simpleeval(fee_text, CONTEXT, half_up=round)),
        table_figure(),
        form_figure(),
    )  # fmt: skip


def main() -> int:
    missed = []
    print(f"{'':32} {'rules':>10} {'eval':>10} {'simpleeval':>10}   ratio to eval  to simpleeval  goal")
    for one in figures():
        mine, python, simple = (seconds(work) * 1e6 for work in (one.rules, one.python, one.simple))
        goal = f"{one.goal:.0f} us {'met' if mine <= one.goal else 'MISSED'}" if one.goal else ""
        missed += [one.name] if one.goal and mine > one.goal else []
        print(f"{one.name:32} {mine:7.2f} us {python:7.2f} us {simple:7.2f} us {mine / python:13.1f} x {mine / simple:12.2f} x  {goal}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

"""What a permit would cost, before applying: the bundle's own questions and its own table, the same that will charge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import rules
from engine.procedures import Bundle
from engine.store import NotFound
from forms import Form
from hall import now, office, zone
from hall.formats import words


@dataclass(frozen=True)
class Line:
    """One line of an estimate: what for, and how much (None when the line only explains)."""

    text: str
    amount: int | None


@dataclass(frozen=True)
class Estimate:
    """An amount in Rupiah with the lines it is made of; `amount` None when the office's table has no row for these answers."""

    amount: int | None
    lines: Sequence[Line]


def questions(bundle: Bundle) -> Form:
    """The form that asks for what the estimate needs. Raises NotFound for a permit without an estimate."""
    fee = bundle.about.fee
    if not fee or not fee.simulation:
        raise NotFound(what="procedure")
    return bundle.forms[fee.simulation]


def estimate(bundle: Bundle, answers: Mapping[str, Any]) -> Estimate:
    """Ask the bundle's decision as if these were the answers of the application."""
    fee, at = bundle.about.fee, now()
    functions = office().calendar.functions(at)
    local = at.astimezone(zone())
    facts: dict[str, Any] = {fee.stands_for or fee.simulation: dict(answers), fee.simulation: dict(answers)}
    facts[fee.decision] = bundle.decide(fee.decision, facts, now=local, functions=functions).value
    amount = rules.evaluate(fee.amount, facts, now=local, functions=functions)
    lines = rules.evaluate(fee.lines, facts, now=local, functions=functions) if fee.lines else []
    return Estimate(whole(amount), [line_of(line) for line in lines or [] if isinstance(line, Mapping)])


def line_of(line: Mapping[str, Any]) -> Line:
    """A line of the table: its `label` (one text, or one by language) and its `amount`."""
    label = line.get("label", "")
    return Line(words(dict(label)) if isinstance(label, Mapping) else str(label), whole(line.get("amount")))


def whole(amount: Any) -> int | None:
    """Whole Rupiah, or None for anything that is no amount."""
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal) or amount < 0 or amount != int(amount):
        return None
    return int(amount)

"""Charge what a decision table says; nobody types an amount."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine import fees
from engine.store import EngineError

from .action import Work

NAME = "charge"
FIELDS = {"amount": "number", "decision": "decision", "title_id": "text", "title_en": "text"}
WRITES = {"amount": "number"}
LATER = False


class NoAmount(EngineError):
    """The decision {decision} gave no amount for this application: a row is missing in its table. Nothing was charged."""

    code = "actions.no_amount"


def run(work: Work, prepared: Any = None) -> dict[str, Any]:
    """The header `amount` (FEEL) in whole Rupiah; `decision` names whose rows and lines explain it. A missing amount is never 0."""
    decision = work.header("decision") or str(work.step.headers.get("amount", "")).lstrip("= ").partition(".")[0]
    amount = work.header("amount")
    if not isinstance(amount, (int, Decimal)) or isinstance(amount, bool) or amount != int(amount) or amount < 0:
        raise NoAmount(decision=decision)
    found = work.facts.get(decision)
    lines = found.get("lines") or [] if isinstance(found, dict) else []
    title = {"id": str(work.header("title_id", work.step.name)), "en": str(work.header("title_en", work.step.name))}
    fees.charge(
        work.session,
        work.case.id,
        step=work.step.id,
        title=title,
        amount=int(amount),
        lines=[_line(each) for each in lines],
        rows=work.fired.get(decision, []),
        at=work.at,
    )
    return {"amount": int(amount)}


def _line(line: Any) -> dict[str, Any]:
    return {
        key: int(value) if isinstance(value, Decimal) and value == int(value) else value if isinstance(value, (int, str)) else str(value)
        for key, value in dict(line).items()
    }

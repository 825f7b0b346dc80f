"""Charge what a decision table says; nobody types an amount."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine import fees
from engine.store import EngineError

from .action import Work

NAME = "charge"
TITLE = {"id": "Tetapkan biaya", "en": "Charge the fee"}
FIELDS = {"amount": "number", "lines": "list", "title": "text", "account": "text"}
LABELS = {
    "amount": {"id": "Jumlah", "en": "Amount"},
    "lines": {"id": "Rincian", "en": "How it is made up"},
    "title": {"id": "Nama biaya", "en": "What the fee is called"},
    "account": {"id": "Rekening", "en": "Account"},
}
WRITES = {"amount": "number"}
LATER = False


class NoAmount(EngineError):
    """The decision {decision} gave no amount for this application: a row is missing in its table. Nothing was charged."""

    code = "actions.no_amount"


def run(work: Work, prepared: Any = None) -> dict[str, Any]:
    """The header `amount` (FEEL) in whole Rupiah, less what was paid already; `lines` explain it. A missing amount is never 0.

    Gives what is still to be paid: 0 when the case was sent back after its payment and costs no more than before.
    """
    decision = str(work.step.headers.get("amount", "")).lstrip("= ").partition(".")[0]
    amount = work.header("amount")
    if not isinstance(amount, (int, Decimal)) or isinstance(amount, bool) or amount != int(amount) or amount < 0:
        raise NoAmount(decision=decision)
    known = fees.fees_of(work.session, work.case.id) if work.step.id in work.charged else ()
    paid = fees.paid(work.session, work.case.id, work.step.id, known=known)
    if paid and amount <= paid:
        fees.replace(work.session, work.case.id, work.step.id, at=work.at, known=known)
        return {"amount": 0}
    key = str(work.header("title", work.step.id))
    fees.charge(
        work.session,
        work.case.id,
        step=work.step.id,
        title={lang: str(work.bundle.texts.get(lang, {}).get("fees", {}).get(key, work.step.name)) for lang in ("id", "en")},
        amount=int(amount) - paid,
        lines=[{name: _plain(value) for name, value in dict(each).items()} for each in work.header("lines") or []],
        rows=work.history.fired(decision),
        at=work.at,
        known=known,
    )
    if work.step.id not in work.charged:
        work.charged.append(work.step.id)
    return {"amount": int(amount) - paid}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else str(value)
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return value if isinstance(value, (int, str)) else str(value)

"""The treasurer has confirmed: the open fee is paid."""

from __future__ import annotations

from datetime import date
from typing import Any

import rules
from engine import fees

from .action import Work

NAME = "settle"
TITLE = {"id": "Biaya lunas", "en": "The fee is paid"}
FIELDS = {"payment": "form", "confirm": "form"}
LABELS = {
    "payment": {"id": "Formulir pembayaran", "en": "Form of the payment"},
    "confirm": {"id": "Formulir pencocokan", "en": "Form of the confirmation"},
}
WRITES = {"amount": "number"}
LATER = False


def run(work: Work, prepared: Any = None) -> dict[str, Any]:
    """Settle the fee with the answers of the applicant (`payment`) and the treasurer (`confirm`) as evidence."""
    claimed = work.facts.get(str(work.header("payment", "payment")), {})
    form = str(work.header("confirm", "confirm"))
    confirmed = work.facts.get(form, {})
    received = next((value for value in confirmed.values() if isinstance(value, date)), None)
    amount = fees.settle(
        work.session,
        work.case.id,
        provider="bank_transfer",
        received_on=received,
        evidence=rules.plain({"claimed": claimed, "confirmed": confirmed}),
        by=work.history.sent_by(form),
        at=work.at,
    )
    return {"amount": amount}

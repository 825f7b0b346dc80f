"""What a case owes and what was paid, with the lines and the rows of the table that gave the amount."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.cases import CaseFile
from engine.fees import Fee
from engine.people import APPLICANT
from hall import formats


@dataclass(frozen=True)
class Bill:
    """One fee as the payer reads it. `state` is open, checking (the proof is here), paid, nothing (0 Rupiah) or dropped."""

    title: str
    amount: int
    state: str
    lines: tuple[tuple[str, int], ...]
    grounds: tuple[str, ...]
    charged: datetime
    paid: datetime | None


def bills(found: CaseFile) -> list[Bill]:
    """The fees of a case, newest first; one that was replaced by another is left out."""
    proved = any(each.clock == "payment" and each.desk != APPLICANT for each in found.status.waiting)  # the treasurer matches the proof
    return [_bill(fee, proved) for fee in reversed(found.fees) if fee.replaced_at is None or found.case.ended_at is not None]


def _bill(fee: Fee, proved: bool) -> Bill:
    unpaid = "checking" if proved else "open"
    state = "paid" if fee.payments else unpaid if fee.is_open else "dropped" if fee.replaced_at else "nothing"
    notes = dict.fromkeys(str(note) for row in fee.rows for note in row.get("notes", ()) if note)
    lines = tuple((_label(line), int(line["amount"])) for line in fee.lines if isinstance(line.get("amount"), int))
    return Bill(formats.words(fee.title), fee.amount, state, lines, tuple(notes), fee.charged_at, fee.settled_at if fee.payments else None)


def _label(line: Mapping[str, Any]) -> str:
    label = line.get("label", "")
    return formats.words(label) if isinstance(label, Mapping | str) else str(label)  # type: ignore[arg-type]

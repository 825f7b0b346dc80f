"""Charging a case, and settling what was charged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from engine import timeline
from engine.store import EngineError, Session, new_id

from .read import fees_of, open_fee
from .tables import Fee, Payment


class NothingToPay(EngineError):
    """This case has no open fee."""

    code = "fees.nothing_to_pay"


def charge(
    session: Session,
    case: str,
    *,
    step: str,
    title: dict[str, str],
    amount: int,
    lines: Sequence[dict[str, Any]],
    rows: Sequence[dict[str, Any]],
    at: datetime,
    known: Sequence[Fee] | None = None,
) -> str:
    """Charge a case; an earlier open fee of the same step is replaced and kept. A fee of 0 is settled at once.

    `known`: the fees of the case, if they were looked up already. Gives the fee's id.
    """
    if not isinstance(amount, int) or isinstance(amount, bool) or amount < 0:
        raise ValueError(f"a fee is a whole number of Rupiah, not {amount!r}")
    replace(session, case, step, at=at, known=known)
    row = {"id": new_id(), "case_id": case, "step": step, "title": title, "amount": amount, "lines": list(lines), "rows": list(rows)}
    session.insert(Fee, {**row, "charged_at": at, "settled_at": at if amount == 0 else None})
    timeline.tell(session, "fee.charged", by=None, at=at, case=case, fee=row["id"], amount=amount)
    return str(row["id"])


def replace(session: Session, case: str, step: str, *, at: datetime, known: Sequence[Fee] | None = None) -> None:
    """What a step has charged before and nobody has paid is no longer asked for; it is kept."""
    for earlier in fees_of(session, case) if known is None else known:
        if earlier.step == step and earlier.replaced_at is None and not earlier.payments:
            earlier.replaced_at = at


def settle(
    session: Session, case: str, *, provider: str, received_on: date | None, evidence: dict[str, Any], by: str | None, at: datetime
) -> Payment:
    """The whole open amount has arrived. Raises NothingToPay."""
    fee = open_fee(session, case)
    if fee is None:
        raise NothingToPay()
    payment = Payment(provider=provider, amount=fee.amount, received_on=received_on, evidence=evidence, confirmed_by=by, confirmed_at=at)
    fee.payments.append(payment)
    fee.settled_at = at
    session.flush()
    timeline.tell(session, "fee.settled", by=by, at=at, case=case, fee=fee.id, amount=fee.amount, provider=provider)
    return payment


def waive(session: Session, case: str, *, by: str | None, at: datetime) -> None:
    """Drop what is still open (the application was withdrawn, refused or lapsed)."""
    for fee in fees_of(session, case):
        if fee.is_open:
            fee.replaced_at = at
            timeline.tell(session, "fee.dropped", by=by, at=at, case=case, fee=fee.id, amount=fee.amount)


def ask_again(session: Session, case: str, *, dropped: datetime, by: str | None, at: datetime) -> None:
    """What was waived at that moment is due again (the case was opened again): of every step the newest charge."""
    newest = {fee.step: fee for fee in fees_of(session, case)}
    for fee in newest.values():
        if fee.replaced_at == dropped and fee.settled_at is None:
            fee.replaced_at = None
            timeline.tell(session, "fee.charged", by=by, at=at, case=case, fee=fee.id, amount=fee.amount)

"""Charging a case, and settling what was charged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from engine import timeline
from engine.store import EngineError, Prepared, Session, new_id, table_of

from .read import fees_of
from .tables import Fee, Payment

_FEE = table_of(Fee)
_AWAITED = (_FEE.c.case_id == bindparam("the_case"), _FEE.c.settled_at.is_(None), _FEE.c.replaced_at.is_(None), _FEE.c.amount > 0)
_OLDEST = select(_FEE.c.id).where(*_AWAITED).order_by(_FEE.c.id).limit(1).scalar_subquery()
_SETTLED = Prepared(update(_FEE).where(_FEE.c.id == _OLDEST).values(settled_at=bindparam("now")).returning(_FEE.c.id, _FEE.c.amount))
_WAIVED = Prepared(update(_FEE).where(*_AWAITED).values(replaced_at=bindparam("now")).returning(_FEE.c.id, _FEE.c.amount))


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
) -> int:
    """The whole open amount has arrived. Gives it, in Rupiah. Raises NothingToPay."""
    found = _changed(session, _SETTLED, case, at)
    if not found:
        raise NothingToPay()
    ((fee, amount),) = found
    row = {"id": new_id(), "fee_id": fee, "provider": provider, "amount": amount, "received_on": received_on, "evidence": evidence}
    session.insert(Payment, {**row, "confirmed_by": by, "confirmed_at": at})
    timeline.tell(session, "fee.settled", by=by, at=at, case=case, fee=fee, amount=amount, provider=provider)
    return amount


def waive(session: Session, case: str, *, by: str | None, at: datetime) -> None:
    """Drop what is still open (the application was withdrawn, refused or lapsed)."""
    for fee, amount in _changed(session, _WAIVED, case, at):
        timeline.tell(session, "fee.dropped", by=by, at=at, case=case, fee=fee, amount=amount)


def _changed(session: Session, what: Prepared, case: str, at: datetime) -> list[tuple[str, int]]:
    """(id, amount) of the awaited fees that it has changed, oldest first."""
    if session.kept_back(Fee):
        session.flush()  # charged a moment ago
    return sorted((str(fee), int(amount)) for fee, amount in session.wire.ask(what, {"the_case": case, "now": at}))


def ask_again(session: Session, case: str, *, dropped: datetime, by: str | None, at: datetime) -> None:
    """What was waived at that moment is due again (the case was opened again): of every step the newest charge."""
    newest = {fee.step: fee for fee in fees_of(session, case)}
    for fee in newest.values():
        if fee.replaced_at == dropped and fee.settled_at is None:
            fee.replaced_at = None
            timeline.tell(session, "fee.charged", by=by, at=at, case=case, fee=fee.id, amount=fee.amount)

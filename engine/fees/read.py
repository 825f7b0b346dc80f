"""What may be asked about fees."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from engine.store import Session

from .tables import Fee


def fees_of(session: Session, case: str) -> Sequence[Fee]:
    """All fees of a case as they are now, replaced ones too, oldest first."""
    return session.scalars(select(Fee).where(Fee.case_id == case).order_by(Fee.id).execution_options(populate_existing=True)).all()


def paid(session: Session, case: str, step: str | None = None, *, known: Sequence[Fee] | None = None) -> int:
    """Rupiah that have arrived for a case so far, or for what one of its steps charged; `known`: its fees, if they were looked up."""
    charged = (fee for fee in (fees_of(session, case) if known is None else known) if step in (None, fee.step))
    return sum(payment.amount for fee in charged for payment in fee.payments)


def open_fee(session: Session, case: str) -> Fee | None:
    """The fee that is still to be paid, if there is one."""
    return next((fee for fee in fees_of(session, case) if fee.is_open), None)

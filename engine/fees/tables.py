"""Fees and the payments that settled them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.store import Base, Moment, Plain, Sealed, new_id


class Fee(Base):
    """A charge on a case: `amount` in Rupiah, `lines` how it adds up, `rows` the rows of the table that fired (with their legal text)."""

    __tablename__ = "fee"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(String(26), index=True)
    step: Mapped[str] = mapped_column(String(80))
    title: Mapped[dict[str, str]] = mapped_column(Plain)
    amount: Mapped[int] = mapped_column(BigInteger)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(Plain)
    rows: Mapped[list[dict[str, Any]]] = mapped_column(Plain)
    charged_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    replaced_at: Mapped[datetime | None] = mapped_column(Moment)

    payments: Mapped[list[Payment]] = relationship(back_populates="fee", lazy="selectin")

    @property
    def is_open(self) -> bool:
        """Whether money is still awaited."""
        return self.settled_at is None and self.replaced_at is None and self.amount > 0


class Payment(Base):
    """Money that arrived, as the treasurer confirmed it."""

    __tablename__ = "payment"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    fee_id: Mapped[str] = mapped_column(ForeignKey("fee.id"), index=True)
    provider: Mapped[str] = mapped_column(String(40))
    amount: Mapped[int] = mapped_column(BigInteger)
    received_on: Mapped[date | None] = mapped_column()
    evidence: Mapped[dict[str, Any]] = mapped_column(Sealed("payment.evidence", "plain"))
    confirmed_by: Mapped[str | None] = mapped_column(String(26))
    confirmed_at: Mapped[datetime] = mapped_column(Moment)

    fee: Mapped[Fee] = relationship(back_populates="payments")

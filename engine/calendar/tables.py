"""What the office says about its own days."""

from __future__ import annotations

import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from engine.store import Base, Moment


class OwnDay(Base):
    """A date on which this office is closed, or open although the calendar says otherwise; one row a date."""

    __tablename__ = "own_day"

    date: Mapped[datetime.date] = mapped_column(primary_key=True)
    open: Mapped[bool]
    name: Mapped[str] = mapped_column(String(200))
    added_by: Mapped[str] = mapped_column(String(26))
    added_at: Mapped[datetime.datetime] = mapped_column(Moment)

"""Procedures and their published versions. A version is never changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from engine.store import Base, Moment, new_id


class Procedure(Base):
    """A procedure by its key, and which version new cases begin with. A withdrawn one is offered to nobody; its cases go on."""

    __tablename__ = "procedure"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    current_version_id: Mapped[str | None] = mapped_column(ForeignKey("version.id", use_alter=True))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


class Version(Base):
    """One published bundle. `number` counts from 1 within its procedure; `bundle` is loaded only when it is read."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("procedure_key", "number"), UniqueConstraint("procedure_key", "fingerprint"))

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    procedure_key: Mapped[str] = mapped_column(ForeignKey("procedure.key"))
    number: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(64))
    bundle: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    published_at: Mapped[datetime] = mapped_column(Moment)
    published_by: Mapped[str] = mapped_column(String(26))
    note: Mapped[str] = mapped_column(String(500), default="")

"""Notices as they were worded."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.store import Base, Moment, Sealed, new_id


class Notice(Base):
    """One message to one person: `what` is the notice's word (`returned`), `address` the e-mail it goes to (None: only in the account).

    `sent_at`: when the mail server took it; `kept_at`: when there was none to take it.
    """

    __tablename__ = "notice"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(String(26), index=True)
    person_id: Mapped[str] = mapped_column(String(26))
    what: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(Sealed("notice.subject"))
    body: Mapped[str] = mapped_column(Sealed("notice.body"))
    address: Mapped[str | None] = mapped_column(Sealed("notice.address"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    kept_at: Mapped[datetime | None] = mapped_column(Moment)


Index("ix_notice_person", Notice.person_id, Notice.id)

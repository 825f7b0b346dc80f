"""Notices as they were worded."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, synonym

from engine.timeline import Entry


class Notice(Entry):
    """One message to one person: `what` is the notice's word (`returned`), `address` the e-mail it goes to (None: only in the account).

    `sent_at`: when the mail server took it; `kept_at`: when there was none to take it.
    """

    made_at: Mapped[datetime] = synonym("at")

    __mapper_args__ = {"polymorphic_identity": "notice"}

    @property
    def to(self) -> str:
        """Whom it is to."""
        return str(self.person_id)

    @property
    def language(self) -> str:
        """The language it is worded in."""
        return str(self.facts["language"])

    @property
    def subject(self) -> str:
        """One line."""
        return str(self.sealed["subject"])

    @property
    def body(self) -> str:
        """Paragraphs of plain text."""
        return str(self.sealed["body"])

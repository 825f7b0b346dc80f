"""Machines that may send messages to cases: each has a token of its own, shown once and kept as a fingerprint only."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from engine import timeline
from engine.store import NotFound, Session

from .errors import WrongSender
from .tables import Sender

LONGEST_NAME, LONGEST_MESSAGE, MOST_MESSAGES = 120, 80, 50
_TOKEN = re.compile(r"loket_[A-Za-z0-9_-]{43}")


def add_sender(session: Session, name: str, messages: Iterable[str] = (), *, by: str, at: datetime) -> tuple[Sender, str]:
    """A new sender and its token, which nobody can read again. `messages`: what it may send; none: any. Raises WrongSender."""
    called, may_send = " ".join(name.split()), sorted({each.strip() for each in messages if each.strip()})
    if not called or len(called) > LONGEST_NAME or not called.isprintable():
        raise WrongSender(what="name")
    if len(may_send) > MOST_MESSAGES or any(len(each) > LONGEST_MESSAGE or not each.isprintable() for each in may_send):
        raise WrongSender(what="messages")
    token = f"loket_{secrets.token_urlsafe(32)}"
    sender = Sender(name=called, mark=_mark(session, token), messages=may_send, made_at=at)
    session.add(sender)
    session.flush()
    timeline.tell(session, "sender.added", by=by, at=at, sender=called, messages=", ".join(may_send))
    return sender, token


def stop_sender(session: Session, sender: str, *, by: str, at: datetime) -> None:
    """Its token opens nothing any more, for good. Raises NotFound."""
    found = session.get(Sender, sender, with_for_update=True)
    if found is None:
        raise NotFound(what="sender")
    if found.stopped_at is None:
        found.stopped_at = at
        timeline.tell(session, "sender.stopped", by=by, at=at, sender=found.name)
        session.flush()


def sender_of(session: Session, token: str) -> Sender | None:
    """Whose token this is; None when it is nobody's, or was stopped."""
    if not _TOKEN.fullmatch(token):
        return None
    return session.scalar(select(Sender).where(Sender.mark == _mark(session, token), Sender.stopped_at.is_(None)))


def may_send(sender: Sender, message: str) -> bool:
    """Whether it may send messages of this name."""
    return not sender.messages or message in sender.messages


def _mark(session: Session, token: str) -> str:
    """Equal tokens have equal marks; without the house's key nobody can work one out."""
    return session.keys.blind(token, "sender.mark")

"""What somebody sent after their session had ended: kept sealed for a short while, and given back once to the page it was meant for."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from engine.store import Session

from .tables import UnsentPage

LASTS = timedelta(hours=2)
LARGEST, MOST = 200_000, 2_000
Pairs = Sequence[tuple[str, str]]


def keep_unsent(session: Session, place: str, pairs: Pairs, *, at: datetime) -> str | None:
    """Keep the names and values sent to an address; gives the word to get them back with. None when it is too much to keep."""
    session.execute(delete(UnsentPage).where(UnsentPage.made_at < at - LASTS))
    waiting = session.scalar(select(func.count()).select_from(UnsentPage)) or 0
    if not pairs or waiting >= MOST or sum(len(name) + len(value) for name, value in pairs) > LARGEST:
        return None
    word = secrets.token_urlsafe(24)
    session.add(UnsentPage(id=_id(word), place=place[:300], pairs=[list(pair) for pair in pairs], made_at=at))
    session.flush()
    return word


def take_unsent(session: Session, word: str, place: str, *, at: datetime) -> list[tuple[str, str]] | None:
    """What was kept for this address, once; None for every other word, address or when it has been too long."""
    found = session.get(UnsentPage, _id(word))
    if found is None or found.place != place[:300]:
        return None
    pairs = [(str(name), str(value)) for name, value in found.pairs]
    fresh = found.made_at >= at - LASTS
    session.delete(found)
    session.flush()
    return pairs if fresh else None


def _id(word: str) -> str:
    """Who reads the table cannot ask for what stands in it."""
    return hashlib.sha256(word.encode()).hexdigest()

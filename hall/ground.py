"""Where forms are filled: whose database, office, clock and person. The office's own; a trial of a draft brings its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.store import Session

from .hands import now, office, reading, unit
from .identity import person


def signed_in_now() -> str:
    """The id of the person signed in; the guard of the page has seen to it that there is one."""
    who = person()
    assert who is not None
    return who.id


@dataclass(frozen=True)
class Ground:
    """Units of work, the office, the moment, and the id of who fills."""

    unit: Callable[[], AbstractContextManager[Session]] = unit
    reading: Callable[[], AbstractContextManager[Session]] = reading
    office: Callable[[], Any] = office
    now: Callable[[], datetime] = now
    me: Callable[[], str] = signed_in_now

    def asking(self, db: Session) -> Ground:
        """The same ground for a question within a question: it reads with this session, which has loaded half of it already."""
        return replace(self, reading=lambda: nullcontext(db))


HERE = Ground()

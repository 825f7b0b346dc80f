"""Where forms are filled: whose database, office, clock and person. The office's own; a trial of a draft brings its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine import people
from engine.people import Account
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

    def who(self, db: Session) -> Account:
        """The account of who fills. A unit reads it behind its lock: rights are looked at again at the moment of the deed."""
        here = person() if self.me is signed_in_now and not db.is_writing else None
        return here.account if here is not None else people.account(db, self.me())


HERE = Ground()

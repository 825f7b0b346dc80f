"""What is kept, and the only commit.

Everything above works inside `Store.unit()`: one transaction, one commit at its end, or nothing at all. Column types here seal
personal data, keep moments in aware UTC, and store plain values as bytes.
"""

from .base import Base, Moment, Plain, Sealed, new_id
from .errors import Conflict, EngineError, NotFound
from .keys import Keyring, KeyUnknown
from .migrate import head, migrate, pending
from .outbox import Errand, enqueue
from .paging import Page, page_of
from .unit import Session, Store

__all__ = [
    "Base",
    "Conflict",
    "EngineError",
    "Errand",
    "KeyUnknown",
    "Keyring",
    "Moment",
    "NotFound",
    "Page",
    "Plain",
    "Sealed",
    "Session",
    "Store",
    "enqueue",
    "head",
    "migrate",
    "new_id",
    "page_of",
    "pending",
]

"""What is kept, and the only commit.

Everything above works inside `Store.unit()`: one transaction, one commit at its end, or nothing at all. Column types here seal
personal data, keep moments in aware UTC, and store plain values as bytes.
"""

from .base import Base, Moment, Plain, Sealed, new_id, table_of
from .errors import Conflict, EngineError, NotFound
from .keys import Keyring, KeyUnknown
from .migrate import head, migrate, pending
from .outbox import Errand, call_out, enqueue
from .paging import Page, page_of
from .prepared import Prepared
from .rows import Over
from .unit import Crier, Session, Store

__all__ = [
    "Base",
    "Conflict",
    "Crier",
    "EngineError",
    "Errand",
    "KeyUnknown",
    "Keyring",
    "Moment",
    "NotFound",
    "Over",
    "Page",
    "Plain",
    "Prepared",
    "Sealed",
    "Session",
    "Store",
    "call_out",
    "enqueue",
    "head",
    "migrate",
    "new_id",
    "page_of",
    "pending",
    "table_of",
]

"""What happened: append-only events, one dotted word each, turned into sentences where they are shown.

The database itself refuses to change or remove a row (triggers of the first migration).
"""

from .events import last, of_case, recent, tell
from .tables import Event

__all__ = ["Event", "last", "of_case", "recent", "tell"]

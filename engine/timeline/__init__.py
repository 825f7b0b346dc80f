"""What happened: append-only events, one dotted word each, turned into sentences where they are shown.

They are lines of the journal, which also holds what was sent in, decided and told: rooms above write theirs with `enter`. The database
itself refuses to change a line that is no message, or to remove an event (triggers of the migrations).
"""

from .events import enter, last, of_case, recent, tell
from .tables import Entry, Event

__all__ = ["Entry", "Event", "enter", "last", "of_case", "recent", "tell"]

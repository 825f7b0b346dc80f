"""What happens after the commit, and when time comes.

`run_due` does everything that is due now and returns; `Worker` does it again and again in a thread of the server or in a process of its
own. Errands are leased, tried again with growing pauses, and laid aside as dead letters when they keep failing; a handler may run twice.
Where Procrastinate hands the errands out (`called`), the same rows are leased and ticked off; only who comes for them is another.
"""

from .errands import DEATHS, LEASE, TRIES, Taken, dead_letters, do, retry, take, waiting
from .handlers import HANDLERS
from .pulse import SILENCE, alive, beat, last_beat
from .tables import Heartbeat
from .worker import Worker, look, run_due

__all__ = [
    "DEATHS",
    "HANDLERS",
    "LEASE",
    "SILENCE",
    "TRIES",
    "Heartbeat",
    "Taken",
    "Worker",
    "alive",
    "beat",
    "dead_letters",
    "do",
    "last_beat",
    "look",
    "retry",
    "run_due",
    "take",
    "waiting",
]

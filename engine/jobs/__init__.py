"""What happens after the commit, and when time comes.

`run_due` does everything that is due now and returns; `Worker` does it again and again in a thread of the server or in a process of its
own. Errands are leased, tried again with growing pauses, and laid aside as dead letters when they keep failing; a handler may run twice.
"""

from .errands import HANDLERS, dead_letters, retry, waiting
from .tables import Heartbeat
from .worker import Worker, beat, run_due

__all__ = ["HANDLERS", "Heartbeat", "Worker", "beat", "dead_letters", "retry", "run_due", "waiting"]

"""Other moments for timers that run: the case was suspended, or goes on earlier than was thought."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from . import state as states
from .model import Process


def delay(process: Process, state: bytes, moments: Mapping[str, datetime]) -> bytes:
    """The state in which the timers of these tasks ring at these (aware) moments. Nothing moves; a task without a timer is passed over.

    Raises BadState.
    """
    run = states.read(process, state, None)
    for token in run.everything_alive():
        moment = moments.get(str(token.id))
        if moment is not None and "due" in token.internal_data:
            token.internal_data["due"] = moment.astimezone(UTC).isoformat()
    return states.dump(run)

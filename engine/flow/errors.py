"""What this room refuses."""

from __future__ import annotations

from engine.store import EngineError
from rules import Finding

from .sentences import sentence


class FlowError(EngineError):
    """The process cannot go on."""

    code = "flow.refused"


class BadProcess(FlowError):
    """The diagram cannot be run: {count} findings. {lines}"""

    code = "flow.bad_process"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(count=len(findings), lines=" ".join(f"[{f.place}] {sentence(f)}" for f in findings))


class NotOpen(FlowError):
    """The task {task} is not open: it was completed, dropped, or never existed."""

    code = "flow.not_open"


class NotWaiting(FlowError):
    """Nothing in this case waits for the message "{message}"."""

    code = "flow.not_waiting"


class Ended(FlowError):
    """The case has ended; nothing can be done in it any more."""

    code = "flow.ended"


class NoWayOut(FlowError):
    """None of the conditions at "{name}" ({step}) holds, and it has no "otherwise"."""

    code = "flow.no_way_out"


class BadExpression(FlowError):
    """The expression "{text}" cannot be worked out: {reason}."""

    code = "flow.bad_expression"


class NoTime(FlowError):
    """The timer "{name}" ({step}) gives no time: its expression came to {value}."""

    code = "flow.no_time"


class NoList(FlowError):
    """"{name}" ({step}) is done once for each member of a list, and its list came to {value}."""

    code = "flow.no_list"


class Endless(FlowError):
    """The process ran {limit} automatic steps without stopping for anyone; "{name}" ({step}) was the last."""

    code = "flow.endless"


class BadState(FlowError):
    """The stored state cannot be read with this process: {reason}."""

    code = "flow.bad_state"

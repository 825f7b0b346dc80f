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


class NoKey(FlowError):
    """The message that "{name}" ({step}) waits for cannot be told from others: its key came to null."""

    code = "flow.no_key"


class WhichMessage(FlowError):
    """Several in this case wait for the message "{message}", each for another one ({keys}); say which."""

    code = "flow.which_message"


class NoList(FlowError):
    """ "{name}" ({step}) is done once for each member of a list, and its list came to {value}."""

    code = "flow.no_list"


class Endless(FlowError):
    """The process ran {limit} automatic steps without stopping for anyone; "{name}" ({step}) was the last."""

    code = "flow.endless"


class BadState(FlowError):
    """The stored state cannot be read with this process: {reason}."""

    code = "flow.bad_state"


class NotEnded(FlowError):
    """The case has not ended; send it back instead of opening it again."""

    code = "flow.not_ended"


WHY_NOT = {
    "unknown": "the procedure has no such step",
    "not_a_task": "only a task, a sub-process or a part can be gone back to",
    "not_passed": "the case has never been there",
    "open": "it is open now",
    "not_before": 'it does not lie before "{at}", where the case stands',
    "not_entered": 'it lies inside "{around}", which is not running; go back to that',
    "several": 'it lies inside "{around}", which runs several times at once; go back to that',
    "join": 'behind it, "{around}" would wait for a branch that was never done',
}


class CannotGoBack(FlowError):
    """The case cannot go back to "{name}" ({step}, {why}): {reason}."""

    code = "flow.cannot_go_back"

    def __init__(self, *, why: str, **facts: object) -> None:
        """`why`: unknown, not_a_task, not_passed, open, not_before (`at`), not_entered, several, join (`around`)."""
        super().__init__(why=why, reason=WHY_NOT[why].format(**{"at": "?", "around": "?", **facts}), **facts)


class CannotMove(FlowError):
    """The case cannot go on with the other version: {count} reasons. {lines}"""

    code = "flow.cannot_move"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(count=len(findings), lines=" ".join(f"[{f.place}] {sentence(f)}" for f in findings))

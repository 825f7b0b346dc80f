"""How a permit runs: a BPMN diagram and a state in, a new state and what changed out. Pure: bytes and plain values, no tables.

This is the only room that knows SpiffWorkflow. It runs the Zeebe (Camunda 8) dialect of BPMN; expressions are FEEL; nothing else in
a diagram is ever executed. What is supported, and how a state is stored: docs/engine.md.
"""

from .adopt import Adopted, adopt
from .back import reopen, rewind
from .errors import (
    BadExpression,
    BadProcess,
    BadState,
    CannotGoBack,
    CannotMove,
    Ended,
    Endless,
    FlowError,
    NoKey,
    NoList,
    NotEnded,
    NoTime,
    NotOpen,
    NotWaiting,
    NoWayOut,
    WhichMessage,
)
from .hold import delay
from .load import load
from .model import ASYNC_BEFORE, AUTOMATIC, Decision, Due, Env, Link, Loop, Moved, Opened, Process, Sent, Snapshot, Step
from .moves import complete, send, snapshot, start, stop, wake
from .other import move
from .scene import Facts
from .sentences import codes, cure_of, sentence, text_of
from .source import idents
from .trace import watching
from .trial import trial

__all__ = [
    "ASYNC_BEFORE",
    "AUTOMATIC",
    "Adopted",
    "BadExpression",
    "BadProcess",
    "BadState",
    "CannotGoBack",
    "CannotMove",
    "Decision",
    "Due",
    "Ended",
    "Endless",
    "Env",
    "Facts",
    "FlowError",
    "Link",
    "Loop",
    "Moved",
    "NoKey",
    "NoList",
    "NoTime",
    "NoWayOut",
    "NotEnded",
    "NotOpen",
    "NotWaiting",
    "Opened",
    "Process",
    "Sent",
    "Snapshot",
    "Step",
    "WhichMessage",
    "adopt",
    "codes",
    "complete",
    "cure_of",
    "delay",
    "idents",
    "load",
    "move",
    "reopen",
    "rewind",
    "send",
    "sentence",
    "snapshot",
    "start",
    "stop",
    "text_of",
    "trial",
    "wake",
    "watching",
]

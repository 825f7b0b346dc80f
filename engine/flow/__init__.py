"""How a permit runs: a BPMN diagram and a state in, a new state and what changed out. Pure: bytes and plain values, no tables.

This is the only room that knows SpiffWorkflow. It runs the Zeebe (Camunda 8) dialect of BPMN; expressions are FEEL; nothing else in
a diagram is ever executed. What is supported, and how a state is stored: docs/engine.md.
"""

from .errors import BadExpression, BadProcess, BadState, Ended, Endless, FlowError, NoList, NoTime, NotOpen, NotWaiting, NoWayOut
from .load import load
from .model import Decision, Due, Env, Link, Loop, Moved, Opened, Process, Sent, Snapshot, Step
from .moves import complete, send, snapshot, start, wake
from .sentences import codes, sentence

__all__ = [
    "BadExpression",
    "BadProcess",
    "BadState",
    "Decision",
    "Due",
    "Ended",
    "Endless",
    "Env",
    "FlowError",
    "Link",
    "Loop",
    "Moved",
    "NoList",
    "NoTime",
    "NoWayOut",
    "NotOpen",
    "NotWaiting",
    "Opened",
    "Process",
    "Sent",
    "Snapshot",
    "Step",
    "codes",
    "complete",
    "load",
    "send",
    "sentence",
    "snapshot",
    "start",
    "wake",
]

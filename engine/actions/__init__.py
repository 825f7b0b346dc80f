"""Automatic steps: what a service task of a diagram may do. One file per step, found by being here.

An action has `NAME`, `TITLE` (what the designer calls it), `FIELDS` (the headers it shows) with their `LABELS`, `WRITES` (the shape of what
it writes under the step's id), `run(work)`.
With `LATER = True` it is carried out after the commit by engine.jobs, first `prepare(work)` outside any transaction, then `run`.
"""

from .action import Action, ActionUnknown, GateClosed, Work, actions, find
from .wording import readable

__all__ = ["Action", "ActionUnknown", "GateClosed", "Work", "actions", "find", "readable"]

"""What a case refuses, and why."""

from __future__ import annotations

from engine.store import EngineError


class NotAllowed(EngineError):
    """This person may not {verb} here ({why})."""

    code = "cases.not_allowed"


class TaskGone(EngineError):
    """This step was already completed or is no longer needed. Nothing was changed."""

    code = "cases.task_gone"


class TaskTaken(EngineError):
    """Somebody else is working on this step."""

    code = "cases.task_taken"


class CaseEnded(EngineError):
    """This application has ended."""

    code = "cases.ended"


class WrongForm(EngineError):
    """These answers belong to the form {given}, this step asks {wanted}."""

    code = "cases.wrong_form"


class HasNothingOpen(EngineError):
    """There is nothing to do in this application now."""

    code = "cases.nothing_open"

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


class NotUnique(EngineError):
    """Another application was sent meanwhile with the same answer to {question}."""

    code = "cases.not_unique"


class ReasonNeeded(EngineError):
    """This needs a reason, in a sentence of at most {most} letters."""

    code = "cases.reason_needed"


class NothingWaits(EngineError):
    """Nothing in this application waits for the message {message} now. Nothing was changed."""

    code = "cases.nothing_waits"


class MessageUsed(EngineError):
    """The message id {key} was already used for something else. Every message needs an id of its own."""

    code = "cases.message_used"


class BadMessage(EngineError):
    """The message cannot be taken in because of {field} ({why})."""

    code = "cases.bad_message"


class WrongOutcome(EngineError):
    """An application cannot be closed as {outcome}; possible are: {known}."""

    code = "cases.wrong_outcome"


class PermitIssued(EngineError):
    """The permit {number} was issued in this application: it must be revoked, not the application opened again."""

    code = "cases.permit_issued"


class LaterCase(EngineError):
    """The same person has the later application {number} for the same service. End that one first."""

    code = "cases.later_case"


class NeedsStep(EngineError):
    """Nothing that a person does was open when this application ended: say at which step it goes on."""

    code = "cases.needs_step"


class CannotGoTo(EngineError):
    """The application cannot go back to the step {step} ({why})."""

    code = "cases.cannot_go_to"


class WrongUntil(EngineError):
    """A suspension ends on a day after today and within {most} days."""

    code = "cases.wrong_until"


class AnotherMove(EngineError):
    """Applications of this procedure are being moved already."""

    code = "cases.another_move"


class NothingToUndo(EngineError):
    """This move is not finished, or was taken back already."""

    code = "cases.nothing_to_undo"

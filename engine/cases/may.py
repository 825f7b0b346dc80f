"""Who may do what: one table one can read aloud.

A right is a list of conditions; all must hold. A condition looks at an `Ask` (person, case, task, what the procedure says); the name of
the first that does not hold becomes the sentence. They are looked at again at the moment of the deed, so a stand-in meets the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.flow import Step
from engine.people import ADMINISTRATOR, APPLICANT, Person

from .errors import NotAllowed
from .tables import Case, Task


@dataclass(frozen=True)
class Ask:
    """Who wants something of which case (and task); `done_by` tells who completed which step, `desks` who works in this procedure."""

    person: Person
    case: Case
    task: Task | None = None
    step: Step | None = None
    done_by: Mapping[str, frozenset[str]] = field(default_factory=dict)
    desks: frozenset[str] = frozenset()


Condition = Callable[[Ask], bool]


def is_active(ask: Ask) -> bool:
    """The account is not closed."""
    return ask.person.active


def is_applicant(ask: Ask) -> bool:
    """The application is this person's own."""
    return ask.case.applicant_id == ask.person.id


def works_here(ask: Ask) -> bool:
    """The person sits at a desk that has a step in this procedure, and the application was submitted."""
    return ask.case.submitted_at is not None and bool(ask.person.desks & ask.desks)


def administers(ask: Ask) -> bool:
    """The person administers the office, and the application was submitted."""
    return ask.case.submitted_at is not None and ADMINISTRATOR in ask.person.desks


def sees(ask: Ask) -> bool:
    """Own application, or somebody's who works on this procedure, or an administrator."""
    return is_applicant(ask) or works_here(ask) or administers(ask)


def sees_as_staff(ask: Ask) -> bool:
    """Works on this procedure, or administers the office; about their own application an officer reads what every applicant reads."""
    return not is_applicant(ask) and (works_here(ask) or administers(ask))


def for_oneself_or_as_staff(ask: Ask) -> bool:
    """For oneself, or by somebody of the office for a person at the counter or on the phone."""
    return is_applicant(ask) or ask.person.is_staff


def has_the_desk(ask: Ask) -> bool:
    """The step belongs to a desk of this person; the applicant's desk is the applicant's alone, never an officer's own application."""
    if ask.step is None:
        return False
    if APPLICANT in ask.step.desks:
        return is_applicant(ask)
    return bool(ask.person.desks & set(ask.step.desks))


def not_own_application(ask: Ask) -> bool:
    """Nobody works on their own application (domain: the verifier must not verify their own)."""
    return ask.step is not None and (APPLICANT in ask.step.desks or not is_applicant(ask))


def four_eyes(ask: Ask) -> bool:
    """Nobody does this step who did one of the steps in its `not_same_as`."""
    others = ask.step.properties.get("not_same_as", "") if ask.step else ""
    for other in others.replace(",", " ").split():
        done = {ask.case.applicant_id} if other == APPLICANT else ask.done_by.get(other, frozenset())
        if ask.person.id in done:
            return False
    return True


def free_or_mine(ask: Ask) -> bool:
    """Nobody else has taken the task."""
    return ask.task is not None and ask.task.assignee in (None, ask.person.id)


def is_mine(ask: Ask) -> bool:
    """The person has taken the task."""
    return ask.task is not None and ask.task.assignee == ask.person.id


def has_not_ended(ask: Ask) -> bool:
    """The application is still running."""
    return ask.case.ended_at is None


def is_a_draft(ask: Ask) -> bool:
    """The application was never submitted."""
    return ask.case.submitted_at is None


RIGHTS: Mapping[str, tuple[Condition, ...]] = {
    "open a case": (is_active, for_oneself_or_as_staff),
    "see the case": (is_active, sees),
    "see the staff's file": (is_active, sees_as_staff),
    "see the task": (is_active, has_the_desk, not_own_application),
    "claim": (is_active, has_not_ended, has_the_desk, not_own_application, four_eyes, free_or_mine),
    "release": (is_active, has_not_ended, is_mine),
    "complete": (is_active, has_not_ended, has_the_desk, not_own_application, four_eyes, free_or_mine),
    "withdraw": (is_active, has_not_ended, is_applicant),
    "discard": (is_active, has_not_ended, is_applicant, is_a_draft),
}


def refusal(verb: str, ask: Ask) -> str | None:
    """The name of the first condition that does not hold, or None."""
    for condition in RIGHTS[verb]:
        if not condition(ask):
            return condition.__name__
    return None


def may(verb: str, ask: Ask) -> bool:
    """Whether the person may."""
    return refusal(verb, ask) is None


def require(verb: str, ask: Ask) -> None:
    """Go on, or NotAllowed with the reason."""
    why = refusal(verb, ask)
    if why is not None:
        raise NotAllowed(verb=verb, why=why)

"""Who may do what: one table one can read aloud.

A right is a list of conditions; all must hold. A condition looks at an `Ask` (person, case, task, what the procedure says); the name of
the first that does not hold becomes the sentence. They are looked at again at the moment of the deed, so a stand-in meets the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from engine.flow import Step
from engine.people import ADMINISTRATOR, APPLICANT, Anybody

from .errors import NotAllowed
from .hand import CaseInHand, TaskInHand
from .tables import Case, Task


@dataclass(frozen=True)
class Ask:
    """Who wants something of which case (and task); `done_by` tells who completed which step, `desks` who works in this procedure.

    `leads` are the desks that answer for it (`engine.cases.lead`), `to` the step that the case shall be sent back to.
    """

    person: Anybody
    case: Case | CaseInHand
    task: Task | TaskInHand | None = None
    step: Step | None = None
    done_by: Mapping[str, Collection[str]] = field(default_factory=dict)
    desks: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    to: str = ""

    @cached_property
    def held(self) -> frozenset[str]:
        """The desks at which the person sits now."""
        return self.person.desks


Condition = Callable[[Ask], bool]


def is_active(ask: Ask) -> bool:
    """The account is not closed."""
    return ask.person.active


def is_applicant(ask: Ask) -> bool:
    """The application is this person's own."""
    return ask.case.applicant_id == ask.person.id


def works_here(ask: Ask) -> bool:
    """The person sits at a desk that has a step in this procedure, and the application was submitted."""
    return ask.case.submitted_at is not None and bool(ask.held & ask.desks)


def administers(ask: Ask) -> bool:
    """The person administers the office, and the application was submitted."""
    return ask.case.submitted_at is not None and ADMINISTRATOR in ask.held


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
    return bool(ask.held & set(ask.step.desks))


def not_own_application(ask: Ask) -> bool:
    """Nobody works on their own application (domain: the verifier must not verify their own)."""
    return ask.step is not None and (APPLICANT in ask.step.desks or not is_applicant(ask))


def four_eyes(ask: Ask) -> bool:
    """Nobody does this step who did one of the steps in its `not_same_as`."""
    others = ask.step.properties.get("not_same_as", "") if ask.step else ""
    for other in others.replace(",", " ").split():
        done = {ask.case.applicant_id} if other == APPLICANT else ask.done_by.get(other, ())
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


def has_ended(ask: Ask) -> bool:
    """The application has ended."""
    return ask.case.ended_at is not None


def is_suspended(ask: Ask) -> bool:
    """The office has suspended the application."""
    return ask.case.suspended_until is not None


def goes_on(ask: Ask) -> bool:
    """The application is not suspended; the applicant may answer even then."""
    return ask.case.suspended_until is None or (ask.step is not None and APPLICANT in ask.step.desks)


def leads(ask: Ask) -> bool:
    """The person answers for this service: its owner's desk, the desk that signs its papers, or an administrator."""
    return ADMINISTRATOR in ask.person.desks or bool(ask.person.desks & ask.leads)


def leads_or_may_send_back(ask: Ask) -> bool:
    """Leads the service, or has taken an open task whose step says `may_send_back` to just that step."""
    if leads(ask):
        return True
    allowed = ask.step.properties.get("may_send_back", "") if ask.step else ""
    return ask.task is not None and ask.task.is_open and is_mine(ask) and ask.to in allowed.replace(",", " ").split()


def administers_the_office(ask: Ask) -> bool:
    """The person administers the office."""
    return ADMINISTRATOR in ask.person.desks


def is_a_draft(ask: Ask) -> bool:
    """The application was never submitted."""
    return ask.case.submitted_at is None


RIGHTS: Mapping[str, tuple[Condition, ...]] = {
    "open a case": (is_active, for_oneself_or_as_staff),
    "see the case": (is_active, sees),
    "see the staff's file": (is_active, sees_as_staff),
    "see the task": (is_active, has_the_desk, not_own_application),
    "claim": (is_active, has_not_ended, has_the_desk, not_own_application, goes_on, four_eyes, free_or_mine),
    "release": (is_active, has_not_ended, is_mine),
    "complete": (is_active, has_not_ended, has_the_desk, not_own_application, goes_on, four_eyes, free_or_mine),
    "withdraw": (is_active, has_not_ended, is_applicant),
    "discard": (is_active, has_not_ended, is_applicant, is_a_draft),
    "send back": (is_active, has_not_ended, goes_on, sees_as_staff, leads_or_may_send_back),
    "receive a message": (is_active, has_not_ended, goes_on, sees_as_staff),
    "stop": (is_active, has_not_ended, sees_as_staff, leads),
    "reopen": (is_active, has_ended, sees_as_staff, leads),
    "suspend": (is_active, has_not_ended, goes_on, sees_as_staff, leads),
    "resume": (is_active, has_not_ended, is_suspended, sees_as_staff, leads),
    "move cases": (is_active, administers_the_office),
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

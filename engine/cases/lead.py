"""Who answers for a procedure, asked before the deeds that no step of the diagram foresees."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from engine.people import Person
from engine.procedures import Bundle
from engine.store import Session

from .context import ask, bundle_of
from .errors import ReasonNeeded
from .may import Ask
from .tables import Case, Remark, Task

LONGEST_REASON = 1000


def leads_of(bundle: Bundle) -> frozenset[str]:
    """The desk that owns the procedure, and the desks of the steps that its papers are signed by."""
    steps = bundle.process.steps
    signed = {step.headers.get("signed_by", "") for step in steps.values() if step.action == "issue"}
    return frozenset({bundle.about.owner}.union(*(steps[each].desks for each in signed if each in steps)))


def ask_leading(session: Session, person: Person, case: Case, task: Task | None = None, *, to: str = "") -> Ask:
    """The question for `engine.cases.may`, with the desks that lead the service and the step to go back to."""
    return replace(ask(session, person, case, task), leads=leads_of(bundle_of(session, case)), to=to)


def remark(session: Session, case: Case, what: str, text: str, *, by: Person, at: datetime) -> Remark:
    """Keep the reason of a deed. Raises ReasonNeeded when it is empty or too long."""
    said = text.strip()
    if not said or len(said) > LONGEST_REASON:
        raise ReasonNeeded(most=LONGEST_REASON)
    kept = Remark(case_id=case.id, what=what, text=said, by=by.id, at=at)
    session.add(kept)
    session.flush()
    return kept

"""Who answers for a procedure, asked before the deeds that no step of the diagram foresees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from engine.flow import Process, Step
from engine.people import APPLICANT, Person
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
    signed = {each for step in steps.values() if step.action == "issue" for each in _signers(bundle.process, step)}
    return frozenset({bundle.about.owner}.union(*(steps[each].desks for each in signed))) - {APPLICANT}


def _signers(process: Process, issue: Step) -> Iterator[str]:
    """The step that a paper names as its signer's, else the steps of people that come just before it."""
    if issue.headers.get("signed_by") in process.steps:
        yield issue.headers["signed_by"]
        return
    seen, todo = {issue.id}, [issue.id]
    while todo:
        here = todo.pop()
        for source in {link.source for link in process.links if link.target == here} - seen:
            seen.add(source)
            if process.steps[source].kind == "user":
                yield source
            else:
                todo.append(source)


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

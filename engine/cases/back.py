"""Sending a case back to a step it has been at: everything that was answered stays, the step is open again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from engine import flow, timeline
from engine.flow import Moved
from engine.office import Office
from engine.people import APPLICANT, Person
from engine.store import Session

from .context import load_case, load_task
from .doing import hold, tell_applicant
from .errors import CannotGoTo, CaseEnded
from .follow import Doing, follow
from .given import answers_of
from .lead import ask_leading, remark
from .may import require
from .tables import Case, Task


def send_back(
    session: Session, office: Office, case_id: str, *, to: str, reason: str, by: Person, at: datetime, task: str | None = None
) -> Case:
    """The step `to` is open again, what came after it is dropped, branches beside it go on; facts and answers stay, and the step's form
    begins with what was answered in it. `task` is the open task from which an officer sends back who does not lead the service.

    The applicant is told why when the step is theirs. Raises NotFound, NotAllowed, CaseEnded, ReasonNeeded, CannotGoTo.
    """
    case = load_case(session, case_id, lock=True)
    if case.ended_at is not None:
        raise CaseEnded()
    held = load_task(session, task) if task else None
    require("send back", ask_leading(session, by, case, held if held is not None and held.case_id == case.id else None, to=to))
    doing, rev = hold(session, office, case, by, at), case.rev
    moved = back_to(doing, to)
    said = remark(session, case, "sent_back", reason, by=by, at=at)
    timeline.tell(session, "case.sent_back", by=by.id, at=at, case=case.id, remark=said.id, to=to)
    follow(doing, moved, rev=rev)
    begin_with_what_was_answered(doing, moved)
    step = doing.bundle.process.steps[to]
    if APPLICANT in step.desks:
        drawn = doing.bundle.step_name(to, doing.applicant.language)
        name = doing.bundle.text("steps", step.properties.get("public", ""), doing.applicant.language, default=drawn)
        tell_applicant(doing, "sent_back", reason=said.text, step={"name": name})
    return case


def back_to(doing: Doing, to: str, *, state: bytes | None = None) -> Moved:
    """The move that opens the step again. Raises CannotGoTo."""
    try:
        return flow.rewind(doing.bundle.process, state or doing.case.state, to=to, env=doing.env())
    except flow.CannotGoBack as cannot:
        raise CannotGoTo(step=cannot.facts["name"], why=cannot.facts["why"]) from cannot


def steps_back(doing: Doing, *, state: bytes | None = None, also: Collection[str] = ()) -> tuple[str, ...]:
    """The steps of people to which the case (or another state of it) can be sent back, in the order of the diagram; `also` in any case."""
    process, state = doing.bundle.process, state or doing.case.state
    passed = set(flow.snapshot(process, state).passed)
    people = (step for step in process.order if process.steps[step].kind == "user")
    return tuple(step for step in people if step in also or (step in passed and _possible(doing, step, state)))


def _possible(doing: Doing, step: str, state: bytes) -> bool:
    try:
        back_to(doing, step, state=state)
    except CannotGoTo:
        return False
    return True


def begin_with_what_was_answered(doing: Doing, moved: Moved) -> None:
    """The forms that are open again begin with their last answers; a correction does so by itself."""
    answers = answers_of(doing.session, doing.case.id)
    for opened in moved.opened:
        form = opened.step.form
        if opened.step.kind == "user" and form in answers and form in doing.bundle.forms:
            doing.session.get_one(Task, opened.task).draft = {"raw": doing.bundle.forms[form].raw_of(answers[form]), "pages": []}
    doing.session.flush()

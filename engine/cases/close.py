"""Ending a case from outside its diagram: the applicant takes it back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update

from engine import documents, flow, people, timeline
from engine.office import Office
from engine.people import Person
from engine.store import Session

from .complete import keep_answers
from .context import ask, bundle_of, env_for, load_case
from .errors import PermitHolds
from .follow import Doing, end
from .may import require
from .tables import OPEN, Case, Seat, Submission, Task, Timer

WITHDRAWN = "withdrawn"
DISCARDED = "discarded"
WITHDRAWAL = "-withdrawal"  # no form has a key like this
LONGEST_REASON = 500


def withdraw(session: Session, office: Office, case_id: str, *, by: Person, at: datetime, reason: str = "") -> Case:
    """The applicant takes the application back: open steps, timers and fees are dropped; everything stays readable.

    Raises NotAllowed; PermitHolds when the permit is out and the case only goes on because something follows it (a report, burial papers).
    """
    case = load_case(session, case_id, lock=True)
    require("withdraw", ask(session, by, case))
    if permit := documents.permit_out(documents.of_case(session, case.id)):
        raise PermitHolds(number=permit.number)
    timeline.tell(session, "case.withdrawn", by=by.id, at=at, case=case.id)
    if reason:
        _keep_reason(session, case, reason[:LONGEST_REASON], by, at)
    close_case(session, office, case, WITHDRAWN, by, at)
    return case


def discard(session: Session, office: Office, case_id: str, *, by: Person, at: datetime) -> Case:
    """Throw an unsubmitted draft away, with everything typed in it and every file. Raises NotAllowed when it was submitted."""
    case = load_case(session, case_id, lock=True)
    require("discard", ask(session, by, case))
    for stored in documents.files_of(session, case.id):
        documents.erase_file(session, stored.id, at=at)
    session.execute(delete(Submission).where(Submission.case_id == case.id))
    bundle, applicant = bundle_of(session, case), people.by_id(session, case.applicant_id)
    case.state = flow.start(bundle.process, facts={}, env=env_for(office, bundle, case, applicant, at)).state  # it knows no answers
    close_case(session, office, case, DISCARDED, by, at)
    return case


def _keep_reason(session: Session, case: Case, reason: str, by: Person, at: datetime) -> None:
    """What a person wrote is sealed like an answer; events are kept for ever in the clear, so it does not go there."""
    keep_answers(session, case, "", WITHDRAWAL, {"reason": reason}, by=by.id, at=at)


def close_case(session: Session, office: Office, case: Case, outcome: str, by: Person, at: datetime, *, keep_drafts: bool = False) -> None:
    """End a locked case as it stands: its state stays, whatever is open is dropped, fees are waived."""
    here = Task.case_id == case.id
    session.execute(delete(Seat).where(Seat.task_id.in_(Task.__table__.select().with_only_columns(Task.id).where(here))))
    session.execute(update(Task).where(here, OPEN).values(dropped_at=at, **({} if keep_drafts else {"draft": None})))
    session.execute(update(Timer).where(Timer.case_id == case.id, Timer.over_at.is_(None)).values(over_at=at))
    applicant = people.by_id(session, case.applicant_id)
    end(Doing(session, office, case, bundle_of(session, case), applicant, by.id, at), outcome)
    case.rev, case.at_hand = case.rev + 1, None
    session.flush()

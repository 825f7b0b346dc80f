"""Closing a case from the office's side: by a reason that no way through the diagram foresees."""

from __future__ import annotations

from datetime import datetime

from engine import timeline
from engine.office import Office
from engine.people import Person
from engine.procedures import Bundle
from engine.store import Session

from .close import close_case
from .context import bundle_of, load_case
from .doing import hold, tell_applicant
from .errors import CaseEnded, WrongOutcome
from .lead import ask_leading, remark
from .may import require
from .pauses import end_pause
from .tables import Case

STOPPED = "stopped"


def outcomes_to_stop(bundle: Bundle) -> tuple[str, ...]:
    """As what the office may close a case: `stopped`, and every outcome of the procedure that brings no letter (`lapsed`, `withdrawn`)."""
    about = bundle.about
    return (STOPPED, *(each for each in about.retention if each not in about.letters and each != STOPPED))


def retention_of(bundle: Bundle, outcome: str) -> str:
    """How long the file is kept after this outcome (ISO 8601 duration): as the procedure says, else as for a withdrawn one."""
    kept = bundle.about.retention
    return kept.get(outcome) or kept["withdrawn"]


def stop(session: Session, office: Office, case_id: str, *, reason: str, by: Person, at: datetime, outcome: str = STOPPED) -> Case:
    """The office closes the case: open steps and timers are dropped, open fees waived, the applicant is told why; all stays readable.

    What was typed into the open steps is kept, so that `reopen` finds it. Raises NotAllowed, CaseEnded, WrongOutcome, ReasonNeeded.
    """
    case = load_case(session, case_id, lock=True)
    if case.ended_at is not None:
        raise CaseEnded()
    require("stop", ask_leading(session, by, case))
    known = outcomes_to_stop(bundle_of(session, case))
    if outcome not in known:
        raise WrongOutcome(outcome=outcome, known=", ".join(known))
    said = remark(session, case, "stopped", reason, by=by, at=at)
    timeline.tell(session, "case.stopped", by=by.id, at=at, case=case.id, remark=said.id, outcome=outcome)
    end_pause(session, case, at=at)
    close_case(session, office, case, outcome, by, at, keep_drafts=True)
    tell_applicant(hold(session, office, case, by, at), "stopped", reason=said.text)
    return case

"""Renewing a permit: which one may be renewed now, by whom, and what the new application knows of it from the start."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from engine import documents
from engine.documents import Document
from engine.people import Person
from engine.store import EngineError, NotFound, Session

from .context import bundle_of, load_case
from .tables import Case


class NotRenewable(EngineError):
    """The permit of this case cannot be renewed now."""

    code = "cases.not_renewable"


def renewable(session: Session, person: Person, case: Case, *, today: date) -> Document | None:
    """The permit of a case that its holder may renew on this day of the office; None when there is none, or not yet, or no longer."""
    window = bundle_of(session, case).about.renewal
    if window is None or case.applicant_id != person.id:
        return None
    for paper in reversed(documents.of_case(session, case.id)):
        if paper.public.get("permit") and paper.revoked_at is None and paper.valid_until is not None:
            opens = paper.valid_until - timedelta(days=window.opens_days_before)
            closes = paper.valid_until + timedelta(days=window.closes_days_after)
            return paper if opens <= today <= closes else None
    return None


def to_renew(session: Session, person: Person, case_id: str, procedure: str, *, today: date) -> Document:
    """The permit to renew, named by its case. Raises NotFound for a case that is not this person's, NotRenewable."""
    case = load_case(session, case_id)
    if case.applicant_id != person.id or case.procedure_key != procedure:
        raise NotFound(what="case")
    paper = renewable(session, person, case, today=today)
    if paper is None:
        raise NotRenewable()
    return paper


def permit_facts(paper: Document) -> dict[str, Any]:
    """The name `permit` in expressions; `case` is the one that it was issued in."""
    return {"number": paper.number, "valid_from": paper.valid_from, "valid_until": paper.valid_until, "case": paper.case_id}

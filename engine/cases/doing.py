"""What the deeds that no step foresees have in common: the case in hand, and what the applicant is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine import documents, notices, people
from engine.office import Office
from engine.people import Person
from engine.store import Session

from .context import bundle_of
from .follow import Doing
from .tables import Case


def hold(session: Session, office: Office, case: Case, by: Person | None, at: datetime) -> Doing:
    """A verb at work on a case that is locked already."""
    case.at_hand = None  # these deeds change rows without `follow`: it gathers what it must know
    return Doing(session, office, case, bundle_of(session, case), people.by_id(session, case.applicant_id), by.id if by else None, at)


def tell_applicant(doing: Doing, what: str, **facts: Any) -> None:
    """Word a notice: by the procedure's letter `notice-<what>` if it has one, else by the house's; `facts` are fields of it too."""
    assert isinstance(doing.applicant, Person)  # as `hold` has made it
    lang, bundle, name = doing.applicant.language, doing.bundle, f"notice-{what.replace('_', '-')}"
    text = bundle.letter(name, lang) if name in bundle.letters else notices.house_letter(what, lang)
    zone = doing.office.calendar.zone
    subject, body = documents.render_text(text, {**_fields(doing, lang), **facts}, lang=lang, zone=zone)
    notices.tell(doing.session, case=doing.case.id, to=doing.applicant, what=what, subject=subject, body=body, at=doing.at)


def _fields(doing: Doing, lang: str) -> Mapping[str, Any]:
    case, office, names = doing.case, doing.office, doing.bundle.about.name
    assert isinstance(doing.applicant, Person)
    return {
        "case": {"number": case.number, "link": f"{office.address}/applications/{case.id}"},
        "applicant": {"name": doing.applicant.name},
        "office": {"name": office.name, "address": office.address},
        "procedure": {"name": names.get(lang) or names["id"]},
    }

"""The application is in: it gets its number, and the promise of a date starts."""

from __future__ import annotations

from typing import Any

from engine import documents, timeline

from . import notify
from .action import Work

NAME = "receive"
TITLE = {"id": "Permohonan diterima", "en": "The application is received"}
FIELDS = {"notice": "letter"}
LABELS = {
    "notice": {"id": "Pesan yang mana", "en": "Which message"},
}
WRITES = {"number": "string", "at": "date and time"}
LATER = False


def run(work: Work, prepared: Any = None) -> dict[str, Any]:
    """Number the case once (`REKLAME-2026-00012`: procedure, year, gap-free serial) and note when it came."""
    case = work.case
    if case.number is None:
        year = work.at.astimezone(work.office.calendar.zone).year
        serial = documents.next_number(work.session, f"applications/{case.procedure_key}", year, at=work.at)
        case.number = f"{case.procedure_key.upper()}-{year}-{serial:05}"
        case.submitted_at = work.at
        timeline.tell(work.session, "case.submitted", by=case.applicant_id, at=work.at, case=case.id, number=case.number)
    if work.header("notice"):
        notify.run(work)
    return {"number": case.number, "at": work.at}

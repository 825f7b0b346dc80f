"""Give the document its number from the office's register, without gaps (before or after signing is the diagram's business)."""

from __future__ import annotations

from typing import Any

from engine import documents

from .action import Work

NAME = "number"
TITLE = {"id": "Beri nomor izin", "en": "Give the permit its number"}
FIELDS = {"register": "text"}
LABELS = {
    "register": {"id": "Register nomor", "en": "Register of numbers"},
}
WRITES = {"number": "string"}
LATER = False


def run(work: Work, prepared: Any = None) -> dict[str, Any]:
    """The next number of the register in the procedure's format; a case that has one keeps it."""
    kept = work.facts.get(work.step.id)
    if isinstance(kept, dict) and kept.get("number"):
        return dict(kept)
    register = work.bundle.about.register
    today = work.office.calendar.local(work.at).date()
    yearly = register.restart == "year"
    serial = documents.next_number(work.session, str(work.header("register", register.key)), today.year if yearly else 0, at=work.at)
    return {"number": documents.write_number(register.format, serial, today, yearly=yearly)}

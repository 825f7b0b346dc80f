"""The state of an application in a word or two, from its row and the clocks of its open tasks: one more statement for a whole page."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from flask_babel import gettext as _
from sqlalchemy import select

from engine.cases import Case, Task
from engine.cases.tables import OPEN
from engine.procedures import Bundle
from engine.store import Session

REFUSED = ("refused", "rejected")
CLOSED = ("lapsed", "withdrawn", "discarded", "stopped")


def clocks_of(db: Session, cases: Iterable[str]) -> dict[str, set[str]]:
    """Whose time runs in each of these cases: `office`, `applicant`, `payment`, of every open task."""
    found: dict[str, set[str]] = {}
    for case, clock in db.execute(select(Task.case_id, Task.clock).where(Task.case_id.in_(set(cases)), OPEN)):
        found.setdefault(case, set()).add(clock)
    return found


def word_of(case: Case, clocks: Collection[str], bundle: Bundle | None) -> tuple[str, str]:
    """Words and the kind of the tag (open, waiting, done, refused, closed)."""
    if case.ended_at is not None:
        return _ended(case.outcome or "", bundle)
    if case.submitted_at is None:
        return _("Draft"), "closed"
    if case.suspended_until is not None:
        return _("Suspended"), "waiting"
    if "payment" in clocks:
        return _("Waits for a payment"), "waiting"
    if "applicant" in clocks:
        return _("Waits for the applicant"), "waiting"
    return _("With the office"), "open"


def _ended(outcome: str, bundle: Bundle | None) -> tuple[str, str]:
    known = {
        "issued": _("Issued"),
        "refused": _("Refused"),
        "rejected": _("Refused"),
        "lapsed": _("Lapsed"),
        "withdrawn": _("Withdrawn"),
        "discarded": _("Thrown away"),
        "stopped": _("Closed by the office"),
    }
    step = bundle.process.steps.get(outcome) if bundle else None
    word = known.get(outcome) or (step.name if step else "") or _("Ended")
    return word, "refused" if outcome in REFUSED else "closed" if outcome in CLOSED else "done"

"""The timeline of an application in sentences: every event word has one; a word nobody knows is shown readably, never hidden."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from engine import notices
from engine.cases import WITHDRAWAL, CaseFile
from engine.people import APPLICANT
from engine.timeline import Event
from hall.formats import day, rupiah
from hall.language import language

from .inbox import step_title


@dataclass(frozen=True)
class Told:
    """One event: when, what happened, and who did it (empty: the office's own clockwork)."""

    at: datetime
    text: str
    who: str


def told(found: CaseFile) -> list[Told]:
    """Everything that happened, newest first."""
    return [Told(event.at, sentence(event, found), found.names.get(event.by or "", "")) for event in reversed(found.events)]


def sentence(event: Event, found: CaseFile) -> str:
    """What happened, in the reader's language; an unknown word as its own words."""
    known = SENTENCES.get(event.what)
    return known(event.facts, found) if known else event.what.replace(".", ": ").replace("_", " ").capitalize()


def _step(facts: Mapping[str, Any], found: CaseFile) -> str:
    return step_title(found.bundle, str(facts.get("step", "")))


def _opened(facts: Mapping[str, Any], found: CaseFile) -> str:
    step = found.bundle.process.steps.get(str(facts.get("step", "")))
    if step is not None and APPLICANT in step.desks:
        return _("The applicant was asked: %(step)s", step=_step(facts, found))
    return _("Step opened: %(step)s", step=_step(facts, found))


def _ended(facts: Mapping[str, Any], found: CaseFile) -> str:
    outcome = str(facts.get("outcome", ""))
    step = found.bundle.process.steps.get(outcome)
    words = {"withdrawn": _("withdrawn"), "discarded": _("thrown away"), "stopped": _("closed by the office"), "lapsed": _("lapsed")}
    named = found.bundle.step_name(outcome, language()) if step else words.get(outcome, outcome)
    return _("The application ended: %(outcome)s", outcome=named)


def _withdrawn(facts: Mapping[str, Any], found: CaseFile) -> str:
    reason = next((str(each.value) for each in found.given if each.form == WITHDRAWAL), "")
    if reason:
        return _("The applicant withdrew the application: %(reason)s", reason=reason)
    return _("The applicant withdrew the application")


def _notice(facts: Mapping[str, Any], found: CaseFile) -> str:
    what = str(facts.get("notice", ""))
    subject = next((each.subject for each in found.notices if each.what == what), None)
    named = subject or notices.name_of(what, found.bundle.letters, language(), number=found.case.number or "")
    return _("Message to the applicant: %(subject)s", subject=named)


def _message(facts: Mapping[str, Any], found: CaseFile) -> str:
    """What came, by the step that waited for it."""
    message = str(facts.get("message", ""))
    return _("A message came: %(message)s", message=found.bundle.awaits(message, language()) or message)


def _reason(facts: Mapping[str, Any], found: CaseFile) -> str:
    remark = found.remarks.get(str(facts.get("remark", "")))
    return remark.text if remark else "–"


def _until(facts: Mapping[str, Any]) -> str:
    return day(datetime.fromisoformat(str(facts["until"])) - timedelta(microseconds=1))


def _amount(facts: Mapping[str, Any]) -> str:
    return rupiah(int(facts.get("amount") or 0))


SENTENCES: Mapping[str, Callable[[Mapping[str, Any], CaseFile], str]] = {
    "case.opened": lambda facts, found: _("The applicant began the application"),
    "case.submitted": lambda facts, found: _("The application was received: %(number)s", number=facts.get("number", "")),
    "case.complete": lambda facts, found: _("The papers are complete: the promised time begins"),
    "case.withdrawn": _withdrawn,
    "case.ended": _ended,
    "case.stopped": lambda facts, found: _("The office closed the application: %(reason)s", reason=_reason(facts, found)),
    "case.reopened": lambda facts, found: _("Opened again: %(reason)s", reason=_reason(facts, found)),
    "case.sent_back": lambda facts, found: _(
        "Sent back to “%(step)s”: %(reason)s", step=step_title(found.bundle, str(facts.get("to", ""))), reason=_reason(facts, found)
    ),
    "case.suspended": lambda facts, found: _("Suspended until %(until)s: %(reason)s", until=_until(facts), reason=_reason(facts, found)),
    "case.resumed": lambda facts, found: _("The suspension is over: all deadlines run again"),
    "case.moved": lambda facts, found: _("Goes on with version %(number)s of the procedure", number=facts.get("version", "")),
    "case.moved_back": lambda facts, found: _("Put back to version %(number)s of the procedure", number=facts.get("version", "")),
    "message.received": _message,
    "task.opened": _opened,
    "task.claimed": lambda facts, found: _("Took the task: %(step)s", step=_step(facts, found)),
    "task.released": lambda facts, found: _("Gave the task back: %(step)s", step=_step(facts, found)),
    "task.done": lambda facts, found: _("Done: %(step)s", step=_step(facts, found)),
    "timer.rang": lambda facts, found: _("The time was up: %(step)s", step=_step(facts, found)),
    "fee.charged": lambda facts, found: _("Charged: %(amount)s", amount=_amount(facts)),
    "fee.settled": lambda facts, found: _("Paid: %(amount)s", amount=_amount(facts)),
    "fee.dropped": lambda facts, found: _("No longer due: %(amount)s", amount=_amount(facts)),
    "notice.written": _notice,
    "document.issued": lambda facts, found: _("Document issued: %(number)s", number=facts.get("number", "")),
    "document.revoked": lambda facts, found: _("Document revoked: %(number)s", number=facts.get("number", "")),
    "errand.dead": lambda facts, found: _(
        "An automatic step failed; the administrator must look at it: %(name)s", name=facts.get("name", "")
    ),
    "errand.retried": lambda facts, found: _("An automatic step was started again: %(name)s", name=facts.get("name", "")),
}

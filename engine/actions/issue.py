"""Issue a letter: set in type in every language, entered in the books, with a code anybody can check.

The permit itself passes a gate that no diagram can leave out: nothing open, nothing unpaid (a county issued permits with a review
still open; domain §4.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import rules
from engine import documents, fees, people
from engine.documents import Issued, Signatory
from engine.people import APPLICANT

from .action import GateClosed, Work
from .wording import words_for

NAME = "issue"
FIELDS = {"letter": "letter", "signed_by": "step"}
WRITES = {"document": "string", "number": "string"}
LATER = True


@dataclass(frozen=True)
class Paper:
    """What `prepare` made: the code that is printed on it, the PDFs by language, number and validity."""

    code: str
    number: str
    papers: dict[str, bytes]
    valid_from: date | None
    valid_until: date | None


def prepare(work: Work) -> Paper:
    """Set the letter in type, in every language of the bundle. Raises GateClosed, and what documents.render_letter raises."""
    letter = str(work.header("letter"))
    permit = letter == work.bundle.about.letters.get("issued")
    if permit:
        gate(work)
    code, number = documents.new_code(), _number(work)
    valid_from, valid_until = _validity(work) if permit else (None, None)
    issued_on = work.office.calendar.local(work.at).date()
    facts = {"document": {"number": number, "code": code, "valid_from": valid_from, "valid_until": valid_until, "issued_on": issued_on}}
    papers = {}
    for lang in ("id", "en"):
        template = work.bundle.letter(letter, lang)
        papers[lang] = documents.render_letter(
            template,
            {**words_for(work, template, lang=lang), **facts},
            lang=lang,
            qr=f"{work.office.address}/v/{code}",
            layout=work.office.layout,
            issued=Issued(on=issued_on, number=number, code=code, signatory=_signatory(work, lang)),
            zone=work.office.calendar.zone,
        )
    return Paper(code, number, papers, valid_from, valid_until)


def run(work: Work, prepared: Paper) -> dict[str, Any]:
    """Enter the papers in the books; the gate is looked at once more, inside the transaction."""
    letter = str(work.header("letter"))
    if letter == work.bundle.about.letters.get("issued"):
        gate(work)
    document = documents.issue(
        work.session,
        work.office.cabinet,
        case=work.case.id,
        letter=letter,
        number=prepared.number,
        code=prepared.code,
        public={
            "procedure": work.case.procedure_key,
            "name": work.bundle.about.name,
            "holder": initials(work.applicant.name),
            "permit": letter == work.bundle.about.letters.get("issued"),
        },
        papers=prepared.papers,
        by=None,
        at=work.at,
        valid_from=prepared.valid_from,
        valid_until=prepared.valid_until,
    )
    return {"document": document.id, "number": document.number}


def gate(work: Work) -> None:
    """Nothing but this step is open, and whatever was charged is paid. Raises GateClosed with the reason."""
    waiting = work.history.waiting
    if waiting:
        raise GateClosed(why="open_steps", steps=", ".join(waiting))
    if fees.open_fee(work.session, work.case.id) is not None:
        raise GateClosed(why="unpaid", steps="")


def initials(name: str) -> str:
    """What the public page shows of the holder: `S. W.` for Sari Wulandari."""
    return " ".join(f"{part[0]}." for part in name.split()[:4])


def _number(work: Work) -> str:
    """What the diagram's numbering step gave, or the application's own number; never what somebody has typed."""
    numbering = [step.id for step in work.bundle.process.steps.values() if step.action == "number"]
    given = next((work.facts[step]["number"] for step in reversed(numbering) if step in work.facts), None)
    return str(given or work.case.number)


def _validity(work: Work) -> tuple[date | None, date | None]:
    validity = work.bundle.about.validity
    known = {**work.context, **work.facts}
    functions = work.office.calendar.functions(work.at)

    def day(expression: str | None) -> date | None:
        value = rules.evaluate(expression, known, now=work.office.calendar.local(work.at), functions=functions) if expression else None
        return value.date() if isinstance(value, datetime) else value

    return (day(validity.from_), day(validity.until)) if validity else (None, None)


def _signatory(work: Work, lang: str) -> Signatory | None:
    """The officer who did the step `signed_by`, or the one who decided last, under the name of their desk."""
    signed_by = work.header("signed_by")
    last = next((each for each in reversed(work.history.officers) if signed_by in (None, each[0])), None)
    if last is None:
        return None
    step, person = last
    desk = next((each for each in work.bundle.process.steps[step].desks if each != APPLICANT), "")
    return Signatory(position=work.bundle.text("desks", desk, lang), name=people.by_id(work.session, person).name)

"""Where is it, who has it, when at the latest: computed from what is open, for everybody who may ask."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.people import APPLICANT, Person
from engine.procedures import Bundle
from engine.store import NotFound, Session

from .context import bundle_of, open_tasks
from .pauses import open_pause, reason_of
from .tables import Case, Task, Timer


@dataclass(frozen=True)
class Waiting:
    """One open step: `desk` is the role that has it (never a person), `due` when that step is promised."""

    task: str
    step: str
    desk: str
    clock: str
    due: datetime | None
    opened: datetime


@dataclass(frozen=True)
class Suspended:
    """The office has suspended the case: since when, until when it announced, and why in its own words."""

    since: datetime
    until: datetime
    reason: str


@dataclass(frozen=True)
class Status:
    """`word` is one of draft, yours (the applicant must do something), payment, office, house (an automatic step), ended.

    `due` is the latest moment for the whole case (None: not started, or the clock stands still: `stopped`). While it is `suspended` the
    dates are those that hold if it goes on when announced.
    """

    word: str
    outcome: str | None
    waiting: tuple[Waiting, ...]
    due: datetime | None
    stopped: bool
    submitted: datetime | None
    ended: datetime | None
    suspended: Suspended | None = None


@dataclass(frozen=True)
class Tracked:
    """What anybody with number and phone digits may know."""

    case: Case
    bundle: Bundle
    status: Status


def status_of(session: Session, case: Case) -> Status:
    """The status of a case now."""
    bundle = bundle_of(session, case)
    places = {step: place for place, step in enumerate(bundle.process.order)}
    found = (_waiting(session, task, bundle) for task in open_tasks(session, case))
    waiting = tuple(sorted(found, key=lambda each: places.get(each.step, 0)))
    suspended = _suspended(session, case)
    return Status(
        word=_word(case, waiting),
        outcome=case.outcome,
        waiting=waiting,
        due=case.due_at,
        stopped=suspended is not None or (any(each.clock != "office" for each in waiting) and case.submitted_at is not None),
        submitted=case.submitted_at,
        ended=case.ended_at,
        suspended=suspended,
    )


def _suspended(session: Session, case: Case) -> Suspended | None:
    """Asks nothing when the case is not suspended."""
    pause = open_pause(session, case) if case.suspended_until is not None else None
    return Suspended(pause.since, pause.until, reason_of(session, pause)) if pause else None


def _waiting(session: Session, task: Task, bundle: Bundle) -> Waiting:
    step = bundle.process.steps[task.step]
    due = task.due_at or _rings(session, task, bundle)
    return Waiting(task.id, task.step, step.desks[0] if step.desks else "", task.clock, due, task.opened_at)


def _rings(session: Session, task: Task, bundle: Bundle) -> datetime | None:
    """When the first timer on the step's edge rings and takes it away (a correction lapses after 14 working days)."""
    timers = session.scalars(select(Timer).where(Timer.case_id == task.case_id, Timer.over_at.is_(None)))
    steps = bundle.process.steps
    return min((timer.due_at for timer in timers if steps[timer.step].host == task.step and steps[timer.step].interrupting), default=None)


def _word(case: Case, waiting: tuple[Waiting, ...]) -> str:
    if case.ended_at is not None:
        return "ended"
    if case.submitted_at is None:
        return "draft"
    for each in waiting:
        if each.desk == APPLICANT:
            return "payment" if each.clock == "payment" else "yours"
    return "office" if any(each.desk for each in waiting) else "house"


CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none looks like another
CODE_LENGTH = 8  # of 5 bits: with the limit on guesses per number, beyond guessing
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def track(session: Session, number: str, proof: str) -> Tracked:
    """By application number and the last four digits of the phone, or the tracking code on the receipt (for who has no phone here).

    Raises NotFound, the same for a wrong number as for wrong digits or a wrong code.
    """
    case = session.scalar(select(Case).where(Case.number == number.strip().upper(), Case.submitted_at.is_not(None)))
    if case is None or not (_is_phone_end(session, case, proof) or _is_code(session, case, proof)):
        raise NotFound(what="application")
    return Tracked(case, bundle_of(session, case), status_of(session, case))


def tracking_code(session: Session, case: Case) -> str:
    """What is printed on the receipt: `7KQ2-9FXA`, worked out from the case with the house's key, so that it is stored nowhere."""
    bits = int(session.keys.blind(case.id, "case.tracking"), 16)
    letters = "".join(CODE_LETTERS[bits >> (5 * place) & 31] for place in range(CODE_LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


def _is_phone_end(session: Session, case: Case, proof: str) -> bool:
    expected, digits = session.get_one(Person, case.applicant_id).phone_end, proof.strip()
    if expected is None or len(digits) != 4 or not (digits.isascii() and digits.isdigit()):
        return False
    return hmac.compare_digest(expected, session.keys.blind(digits, "person.phone_end"))


def _is_code(session: Session, case: Case, proof: str) -> bool:
    typed, code = (text.upper().translate(MISREAD) for text in (proof.strip(), tracking_code(session, case)))
    return hmac.compare_digest(typed.encode(), code.encode())


def sentence_of(bundle: Bundle, status: Status, lang: str) -> str:
    """The procedure's own sentences for where the case is (`[status]` of its texts): of every open step, or of how it ended."""
    words = bundle.texts.get(lang, {}).get("status", {})
    keys = [status.outcome] if status.word == "ended" else [each.step for each in status.waiting]
    return " ".join(dict.fromkeys(str(words[key]) for key in keys if key in words))

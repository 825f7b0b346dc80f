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
class Status:
    """`word` is one of draft, yours (the applicant must do something), payment, office, house (an automatic step), ended.

    `due` is the latest moment for the whole case (None: not started, or the clock stands still: `stopped`).
    """

    word: str
    outcome: str | None
    waiting: tuple[Waiting, ...]
    due: datetime | None
    stopped: bool
    submitted: datetime | None
    ended: datetime | None


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
    return Status(
        word=_word(case, waiting),
        outcome=case.outcome,
        waiting=waiting,
        due=case.due_at,
        stopped=any(each.clock != "office" for each in waiting) and case.submitted_at is not None,
        submitted=case.submitted_at,
        ended=case.ended_at,
    )


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


def track(session: Session, number: str, phone_end: str) -> Tracked:
    """By application number and the last four digits of the phone (or, without a phone, of nothing: then it cannot be tracked).

    Raises NotFound, the same for a wrong number as for wrong digits.
    """
    case = session.scalar(select(Case).where(Case.number == number.strip().upper(), Case.submitted_at.is_not(None)))
    digits = "".join(letter for letter in phone_end if letter.isdigit())[-4:]
    expected = session.get(Person, case.applicant_id).phone_end if case else None  # type: ignore[union-attr]
    given = session.keys.blind(digits, "person.phone_end")
    if case is None or expected is None or not hmac.compare_digest(expected, given):
        raise NotFound(what="application")
    return Tracked(case, bundle_of(session, case), status_of(session, case))


def sentence_of(bundle: Bundle, status: Status, lang: str) -> str:
    """The procedure's own sentences for where the case is (`[status]` of its texts): of every open step, or of how it ended."""
    words = bundle.texts.get(lang, {}).get("status", {})
    keys = [status.outcome] if status.word == "ended" else [each.step for each in status.waiting]
    return " ".join(dict.fromkeys(str(words[key]) for key in keys if key in words))

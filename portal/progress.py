"""How far an application is, in the reader's words: for tracking, for the applicant's own page, for messages on screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from engine import cases
from engine.cases import Case, Status
from engine.procedures import Bundle
from engine.store import Session
from hall.formats import words
from hall.language import language


@dataclass(frozen=True)
class Tag:
    """A short word for the state of an application and its sort (`open`, `waiting`, `done`, `refused`, `closed`)."""

    text: str
    kind: str


@dataclass(frozen=True)
class Part:
    """One public step: `done`, `now` or `next`, and what is said of it."""

    name: str
    state: str
    note: str


@dataclass(frozen=True)
class Progress:
    """Everything a tracking page says."""

    number: str
    permit: str
    tag: Tag
    sentence: str
    holder: str
    due: datetime | None
    stopped: bool
    submitted: datetime | None
    ended: datetime | None
    parts: Sequence[Part]


def tag_of(status: Status) -> Tag:
    """The word for a state."""
    if status.word == "ended":
        return {
            "issued": Tag(_("Issued"), "done"),
            "refused": Tag(_("Refused"), "refused"),
            "lapsed": Tag(_("Lapsed"), "closed"),
            "withdrawn": Tag(_("Withdrawn"), "closed"),
        }.get(status.outcome or "", Tag(_("Ended"), "closed"))
    return {
        "draft": Tag(_("Draft"), "closed"),
        "yours": Tag(_("Waiting for you"), "waiting"),
        "payment": Tag(_("Waiting for payment"), "waiting"),
    }.get(status.word, Tag(_("In progress"), "open"))


def progress(session: Session, case: Case, bundle: Bundle, status: Status) -> Progress:
    """How far the case is."""
    at = {each.step for each in status.waiting}
    passed = {task.step for task in cases.tasks_of(session, case)} - at
    first = status.waiting[0] if status.waiting else None
    said = status.outcome if status.ended else first.step if first else ""
    return Progress(
        number=case.number or "",
        permit=words(bundle.about.name),
        tag=tag_of(status),
        sentence=told(bundle, "status", said or ""),
        holder=told(bundle, "desks", first.desk) if first and first.desk else "",
        due=status.due,
        stopped=status.stopped,
        submitted=status.submitted,
        ended=status.ended,
        parts=parts_of(bundle, at, passed, ended=status.ended is not None),
    )


def parts_of(bundle: Bundle, at: set[str], passed: set[str], *, ended: bool) -> list[Part]:
    """The public steps with their states; when the case has ended, only those it went through."""
    public = {
        step: properties.get("public", "") for step, properties in ((each.id, each.properties) for each in bundle.process.steps.values())
    }
    here, done = {public.get(step, "") for step in at}, {public.get(step, "") for step in passed}
    parts = []
    for stage in bundle.steps(language()):
        state = "now" if stage.key in here else "done" if stage.key in done else "next"
        if not (ended and state == "next"):
            parts.append(Part(stage.name, state, ", ".join(stage.desks)))
    return parts


def told(bundle: Bundle, kind: str, key: str) -> str:
    """A word of the bundle's texts in the reader's language; empty when it has none."""
    return bundle.text(kind, key, language(), " ").strip() if key else ""

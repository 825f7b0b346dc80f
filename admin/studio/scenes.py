"""What one page of a trial shows: who is asked for what, where the token is, which rows fired, what rings when, who was told what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select

import rules
from engine import cases, documents, fees, flow, notices, stories
from engine.cases import Case, Decided, Task, Timer
from engine.documents import Document
from engine.fees import Fee
from engine.notices import Notice
from engine.procedures import Bundle
from engine.store import Session
from engine.stories import Trial
from hall.diagram import Way, draw
from hall.language import language
from hall.values import plain_name, shown

LISTED = ("user", "service", "rule", "receive", "script", "timer", "end")


@dataclass(frozen=True)
class Open:
    """A step that waits: for whom, until when; `href` is where it is done, `actor` who will do it (empty: nobody of the trial may)."""

    name: str
    desk: str
    due: datetime | None
    actor: str
    href: str | None


@dataclass(frozen=True)
class Bell:
    """A timer that is set: the step it belongs to, and when it rings."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Fired:
    """A row of a table that was true, with its legal text."""

    table: str
    row: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """One decision of a table: what it gave, and the rows that fired."""

    title: str
    values: tuple[tuple[str, str], ...]
    fired: tuple[Fired, ...]


@dataclass(frozen=True)
class Told:
    """A notice that would have been sent."""

    to: str
    notice: Notice


@dataclass(frozen=True)
class Stop:
    """One step of the diagram in words: `state` is now, passed or next."""

    name: str
    state: str


@dataclass(frozen=True)
class Scene:
    """A trial as it stands."""

    trial: Trial
    case: Case
    bundle: Bundle
    open: tuple[Open, ...]
    done: tuple[tuple[str, str, datetime], ...]
    bells: tuple[Bell, ...]
    next: datetime | None
    made: tuple[Made, ...]
    bills: tuple[Fee, ...]
    told: tuple[Told, ...]
    letters: tuple[Document, ...]
    stops: tuple[Stop, ...]
    drawing: Markup


def scene_of(db: Session, trial: Trial, bundle: Bundle) -> Scene:
    """Everything, read from the trial's own database."""
    case = db.get_one(Case, trial.case)
    state = flow.snapshot(bundle.process, case.state)
    way = Way(frozenset(each.step.id for each in state.open), frozenset(state.passed))
    people = {ident: trial.actors[key].name for key, ident in trial.cast.items()}
    decided = db.scalars(select(Decided).where(Decided.case_id == case.id).order_by(Decided.id.desc()))
    return Scene(
        trial=trial,
        case=case,
        bundle=bundle,
        open=tuple(_open(db, trial, bundle, case)),
        done=tuple(_done(db, bundle, case, people)),
        bells=tuple(_bells(db, bundle, case)),
        next=stories.trial.next_moment(db, trial),
        made=tuple(_made(bundle, each) for each in decided),
        bills=tuple(fees.fees_of(db, case.id)),
        told=tuple(Told(people.get(each.person_id, ""), each) for each in reversed(notices.of_case(db, case.id))),
        letters=tuple(documents.of_case(db, case.id)),
        stops=tuple(_stops(bundle, way)),
        drawing=_drawing(bundle, way),
    )


def _open(db: Session, trial: Trial, bundle: Bundle, case: Case) -> Iterator[Open]:
    for each in cases.status_of(db, case).waiting:
        step = bundle.process.steps[each.step]
        actor = stories.trial.who_may(db, trial, each.task) if step.form else None
        href = url_for(".trial_task", key=trial.key, trial=trial.id, task=each.task) if actor else None
        desk = bundle.text("desks", each.desk, language()) if each.desk else ""
        yield Open(bundle.step_name(step.id, language()) or step.id, desk, each.due, trial.actors[actor].name if actor else "", href)


def _done(db: Session, bundle: Bundle, case: Case, people: dict[str, str]) -> Iterator[tuple[str, str, datetime]]:
    """The steps that people did, the newest first: step, who, when."""
    done = db.scalars(select(Task).where(Task.case_id == case.id, Task.kind == "user", Task.done_at.is_not(None)))
    for each in sorted(done, key=lambda task: task.done_at or case.made_at, reverse=True):
        yield bundle.step_name(each.step, language()) or each.step, people.get(each.done_by or "", ""), each.done_at or case.made_at


def _bells(db: Session, bundle: Bundle, case: Case) -> Iterator[Bell]:
    timers = db.scalars(select(Timer).where(Timer.case_id == case.id, Timer.over_at.is_(None)).order_by(Timer.due_at))
    for each in timers:
        step = bundle.process.steps[each.step]
        around = bundle.step_name(step.host, language()) if step.host in bundle.process.steps else ""
        name = bundle.step_name(step.id, language()) or around or step.id
        yield Bell(name, each.due_at)


def _made(bundle: Bundle, decided: Decided) -> Made:
    value = rules.from_plain(decided.value)
    pairs = value.items() if isinstance(value, dict) else [("", value)]
    step = bundle.process.steps[decided.step]
    fired = tuple(_fired(bundle, each) for each in decided.fired)
    return Made(bundle.step_name(step.id, language()) or step.id, tuple((plain_name(key), shown(one)) for key, one in pairs), fired)


def _fired(bundle: Bundle, row: Mapping[str, Any]) -> Fired:
    return Fired(table_name(bundle, row["table"]), int(row["row"]), tuple(note for note in row.get("notes", ()) if note))


def table_name(bundle: Bundle, table: str) -> str:
    """What a table is called."""
    labels = (each for found in bundle.decisions.values() for each in found.model.elements if each.id == table)
    return next((each.label or each.name for each in labels), table)


def _stops(bundle: Bundle, way: Way) -> Iterator[Stop]:
    steps = (bundle.process.steps[key] for key in bundle.process.order)
    return (Stop(bundle.step_name(step.id, language()), way.state(step.id)) for step in steps if step.kind in LISTED and step.name)


def _drawing(bundle: Bundle, way: Way) -> Markup:
    at = [bundle.step_name(step.id, language()) for step in bundle.process.steps.values() if step.id in way.now and step.name]
    desc = _("Now at: %(steps)s.", steps=", ".join(at)) if at else _("The application has ended.")
    title = _("The way of this trial")
    return Markup(draw(bundle.files["process.bpmn"], bundle.process, way, title=title, desc=desc))  # noqa: S704  lxml escapes

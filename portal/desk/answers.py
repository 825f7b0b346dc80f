"""The answers of an application for reading: by form and page, each with its earlier values, who gave them and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import forms
import rules
from engine import cases
from engine.cases import CaseFile
from forms import FileRef, Form, Row
from hall import person
from hall.language import language


@dataclass(frozen=True)
class Earlier:
    """A value that was replaced."""

    text: str
    files: tuple[FileRef, ...]
    who: str
    at: datetime
    until: datetime


@dataclass(frozen=True)
class Line:
    """One answer and what stood there before, newest first."""

    row: Row
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True)
class Block:
    """The answers of one page."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Given:
    """The answers of one form: `who` gave the newest of them, `at` when; `notes` is what was doubtful and confirmed by them."""

    key: str
    title: str
    who: str
    at: datetime | None
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()


def desks() -> frozenset[str]:
    """The desks of the person signed in: some answers are for certain desks only."""
    one = person()
    return one.desks if one else frozenset()


def given(found: CaseFile, only: Iterable[str] | None = None) -> tuple[Given, ...]:
    """The answered forms of an application in the order of its steps; `only` these, in this order, when given."""
    keys = dict.fromkeys(only) if only is not None else _in_order(found)
    return tuple(_given(found, found.bundle.forms[key]) for key in keys if key in found.bundle.forms and key in found.answers)


def _in_order(found: CaseFile) -> dict[str, None]:
    process = found.bundle.process
    asked = (process.steps[step].form for step in process.order)
    return dict.fromkeys(form for form in asked if form)


def _given(found: CaseFile, form: Form) -> Given:
    rows = [each for each in found.given if each.form == form.key]
    newest = max((each for each in rows if each.replaced_at is None), key=lambda each: each.submission, default=None)
    lang = language()
    return Given(
        key=form.key,
        title=form.title.get(lang) or form.title["id"],
        who=found.names.get(newest.by or "", "") if newest else "",
        at=newest.at if newest else None,
        blocks=tuple(
            Block(section.title, tuple(_lines(found, form, section.rows, rows)))
            for section in forms.summary(form, found.answers[form.key], lang=lang, desks=desks())
        ),
        notes=tuple(_notes(found, form, lang)),
    )


def _notes(found: CaseFile, form: Form, lang: str) -> Iterable[str]:
    """The newest doubts about the answers of a form, those about answers of other desks left out."""
    steps = {key for key, step in found.bundle.process.steps.items() if step.form == form.key}
    done = [each.facts for each in found.events if each.what == "task.done" and each.facts.get("step") in steps]
    for each in done[-1].get("notes", ()) if done else ():
        note, field = forms.note(each), form.find(each["path"])
        if field is None or field.seen(desks()):
            yield forms.sentence(form, note, lang)


def _lines(found: CaseFile, form: Form, shown: Sequence[Row], rows: Sequence[cases.Answer]) -> Iterable[Line]:
    told: set[str] = set()
    for row in shown:
        key = row.path.partition(".")[0]
        earlier = (
            () if key in told else tuple(_earlier(found, form, each) for each in reversed(rows) if each.field == key and each.replaced_at)
        )
        told.add(key)
        yield Line(row, earlier)


def _earlier(found: CaseFile, form: Form, answer: cases.Answer) -> Earlier:
    sections = forms.summary(form, {answer.field: rules.from_plain(answer.value)}, lang=language(), desks=desks())
    rows = [row for section in sections for row in section.rows]
    text = "; ".join(row.text if len(rows) == 1 else f"{row.label}: {row.text}" for row in rows if not row.files)
    files = tuple(file for row in rows for file in row.files)
    assert answer.replaced_at is not None  # only replaced ones are asked for
    return Earlier(text, files, found.names.get(answer.by or "", ""), answer.at, answer.replaced_at)

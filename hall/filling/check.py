"""Check your answers, then send: the whole form is checked again, and one verb does the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import redirect, render_template
from werkzeug.wrappers import Response

import forms
from engine import cases
from engine.cases import NotUnique
from engine.store import Session
from forms import Answers, FieldError, Row

from .scene import Scene, Start

Answer = Response | str | tuple[str, int]


@dataclass(frozen=True)
class Line:
    """One answer on the check page: where it can be changed (None: it cannot), and whether a correction changed it."""

    row: Row
    change: str | None
    changed: bool = False
    marked: bool = False


@dataclass(frozen=True)
class Block:
    """The answers of one page."""

    title: str
    lines: tuple[Line, ...]


def show_check(start: Start) -> Answer:
    """All answers with links to change them; while something is missing, the page where it is missing."""
    with start.ground.reading() as db:
        scene = start.scene(db)
        missing = scene.unfinished()
        if missing is not None:
            return redirect(scene.frame.page(missing.key, back="check"), 303)
        return drawn(scene)


def send(start: Start) -> Answer:
    """Complete the task with everything that was typed; what no longer passes is listed instead (422).

    When somebody else sends the same unique answer between the check and the sending, it is checked once more: now the check knows.
    """
    try:
        return _sent(start)
    except NotUnique:
        return _sent(start)


def _sent(start: Start) -> Answer:
    with start.ground.unit() as db:
        scene = start.scene(db)
        return drawn(scene) if scene.errors else finish(db, scene)


def finish(db: Session, scene: Scene) -> Response:
    """The task is done. Raises what `cases.complete` raises."""
    answers = scene.verdict
    assert isinstance(answers, Answers)  # callers have looked
    ground = scene.frame.ground
    done = cases.complete(db, ground.office(), scene.frame.task, answers, by=scene.task.by, at=ground.now())
    return redirect(scene.frame.done(done), 303)


def drawn(scene: Scene) -> Answer:
    """The check page: 422 when something keeps it from being sent."""
    doubts = scene.verdict.warnings if isinstance(scene.verdict, Answers) else ()
    previous = scene.pages[-1] if scene.pages else None
    html = render_template(
        scene.frame.check_template,
        frame=scene.frame,
        scene=scene,
        blocks=blocks(scene),
        errors=linked(scene, scene.errors),
        doubts=linked(scene, doubts),
        back=scene.frame.page(previous.key) if previous else scene.frame.overview,
        number=len(scene.pages) + 1,
        **scene.frame.around,
    )
    return (html, 422) if scene.errors else html


def blocks(scene: Scene) -> list[Block]:
    """The answers by page, each with the address where it can be changed."""
    if not isinstance(scene.verdict, Answers):
        return []
    sections = forms.summary(scene.form, scene.verdict.values, lang=scene.lang, context=scene.task.context)
    return [Block(each.title, tuple(_line(scene, each.page, row) for row in each.rows)) for each in sections]


def _line(scene: Scene, page: str, row: Row) -> Line:
    key, field = row.path.partition(".")[0], scene.form.find(row.path)
    may = any(one.key == page for one in scene.pages) and scene.may_change(key)
    anchor = field.kind.anchor(row.path) if field else f"f-{row.path}"
    marked = any(mark["field"].partition(".")[0] == key for mark in scene.task.marks)
    changed = scene.corrects and scene.raw.get(key) != (scene.task.before or {}).get(key)
    return Line(row, f"{scene.frame.page(page, back='check')}#{anchor}" if may else None, changed, marked)


def linked(scene: Scene, errors: Sequence[FieldError]) -> list[dict[str, str]]:
    """Faults with links to the page on which each can be cured."""
    found = []
    for error in errors:
        page, field = scene.page_of(error.path), scene.form.find(error.path)
        text = {"text": forms.sentence(scene.form, error, scene.lang)}
        if page is not None and field is not None:
            text["href"] = f"{scene.frame.page(page.key, back='check')}#{field.kind.anchor(error.path)}"
        found.append(text)
    return found

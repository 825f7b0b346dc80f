"""A task at the desk: its form beside what the applicant has sent, filled by the same mechanism as the applicant's pages."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import cases
from engine.cases import Case, CaseFile, TaskPage
from engine.store import Session
from hall import N_, filling, keeps_unsent, now, reading, staff, unit
from hall.filling import Frame, Start, me
from hall.ground import HERE
from hall.language import language
from portal import saying
from portal.applications.bills import Bill, bills

from .answers import Given, desks, given
from .door import blueprint, file_address
from .due import Due, due
from .inbox import step_title
from .last import is_last
from .refusals import why_not
from .told import Told, told

Answer = Response | str | tuple[str, int]
EVENTS_SHOWN = 8


@dataclass(frozen=True)
class Desk:
    """What stands around the form: whose step it is, until when, what was sent and paid, what happened so far.

    `taken` is empty or the name of who has taken it; `refused` says why the reader may not do it (empty: they may).
    """

    file: CaseFile
    title: str
    desk: str
    due: Due | None
    taken: str
    is_mine: bool
    refused: str
    answers: tuple[Given, ...]
    bills: tuple[Bill, ...]
    events: tuple[Told, ...]
    is_last: bool
    instructions: str = ""


@blueprint.get("/tasks/<task>")
@staff
def task(task: str) -> Answer:
    """The task; for reading only when the reader may not do it; the file of the application when it is done."""
    with reading() as db:
        found = cases.task_page(db, HERE.who(db), task)
        if not found.task.is_open:
            flash(_("The step “%(step)s” is done or no longer needed.", step=step_title(found.bundle, found.step.id)), "note")
            return redirect(url_for("desk.record", case=found.case.id), 303)
        desk = _desk(db, found)
        if desk.refused:
            return render_template("desk/reading.html", desk=desk, task=found)
        scene = filling.scene_of(db, frame(desk, found), found)
        first = scene.unfinished() or scene.pages[0]
    return filling.show_page(filling.start(scene.frame), first.key)


@blueprint.get("/tasks/<task>/pages/<page>")
@staff
def page(task: str, page: str) -> Answer:
    """One page of its form."""
    return filling.show_page(_start(task), page)


@blueprint.post("/tasks/<task>/pages/<page>")
@staff
@keeps_unsent
def take(task: str, page: str) -> Answer:
    """What was typed on it; the last page sends. Whoever types has taken the task."""
    hold(task)
    return filling.take_page(_start(task), page)


@blueprint.post("/tasks/<task>/pages/<page>/files")
@staff
def take_file(task: str, page: str) -> Answer:
    """One file for it, before the page itself is sent."""
    hold(task)
    return filling.take_file(_start(task), page)


@blueprint.get("/tasks/<task>/check")
@staff
def check(task: str) -> Answer:
    """Everything once more, before it is sent."""
    return filling.show_check(_start(task))


@blueprint.post("/tasks/<task>/check")
@staff
def send(task: str) -> Answer:
    """Send it."""
    hold(task)
    return filling.send(_start(task))


def hold(task: str) -> None:
    """Claim the task before anything of it is kept: of two officers at once one wins here. Raises TaskTaken, TaskGone, NotAllowed."""
    with unit() as db:
        cases.claim(db, task, by=me(db), at=now())


def _start(task: str) -> Start:
    with reading() as db:
        found = cases.task_page(db, HERE.who(db), task)
        return filling.start(frame(_desk(db, found), found))


def frame(desk: Desk, found: TaskPage) -> Frame:
    """Where the forms of officers stand: under their task. A step after which no person follows is checked once more before it is sent."""
    task = found.task.id
    asks_again = len(found.form.pages) > 1 or desk.is_last
    return Frame(
        task=task,
        page=lambda key, **more: url_for("desk.page", task=task, page=key, **more),
        upload=lambda key: url_for("desk.take_file", task=task, page=key),
        file=lambda file: file_address(found.case.id, file),
        leave=url_for("desk.index"),
        done=lambda case: _after(case, task),
        check=url_for("desk.check", task=task) if asks_again else None,
        before=url_for("desk.index"),
        service=f"{found.case.number} · {saying.procedure_name(found.bundle)}",
        send_text=N_("Complete the step"),
        page_template="desk/task.html",
        check_template="desk/check.html",
        desks=desks(),
        around={"desk": desk},
    )


def _after(case: Case, task: str) -> str:
    return url_for("desk.index", sent=task)


def _desk(db: Session, found: TaskPage) -> Desk:
    who, task = me(db), found.task
    file = cases.case_file(db, who, found.case.id)
    why = found.refused_because
    return Desk(
        file=file,
        title=step_title(found.bundle, task.step),
        desk=", ".join(saying.desk_name(found.bundle, each) for each in found.step.desks),
        due=due(task.due_at),
        taken=file.names.get(task.assignee or "", ""),
        is_mine=task.assignee == who.id,
        refused=why_not(db, why, task) if why and task.is_open else "",
        answers=given(file, tuple(found.beside)),
        bills=tuple(bills(file)),
        events=tuple(told(file)[:EVENTS_SHOWN]),
        is_last=is_last(found.bundle.process, task.step),
        instructions=found.bundle.text("instructions", task.step, language(), "\n").strip(),
    )

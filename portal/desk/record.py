"""The file of one application: everything the office knows of it, on one page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from engine import cases
from engine.cases import CaseFile, Task
from engine.people import APPLICANT
from engine.store import NotFound
from hall import reading, staff
from hall.diagram import Way, draw
from hall.filling import me
from hall.language import language
from portal import saying
from portal.applications.bills import bills
from portal.applications.views import papers

from .answers import given
from .decisions import decisions
from .deeds import deeds_of
from .door import blueprint
from .due import Due, due
from .inbox import step_title
from .onward import onward
from .told import told

Answer = Response | str | tuple[str, int]
PROCESS = "process.bpmn"


@dataclass(frozen=True)
class Work:
    """One step of a person: `state` is open, done or dropped; `who` did it or has taken it; `task` is set while the reader may open it."""

    step: str
    desk: str
    opened: datetime
    due: Due | None
    state: str
    at: datetime | None
    who: str
    was_late: bool
    task: str


@dataclass(frozen=True)
class Stop:
    """One step of the diagram in words: `state` is now, passed or next."""

    name: str
    state: str


@blueprint.get("/cases/<case>")
@staff
def record(case: str) -> Answer:
    """The whole file. An officer's own application is shown where every applicant sees theirs."""
    with reading() as db:
        who = me(db)
        found = cases.case_file(db, who, case)
        if found.applicant.id == who.id:
            return redirect(url_for("applications.show", case=case), 303)
        if not found.as_staff:
            raise NotFound(what="case")
        way = Way(frozenset(each.step for each in found.status.waiting), frozenset(found.passed))
        return render_template(
            "desk/record.html",
            file=found,
            case=found.case,
            name=saying.procedure_name(found.bundle),
            said=saying.say(found.status, found.bundle),
            now_at=onward(found).text,
            deeds=deeds_of(db, who, found),
            due=due(found.status.due),
            work=work(found, who.desks),
            answers=given(found),
            events=told(found),
            bills=bills(found),
            payments=[(fee, payment) for fee in found.fees for payment in fee.payments],
            decisions=decisions(found),
            papers=papers(found),
            stops=stops(found, way),
            drawing=drawing(found, way),
        )


def work(found: CaseFile, desks: frozenset[str]) -> list[Work]:
    """The steps of people, the newest first; those opened at once in the order of the diagram."""
    place = {step: number for number, step in enumerate(found.bundle.process.order)}
    tasks = sorted(found.tasks, key=lambda task: (task.opened_at, place.get(task.step, 0)), reverse=True)
    return [_work(found, task, desks) for task in tasks if task.kind == "user"]


def _work(found: CaseFile, task: Task, desks: frozenset[str]) -> Work:
    step = found.bundle.process.steps[task.step]
    state = "open" if task.is_open else "done" if task.done_at else "dropped"
    mine = state == "open" and bool(desks & set(step.desks))
    end = task.done_at or task.dropped_at
    return Work(
        step=step_title(found.bundle, task.step),
        desk=", ".join(saying.desk_name(found.bundle, desk) for desk in step.desks),
        opened=task.opened_at,
        due=due(task.due_at) if task.is_open else None,
        state=state,
        at=end,
        who=found.names.get(task.done_by or task.assignee or "", ""),
        was_late=bool(end and task.due_at and end > task.due_at),
        task=task.id if mine and APPLICANT not in step.desks else "",
    )


def stops(found: CaseFile, way: Way) -> list[Stop]:
    """The steps of the diagram in reading order, for who cannot see it."""
    process = found.bundle.process
    steps = (process.steps[key] for key in process.order)
    return [
        Stop(found.bundle.step_name(step.id, language()) or step.id, way.state(step.id))
        for step in steps
        if step.kind in ("user", "service", "rule", "receive", "script", "end") and step.name != step.id
    ]


def drawing(found: CaseFile, way: Way) -> Markup:
    """The diagram with the way of this application; nothing when the procedure holds no drawing."""
    at = [found.bundle.step_name(each, language()) for each in found.bundle.process.steps if each in way.now]
    desc = _("Now at: %(steps)s.", steps=", ".join(at)) if at else _("The application has ended.")
    title = _("The way of application %(number)s", number=found.case.number or "")
    return Markup(draw(found.bundle.files[PROCESS], found.bundle.process, way, title=title, desc=desc))  # noqa: S704  lxml escapes

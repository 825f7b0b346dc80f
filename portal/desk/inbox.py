"""The inbox: what waits at my desks, what is late on top, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import cases, people, procedures
from engine.cases import Line, NotAllowed, Task
from engine.people import Person
from engine.procedures import Bundle
from engine.store import NotFound, Session
from hall import now, reading, staff, unit
from hall.filling import me
from hall.language import language
from portal.saying import desk_name, procedure_name

from .door import blueprint
from .due import Due, due
from .onward import Onward, onward

Answer = Response | str | tuple[str, int]
MINE = "-mine"  # no desk is called like this: keys begin with a letter


@dataclass(frozen=True)
class Row:
    """One line of the inbox in words. `taken` is empty, or the name of who has taken it (`is_mine`: it is the reader)."""

    task: str
    number: str
    applicant: str
    procedure: str
    step: str
    desk: str
    line: Line
    due: Due | None
    taken: str
    is_mine: bool


@blueprint.get("")
@staff
def index() -> Answer:
    """The inbox, of all my desks, of one, or what I have taken; after a task was sent, what happened with it."""
    chosen, after = request.args.get("desk", ""), request.args.get("after")
    with reading() as db:
        who = me(db)
        mine = chosen == MINE
        desk = chosen if chosen in who.desks else None
        page = cases.inbox(db, who, desk=desk, mine=mine, after=after)
        return render_template(
            "desk/inbox.html",
            rows=[_row(db, line, who) for line in page.rows],
            after=page.after,
            first=not after,
            chosen=MINE if mine else desk or "",
            mine=MINE,
            desks=_desks(db, who),
            sent=_sent(db, who, request.args.get("sent")),
        )


@blueprint.post("/next")
@staff
def take_next() -> Answer:
    """Claim the most urgent free task and open it; when there is none, say so."""
    desk = request.form.get("desk") or None
    with unit() as db:
        who = me(db)
        task = cases.claim_next(db, by=who, at=now(), desk=desk if desk in who.desks else None)
    if task is None:
        flash(_("There is no free task for you at the moment."), "note")
        return redirect(url_for("desk.index", desk=desk), 303)
    return redirect(url_for("desk.task", task=task), 303)


def _row(db: Session, line: Line, who: Person) -> Row:
    bundle = procedures.bundle_of(db, line.version)
    step = bundle.process.steps[line.step]
    return Row(
        task=line.task,
        number=line.number or "",
        applicant=line.applicant,
        procedure=procedure_name(bundle),
        step=step_title(bundle, line.step),
        desk=desk_name(bundle, line.desk or next(iter(sorted(who.desks & set(step.desks))), "")),
        line=line,
        due=due(line.due_at),
        taken=line.taker or "",
        is_mine=line.assignee == who.id,
    )


def step_title(bundle: Bundle, step: str) -> str:
    """What a step asks of an officer: the title of its form in the reader's language, else its name in the diagram."""
    found = bundle.process.steps.get(step)
    if found is None:
        return step
    form = bundle.forms.get(found.form or "")
    return (form.title.get(language()) or form.title["id"]) if form else found.name or step


def _desks(db: Session, who: Person) -> list[tuple[str, str]]:
    return [(desk.key, desk.name(language())) for desk in people.desks(db) if desk.key in who.desks and desk.key != people.ADMINISTRATOR]


def _sent(db: Session, who: Person, task: str | None) -> Onward | None:
    """What became of the task the reader has just sent; None for anybody else's."""
    done = db.get(Task, task) if task else None
    if done is None or done.done_by != who.id:
        return None
    try:
        return onward(cases.case_file(db, who, done.case_id))
    except (NotFound, NotAllowed):
        return None

"""Why somebody may not do a step, said clearly: what the rule is, and which desk or who may do it."""

from __future__ import annotations

from flask import render_template, request
from flask_babel import gettext as _

from engine import cases, procedures
from engine.cases import Case, NotAllowed, Task, TaskGone, TaskSeen, TaskTaken
from engine.people import APPLICANT
from engine.procedures import Bundle
from engine.store import Session
from hall import reading, sentence
from hall.filling import me
from portal.saying import desk_name

from .door import blueprint
from .inbox import step_title


@blueprint.errorhandler(NotAllowed)
def not_allowed(error: NotAllowed) -> tuple[str, int]:
    """The rule that stands in the way, and who may do it (403)."""
    return _page(str(error.facts.get("why", "")), 403)


@blueprint.errorhandler(TaskTaken)
def taken(error: TaskTaken) -> tuple[str, int]:
    """A colleague has it (409)."""
    return _page("free_or_mine", 409)


@blueprint.errorhandler(TaskGone)
def gone(error: TaskGone) -> tuple[str, int]:
    """It was done already, or is no longer needed (409)."""
    return _page("gone", 409)


def _page(why: str, status: int) -> tuple[str, int]:
    with reading() as db:
        task = db.get(Task, str((request.view_args or {}).get("task", "")))
        said = why_not(db, why, task) if task else sentence("cases.not_allowed", {})
        case = db.get(Case, task.case_id) if task else None
        seen = case is not None and case.applicant_id != me(db).id
        return render_template("desk/refused.html", said=said, why=why, case=case if seen else None), status


def why_not(db: Session, why: str, task: Task | TaskSeen) -> str:
    """The sentence for the first condition of `engine.cases.may` that does not hold for the reader at this task."""
    case = db.get(Case, task.case_id)
    assert case is not None  # a task has its case
    bundle = procedures.bundle_of(db, case.version_id)
    step = bundle.process.steps[task.step]
    desks = ", ".join(desk_name(bundle, desk) for desk in step.desks)
    if why == "has_the_desk":
        return _("This step belongs to: %(desks)s. You do not sit at that desk.", desks=desks)
    if why == "not_own_application":
        return _("This is your own application. Nobody works on their own: a colleague of this desk does it (%(desks)s).", desks=desks)
    if why == "four_eyes":
        other = _other_step(bundle, step.properties.get("not_same_as", ""))
        said = _("You have already done “%(other)s” in this application.", other=other)
        return said + " " + _("Somebody else must do this step (four eyes): %(desks)s.", desks=desks)
    if why in ("free_or_mine", "is_mine"):
        return _taken(db, task, desks)
    if why == "goes_on":
        return _("This application is suspended. Nobody at the office works on it until it goes on.")
    if why == "gone":
        return _("The step “%(step)s” was already done, or is no longer needed. Nothing was changed.", step=step_title(bundle, task.step))
    return sentence("cases.ended" if why == "has_not_ended" else "cases.not_allowed", {})


def _other_step(bundle: Bundle, not_same_as: str) -> str:
    others = [each for each in not_same_as.replace(",", " ").split() if each != APPLICANT]
    return ", ".join(step_title(bundle, each) for each in others) or _("the application")


def _taken(db: Session, task: Task | TaskSeen, desks: str) -> str:
    names = cases.names_of(db, [task.assignee])
    if not task.assignee:
        return _("You have not taken this task. It is free for: %(desks)s.", desks=desks)
    return _("%(name)s is working on this step. Ask them to give it back, or choose another one.", name=names.get(task.assignee, ""))

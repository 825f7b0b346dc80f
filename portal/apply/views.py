"""From a permit's page into its form. A draft that was begun is offered again instead of a second one."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import cases, procedures
from engine.cases import Case, NotOffered, Task
from engine.procedures import Bundle
from engine.store import Session
from hall import everyone, now, office, person, reading, signed_in, today, unit
from hall.filling import me
from portal import saying

blueprint = Blueprint("apply", __name__, url_prefix="/apply", template_folder="../templates")
Answer = Response | str | tuple[str, int]


@dataclass(frozen=True)
class Begun:
    """A draft the person may go on with."""

    case: Case
    task: Task

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was typed in it yet."""
        return self.task.draft is None


@blueprint.get("/<procedure>")
@signed_in
def before(procedure: str) -> Answer:
    """What it takes, and the button that begins."""
    with reading() as db:
        return _before(db, procedure, renews=request.args.get("renews", ""))


@blueprint.post("/<procedure>")
@everyone
def begin(procedure: str) -> Answer:
    """Begin, or go on with a draft; whoever is not signed in does that first and comes back."""
    if person() is None:
        return redirect(url_for("account.sign_in", next=url_for("apply.before", procedure=procedure)), 303)
    chosen, renews = request.form.get("draft", ""), request.form.get("renews", "")
    with unit() as db:
        begun = drafts(db, procedure)
        untouched = next((each for each in begun if each.is_untouched), None)
        touched = [each for each in begun if not each.is_untouched]
        if chosen and chosen != "new":
            going = next((each for each in begun if each.case.id == chosen), None)
            return redirect(_address(going.case.id), 303) if going else _before(db, procedure, wrong=True, renews=renews)
        if touched and not chosen:
            return _before(db, procedure, wrong=request.form.get("asked") == "yes", renews=renews)
        if untouched and not renews:
            return redirect(_address(untouched.case.id), 303)
        case = cases.open_case(db, office(), procedure, applicant=me(db), by=me(db), at=now(), renews=renews)
        return redirect(_address(case.id), 303)


def drafts(db: Session, procedure: str) -> list[Begun]:
    """The drafts of the person signed in for a permit, newest first."""
    return [Begun(case, task) for case, task in cases.drafts(db, me(db), procedure)]


def _before(db: Session, procedure: str, *, wrong: bool = False, renews: str = "") -> Answer:
    bundle = offered(db, procedure)
    permit = cases.to_renew(db, me(db), renews, procedure, today=today()) if renews else None
    errors = [{"text": _("Choose whether to go on with a draft or to begin anew."), "href": "#draft"}] if wrong else []
    page = render_template(
        "apply/before.html",
        procedure=procedure,
        bundle=bundle,
        name=saying.procedure_name(bundle),
        drafts=[each for each in drafts(db, procedure) if not each.is_untouched],
        errors=errors,
        permit=permit,
    )
    return (page, 422) if wrong else page


def offered(db: Session, procedure: str) -> Bundle:
    """The bundle published now. Raises NotOffered."""
    version = procedures.current(db, procedure)
    if version is None:
        raise NotOffered(procedure=procedure)
    return procedures.bundle_of(db, version.id)


def _address(case: str) -> str:
    return url_for("applications.go_on", case=case)

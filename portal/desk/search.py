"""All applications of the procedures one works on: by number, by applicant, by state; newest first."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import cases, people, procedures
from engine.cases import Case
from engine.store import Session
from hall import now, reading, staff
from hall.filling import me
from portal import saying
from portal.saying import Said

from .door import blueprint
from .due import Due, due

Answer = Response | str | tuple[str, int]
LONGEST = 120


@dataclass(frozen=True)
class Found:
    """One application in the list."""

    case: Case
    applicant: str
    procedure: str
    said: Said
    due: Due | None


@blueprint.get("/search")
@staff
def search() -> Answer:
    """The list with its filters; everything asked for stands in the address, so that a list can be kept and shared."""
    text = request.args.get("q", "").strip()[:LONGEST]
    procedure, state = request.args.get("procedure", ""), request.args.get("state", "")
    with reading() as db:
        who = me(db)
        offered = [procedures.bundle_of(db, version.id) for version in cases.offered_to(db, who)]
        page = cases.applications(db, who, text=text, procedure=procedure, state=state, at=now(), after=request.args.get("after"))
        return render_template(
            "desk/search.html",
            found=[_found(db, case) for case in page.rows],
            after=page.after,
            asked={"q": text, "procedure": procedure, "state": state},
            procedures=[(bundle.key, saying.procedure_name(bundle)) for bundle in offered],
            states=states(),
        )


def states() -> list[tuple[str, str]]:
    """The states one can filter by, in words."""
    words = {
        "running": _("In progress"),
        "applicant": _("Waiting for the applicant"),
        "late": _("Late"),
        "ended": _("Ended"),
        "issued": _("Issued"),
        "refused": _("Refused"),
        "lapsed": _("Lapsed"),
        "withdrawn": _("Withdrawn"),
    }
    return [(state, words[state]) for state in cases.STATES]


def _found(db: Session, case: Case) -> Found:
    bundle = procedures.bundle_of(db, case.version_id)
    said = saying.say(cases.status_of(db, case), bundle)
    name = people.by_id(db, case.applicant_id).name
    return Found(case, name, saying.procedure_name(bundle), said, due(case.due_at) if not case.ended_at else None)

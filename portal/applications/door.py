"""The blueprint of the applicant's own cases, and how each of its pages finds the case."""

from __future__ import annotations

from flask import Blueprint

from engine import cases
from engine.cases import CaseFile, CaseNow
from engine.store import NotFound, Session
from hall import N_, Entry, offer, signed_in
from hall.filling import me

blueprint = Blueprint("applications", __name__, url_prefix="/applications", template_folder="../templates")
blueprint.record_once(lambda state: offer(state.app, Entry("applications.index", N_("My applications"), guard=signed_in, order=20)))


def own_file(db: Session, case: str) -> CaseFile:
    """The case of the person signed in. Raises NotFound for everybody else's, staff or not: their door is the desk."""
    found = cases.case_file(db, me(db), case)
    if found.case.applicant_id != me(db).id:
        raise NotFound(what="case")
    return found


def own_case(db: Session, case: str) -> CaseNow:
    """Where it stands. Raises NotFound like `own_file`."""
    found = cases.case_now(db, me(db), case)
    if found.case.applicant_id != me(db).id:
        raise NotFound(what="case")
    return found

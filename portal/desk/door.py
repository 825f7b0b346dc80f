"""The blueprint of the desk, and how each of its pages finds the application."""

from __future__ import annotations

from flask import Blueprint, url_for

from engine import cases
from engine.cases import CaseFile
from engine.store import NotFound, Session
from hall import N_, Entry, offer, staff
from hall.filling import me

blueprint = Blueprint("desk", __name__, url_prefix="/desk", template_folder="../templates")
blueprint.record_once(
    lambda state: offer(
        state.app,
        Entry("desk.index", N_("Inbox"), guard=staff, order=1),
        Entry("desk.search", N_("All applications"), guard=staff, order=2),
    )
)


def staff_file(db: Session, case: str) -> CaseFile:
    """The staff's file of an application. Raises NotFound for who does not work on it, and for its own applicant."""
    found = cases.case_file(db, me(db), case)
    if not found.as_staff or found.applicant.id == me(db).id:
        raise NotFound(what="case")
    return found


def file_address(case: str, file: str) -> str:
    """Where a file of an application is downloaded."""
    return url_for("desk.file", case=case, file=file)

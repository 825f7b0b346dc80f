"""The list of one's applications, the page of one, and the receipt."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

import forms
from engine import cases, procedures
from engine.cases import Case, CaseFile, Status
from engine.documents import Document
from engine.people import APPLICANT
from engine.store import NotFound, Session
from forms import Section
from hall import reading, signed_in, today
from hall.filling import me
from hall.language import language
from portal import saying
from portal.saying import Said

from .bills import bills
from .door import blueprint, own_file

Answer = Response | str | tuple[str, int]


@dataclass(frozen=True)
class Mine:
    """One line of the list."""

    case: Case
    name: str
    said: Said


@dataclass(frozen=True)
class Paper:
    """A document to download: its name, and a file for each language (the reader's first)."""

    document: Document
    name: str
    files: tuple[tuple[str, str], ...]


@blueprint.get("")
@signed_in
def index() -> Answer:
    """My applications; on top those in which the applicant must do something."""
    with reading() as db:
        page = cases.mine(db, me(db), after=request.args.get("after"))
        lines = [_mine(db, case) for case in page.rows]
    waiting = [each for each in lines if each.said.duties and each.case.submitted_at]
    drafts = [each for each in lines if each.case.submitted_at is None and each.case.ended_at is None]
    others = [each for each in lines if each not in waiting and each not in drafts]
    left = drafts.pop(0) if drafts else None  # the newest
    return render_template("applications/index.html", left=left, waiting=waiting, drafts=drafts, others=others, after=page.after)


@blueprint.get("/<case>")
@signed_in
def show(case: str) -> Answer:
    """One application: where it is, who has it, when at the latest, what to do."""
    with reading() as db:
        found = own_file(db, case)
        if found.status.word == "draft":
            return redirect(url_for("applications.go_on", case=case), 303)
        permit = cases.renewable(db, me(db), found.case, today=today())
        return render_template("applications/case.html", renewable=permit, **shown(found))


@blueprint.get("/<case>/receipt")
@signed_in
def receipt(case: str) -> Answer:
    """What was sent and when, to print or keep. Raises NotFound before the application was sent."""
    with reading() as db:
        found = own_file(db, case)
        if found.case.submitted_at is None:
            raise NotFound(what="case")
        code = cases.tracking_code(db, found.case)
        return render_template("applications/receipt.html", fresh="sent" in request.args, code=code, **shown(found))


def shown(found: CaseFile) -> dict[str, object]:
    """What the templates of one case need."""
    return {
        "case": found.case,
        "bundle": found.bundle,
        "name": saying.procedure_name(found.bundle),
        "said": saying.say(found.status, found.bundle),
        "stages": saying.stages(found.status, found.bundle, found.passed),
        "bills": bills(found),
        "papers": papers(found),
        "answers": own_answers(found),
        "notices": [notice for notice in reversed(found.notices) if notice.person_id == found.applicant.id],
        "applicant": found.applicant,
        "can_withdraw": found.case.ended_at is None,
    }


def own_answers(found: CaseFile) -> list[tuple[str, tuple[Section, ...]]]:
    """The answers the applicant gave: the forms of the applicant's own steps."""
    steps = found.bundle.process.steps.values()
    keys = dict.fromkeys(step.form for step in steps if APPLICANT in step.desks and step.form in found.answers)
    made = []
    for key in keys:
        form = found.bundle.forms[str(key)]
        title = form.title.get(language()) or form.title["id"]
        made.append((title, forms.summary(form, found.answers[str(key)], lang=language())))
    return made


def papers(found: CaseFile) -> list[Paper]:
    """The documents issued in a case, newest first."""
    own = language()
    languages = {"id": _("Indonesian"), "en": _("English")}
    return [
        Paper(
            document,
            _paper_name(document, found.status),
            tuple((languages.get(each, each), each) for each in sorted(document.files, key=lambda each: (each != own, each))),
        )
        for document in reversed(found.documents)
    ]


def _paper_name(document: Document, status: Status) -> str:
    return _("Letter of refusal") if document.letter == "refusal" else _("Permit") if document.letter == "permit" else _("Letter")


def _mine(db: Session, case: Case) -> Mine:
    bundle = procedures.bundle_of(db, case.version_id)
    return Mine(case, saying.procedure_name(bundle), saying.say(cases.status_of(db, case), bundle))

"""The applicant's own steps: the application itself, its correction, the payment."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from engine import cases, fees
from engine.cases import Case, CaseFile, CaseNow, HasNothingOpen
from engine.people import APPLICANT
from engine.store import NotFound, Session
from hall import N_, filling, keeps_unsent, office, reading, signed_in
from hall.filling import Frame
from portal import saying
from portal.saying import Duty

from .bills import bills
from .door import blueprint, own_case, own_file

Answer = Response | str | tuple[str, int]
SEND = {"fill": N_("Send the application"), "correct": N_("Send the correction"), "pay": N_("Send the proof of payment")}
SENT = {
    "fill": _("Sent. The office goes on from here."),
    "correct": _("Your correction is sent. The office goes on checking."),
    "pay": _("Your proof of payment is sent. The treasurer compares it with the account."),
}


@blueprint.get("/<case>/go-on")
@signed_in
def go_on(case: str) -> Answer:
    """To what the applicant has to do now in this case. Raises HasNothingOpen."""
    with reading() as db:
        found = own_case(db, case)
        duty = next(iter(saying.say(found.status, found.bundle).duties), None)
        if duty is None:
            raise HasNothingOpen()
        scene = filling.scene_of(db, frame(db, found, duty), case=case)
        if scene.corrects or scene.task.pages_kept:
            return redirect(url_for("applications.outline", case=case, task=duty.task), 303)
        return redirect(filling.start_address(scene), 303)


@blueprint.get("/<case>/steps/<task>")
@signed_in
def outline(case: str, task: str) -> Answer:
    """The parts of the form, which of them are done; in a correction, what the office asks to correct."""
    with reading() as db:
        around = framed(db, own_case(db, case), task)
        scene = filling.scene_of(db, around, case=case)
        parts = filling.outline(scene)
        return render_template("applications/outline.html", frame=around, scene=scene, parts=parts, start=filling.start_address(scene))


@blueprint.get("/<case>/steps/<task>/pages/<page>")
@signed_in
def page(case: str, task: str, page: str) -> Answer:
    """One page of the form."""
    with reading() as db:
        around = framed(db, own_case(db, case), task)
        return filling.show_page(replace(around, ground=around.ground.asking(db)), page, case=case)


@blueprint.post("/<case>/steps/<task>/pages/<page>")
@signed_in
@keeps_unsent
def take(case: str, task: str, page: str) -> Answer:
    """What was typed on it."""
    return filling.take_page(_frame(case, task), page, case=case)


@blueprint.post("/<case>/steps/<task>/pages/<page>/files")
@signed_in
def take_file(case: str, task: str, page: str) -> Answer:
    """One file for it, before the page itself is sent."""
    return filling.take_file(_frame(case, task), page, case=case)


@blueprint.get("/<case>/steps/<task>/check-answers")
@signed_in
def check(case: str, task: str) -> Answer:
    """Everything once more, before it is sent."""
    return filling.show_check(_frame(case, task), case=case)


@blueprint.post("/<case>/steps/<task>/check-answers")
@signed_in
def send(case: str, task: str) -> Answer:
    """Send it."""
    return filling.send(_frame(case, task), case=case)


def _frame(case: str, task: str) -> Frame:
    with reading() as db:
        return framed(db, own_case(db, case), task)


def framed(db: Session, found: CaseNow, task: str) -> Frame:
    """The frame of one of the applicant's steps. Raises NotFound when the case has no such step of the applicant."""
    duty = next((each for each in saying.say(found.status, found.bundle).duties if each.task == task), None)
    if duty is None:
        steps = found.bundle.process.steps
        step = next((each.step for each in cases.tasks_of(db, found.case) if each.id == task), "")
        if not step or APPLICANT not in steps[step].desks:
            raise NotFound(what="task")
        duty = Duty(task, step, "fill", "", None)  # done already: the scene says so
    return frame(db, found, duty)


def frame(db: Session, found: CaseNow, duty: Duty) -> Frame:
    """Where the applicant's forms stand: under their case."""
    case = found.case.id
    at_task = {"case": case, "task": duty.task}
    form = found.bundle.forms[str(found.bundle.process.steps[duty.step].form)]
    several = len(form.pages) > 1 or duty.kind == "correct"
    overview = url_for("applications.outline", **at_task) if several else None
    return Frame(
        task=duty.task,
        page=lambda key, **more: url_for("applications.page", page=key, **at_task, **more),
        upload=lambda key: url_for("applications.take_file", page=key, **at_task),
        file=lambda file: url_for("applications.file", case=case, file=file),
        leave=url_for("applications.index"),
        done=partial(done, kind=duty.kind),
        overview=overview,
        check=url_for("applications.check", **at_task) if several else None,
        before=url_for("applications.show", case=case) if found.case.submitted_at else url_for("applications.index"),
        service=saying.procedure_name(found.bundle),
        send_text=SEND[duty.kind],
        page_template="applications/pay.html" if duty.kind == "pay" else "filling/page.html",
        around=paying(own_file(db, case)) if duty.kind == "pay" else {},
    )


def done(case: Case, *, kind: str) -> str:
    """Where one lands after sending: the receipt of a new application, else the page of the case."""
    if kind == "fill" and case.submitted_at is not None:
        return url_for("applications.receipt", case=case.id, sent="")
    flash(SENT[kind], "done")
    return url_for("applications.show", case=case.id)


def paying(found: CaseFile) -> dict[str, Any]:
    """What the payer must know: the bill and how to pay it. The amount comes from the office's books, never from a form."""
    fee = next((each for each in reversed(found.fees) if each.is_open), None)
    if fee is None:
        return {"bill": None, "pay": None}
    how = fees.instructions(office().account, amount=fee.amount, reference=found.case.number or "")
    return {"bill": next(each for each in bills(found) if each.state == "open"), "pay": how}

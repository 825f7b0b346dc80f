"""The applicant's own steps: the application itself, its correction, the payment."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from engine import cases, fees
from engine.cases import Case, CaseFile, HasNothingOpen, TaskPage
from engine.store import Session
from hall import N_, filling, keeps_unsent, office, reading, signed_in
from hall.filling import Frame, Scene, Start
from hall.ground import HERE
from portal import saying

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
        scene = begun(db, case, duty.task)
        if scene.corrects or scene.task.pages_kept:
            return redirect(url_for("applications.outline", case=case, task=duty.task), 303)
        return redirect(filling.start_address(scene), 303)


@blueprint.get("/<case>/steps/<task>")
@signed_in
def outline(case: str, task: str) -> Answer:
    """The parts of the form, which of them are done; in a correction, what the office asks to correct."""
    with reading() as db:
        scene = begun(db, case, task)
        parts = filling.outline(scene)
        return render_template("applications/outline.html", frame=scene.frame, scene=scene, parts=parts, start=filling.start_address(scene))


@blueprint.get("/<case>/steps/<task>/pages/<page>")
@signed_in
def page(case: str, task: str, page: str) -> Answer:
    """One page of the form."""
    return filling.show_page(start(case, task), page)


@blueprint.post("/<case>/steps/<task>/pages/<page>")
@signed_in
@keeps_unsent
def take(case: str, task: str, page: str) -> Answer:
    """What was typed on it."""
    return filling.take_page(start(case, task), page)


@blueprint.post("/<case>/steps/<task>/pages/<page>/files")
@signed_in
def take_file(case: str, task: str, page: str) -> Answer:
    """One file for it, before the page itself is sent."""
    return filling.take_file(start(case, task), page)


@blueprint.get("/<case>/steps/<task>/check-answers")
@signed_in
def check(case: str, task: str) -> Answer:
    """Everything once more, before it is sent."""
    return filling.show_check(start(case, task))


@blueprint.post("/<case>/steps/<task>/check-answers")
@signed_in
def send(case: str, task: str) -> Answer:
    """Send it."""
    return filling.send(start(case, task))


def start(case: str, task: str) -> Start:
    """One of the applicant's steps. Raises NotFound when it is not theirs, or not one of this case."""
    return Start(partial(begun, case=case, task=task))


def begun(db: Session, case: str, task: str) -> Scene:
    """The same, read."""
    found = cases.own_task_page(db, HERE.who(db), case, task)
    return filling.scene_of(db, frame(db, found), found)


def frame(db: Session, found: TaskPage) -> Frame:
    """Where the applicant's forms stand: under their case."""
    case, kind = found.case.id, saying.duty_kind(found.step, found.task.clock) if found.task.is_open else "fill"
    at_task = {"case": case, "task": found.task.id}
    several = len(found.form.pages) > 1 or kind == "correct"
    overview = url_for("applications.outline", **at_task) if several else None
    return Frame(
        task=found.task.id,
        page=lambda key, **more: url_for("applications.page", page=key, **at_task, **more),
        upload=lambda key: url_for("applications.take_file", page=key, **at_task),
        file=lambda file: url_for("applications.file", case=case, file=file),
        leave=url_for("applications.index"),
        done=partial(done, kind=kind),
        overview=overview,
        check=url_for("applications.check", **at_task) if several else None,
        before=url_for("applications.show", case=case) if found.case.submitted_at else url_for("applications.index"),
        service=saying.procedure_name(found.bundle),
        send_text=SEND[kind],
        page_template="applications/pay.html" if kind == "pay" else "filling/page.html",
        around=paying(own_file(db, case)) if kind == "pay" else {},
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

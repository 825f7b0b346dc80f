"""What no step foresees: send back, stop, open again, suspend, let go on, note that a message came. Each asks once more first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import Form

from engine import cases
from engine.cases import CaseFile, Task
from engine.people import Person
from engine.store import EngineError, NotFound, Session, new_id
from hall import N_, now, office, reading, sentence, staff, unit, zone
from hall.filling import me
from portal import saying

from .asked import Back, Messages, Plain, Reopen, Stop, Suspend
from .door import blueprint, staff_file
from .inbox import step_title

Answer = Response | str | tuple[str, int]


@dataclass(frozen=True)
class Deed:
    """One of them: its right and endpoint, the words of its link, page and button, what will happen, what is said when it is done."""

    right: str
    endpoint: str
    link: str
    title: str
    button: str
    says: tuple[str, ...]
    done: str
    grave: bool = False


DEEDS: Mapping[str, Deed] = {
    each.endpoint: each
    for each in (
        Deed(
            "send back",
            "send_back",
            N_("Send back to an earlier step"),
            N_("Send the application back?"),
            N_("Send back"),
            (
                N_("The step you choose is open again. What came after it is dropped; what was answered stays."),
                N_("If the step is the applicant's, they get your reason by message."),
            ),
            N_("The application was sent back."),
        ),
        Deed(
            "receive a message",
            "message",
            N_("Note that a message has come"),
            N_("Has the message come?"),
            N_("It has come"),
            (N_("The application waits for this message. It goes on as soon as you confirm."),),
            N_("The application goes on."),
        ),
        Deed(
            "suspend",
            "suspend",
            N_("Suspend"),
            N_("Suspend the application?"),
            N_("Suspend"),
            (
                N_("Every deadline stands still until the day you choose, the applicant's too. The office cannot work on it meanwhile."),
                N_("The applicant may still send what was asked for. They get your reason by message; the tracking page tells it too."),
                N_("It goes on by itself after that day, or earlier when you say so."),
            ),
            N_("The application is suspended."),
        ),
        Deed(
            "resume",
            "resume",
            N_("Let it go on now"),
            N_("Let the application go on now?"),
            N_("Let it go on"),
            (N_("All deadlines run again from now on. The applicant gets a message."),),
            N_("The application goes on."),
        ),
        Deed(
            "stop",
            "stop",
            N_("Close the application"),
            N_("Close the application?"),
            N_("Close it"),
            (
                N_("Open steps are dropped, unpaid bills are waived, and the applicant gets your reason by message."),
                N_("Everything stays readable. It can be opened again as long as the applicant has not applied anew."),
            ),
            N_("The application is closed."),
            grave=True,
        ),
        Deed(
            "reopen",
            "reopen",
            N_("Open the application again"),
            N_("Open the application again?"),
            N_("Open it again"),
            (
                N_("It goes on as it stood before it ended. The days in between do not count; bills that were waived are due again."),
                N_("A letter of refusal is revoked. The applicant gets your reason by message."),
            ),
            N_("The application is open again."),
        ),
    )
}


def deeds_of(db: Session, who: Person, found: CaseFile) -> list[Deed]:
    """What this person may do now with this application, of these."""
    asked = cases.ask_leading(db, who, found.case)
    some = [deed for deed in DEEDS.values() if cases.may(deed.right, asked)]
    waits = bool(cases.awaited(db, found.bundle, found.case)) if found.case.ended_at is None else False
    issued = any(document.public.get("permit") for document in found.documents)
    return [deed for deed in some if (deed.endpoint != "message" or waits) and (deed.endpoint != "reopen" or not issued)]


@blueprint.route("/cases/<case>/send-back", methods=["GET", "POST"])
@staff
def send_back(case: str) -> Answer:
    """To an earlier step; `task` is the open task from which an officer sends back who does not lead the service."""
    task = request.args.get("task") or None

    def form(db: Session, found: CaseFile) -> Form:
        asked = Back(request.form)
        doing = cases.hold(db, office(), found.case, None, now())
        asked.to.choices = [(step, step_title(found.bundle, step)) for step in cases.steps_back(doing) if _names(db, found, task, step)]
        return asked

    return _page(case, "send_back", form, lambda db, by, form: cases.send_back(
        db, office(), case, to=str(form.to.data), reason=str(form.reason.data), by=by, at=now(), task=task
    ))  # fmt: skip


def _names(db: Session, found: CaseFile, task: str | None, step: str) -> bool:
    """Whether this person may send back to just this step."""
    row = db.get(Task, task) if task else None
    return cases.may("send back", cases.ask_leading(db, me(db), found.case, row, to=step))


@blueprint.route("/cases/<case>/message", methods=["GET", "POST"])
@staff
def message(case: str) -> Answer:
    """A message came by another way, a letter for instance."""

    def form(db: Session, found: CaseFile) -> Form:
        asked = Messages(request.form)
        asked.message.choices = [(each, each) for each in cases.awaited(db, found.bundle, found.case)]
        asked.key.data = asked.key.data or new_id()  # a second press of the button is the same message
        return asked

    return _page(case, "message", form, lambda db, by, form: cases.receive(
        db, office(), str(form.message.data), {}, key=f"desk:{case}:{form.key.data}"[:160], case=case, by=by, at=now()
    ))  # fmt: skip


@blueprint.route("/cases/<case>/stop", methods=["GET", "POST"])
@staff
def stop(case: str) -> Answer:
    """Close it."""

    def form(db: Session, found: CaseFile) -> Form:
        asked = Stop(request.form, outcome=cases.STOPPED)
        asked.outcome.choices = [(each, saying.outcome_name(each, found.bundle)) for each in cases.outcomes_to_stop(found.bundle)]
        return asked

    return _page(case, "stop", form, lambda db, by, form: cases.stop(
        db, office(), case, outcome=str(form.outcome.data), reason=str(form.reason.data), by=by, at=now()
    ))  # fmt: skip


@blueprint.route("/cases/<case>/reopen", methods=["GET", "POST"])
@staff
def reopen(case: str) -> Answer:
    """Open it again, as it was or at an earlier step."""

    def form(db: Session, found: CaseFile) -> Form:
        asked = Reopen(request.form, to="")
        doing = cases.hold(db, office(), found.case, None, now())
        as_it_was = [("", _("As it stood before it ended"))] if cases.goes_on_as_it_was(doing) else []
        asked.to.choices = as_it_was + [(step, step_title(found.bundle, step)) for step in cases.steps_to_reopen(doing)]
        return asked

    return _page(case, "reopen", form, lambda db, by, form: cases.reopen(
        db, office(), case, to=str(form.to.data) or None, reason=str(form.reason.data), by=by, at=now()
    ))  # fmt: skip


@blueprint.route("/cases/<case>/suspend", methods=["GET", "POST"])
@staff
def suspend(case: str) -> Answer:
    """No clock runs up to and with a day."""

    def until(form: Any) -> datetime:
        return datetime.combine(form.until.data + timedelta(days=1), time(), zone()).astimezone(UTC)

    return _page(case, "suspend", lambda db, found: Suspend(request.form), lambda db, by, form: cases.suspend(
        db, office(), case, until=until(form), reason=str(form.reason.data), by=by, at=now()
    ))  # fmt: skip


@blueprint.route("/cases/<case>/resume", methods=["GET", "POST"])
@staff
def resume(case: str) -> Answer:
    """It goes on before the day that was announced."""
    return _page(case, "resume", lambda db, found: Plain(request.form), lambda db, by, form: cases.resume(
        db, office(), case, by=by, at=now()
    ))  # fmt: skip


def _page(case: str, key: str, form_of: Callable[[Session, CaseFile], Any], do: Callable[[Session, Person, Any], object]) -> Answer:
    """GET asks, POST does it and leads back to the file, or shows the page again with the refusal (422). Raises NotFound, NotAllowed."""
    deed, refusal = DEEDS[key], ""
    with reading() as db:
        found = staff_file(db, case)
        task = db.get(Task, request.args.get("task", ""))
        form = form_of(db, found)
        choices = getattr(getattr(form, "to", None), "choices", None)
        cases.require(deed.right, cases.ask_leading(db, me(db), found.case, task, to=choices[0][0] if choices else ""))
    if request.method == "POST" and form.validate():
        try:
            with unit() as db:
                do(db, me(db), form)
        except NotFound:
            raise
        except EngineError as error:
            refusal = sentence(error.code, error.facts)
        else:
            flash(_(deed.done), "done")
            return redirect(url_for("desk.record", case=case), 303)
    page = render_template("desk/deed.html", deed=deed, file=found, case=found.case, form=form, refusal=refusal)
    return (page, 422) if refusal or form.errors else page

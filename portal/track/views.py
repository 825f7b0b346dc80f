"""Two questions, one answer."""

from __future__ import annotations

import re

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response
from wtforms import Form, StringField
from wtforms.validators import DataRequired, Regexp

from engine import cases
from engine.store import NotFound
from hall import everyone, reading, tried, tried_on
from portal.progress import progress

blueprint = Blueprint("track", __name__, template_folder="../templates")
KEPT = "tracked"
PROOF = r"^\s*([0-9]{4}|[0-9A-Za-z]{4}[- ]?[0-9A-Za-z]{4})\s*$"
GUESSES = "20 per hour; 50 per day"  # for one number: of 10,000 endings half would take a hundred days


class Asked(Form):
    """What is printed on the receipt, and what only the applicant knows."""

    number = StringField(_("Application number"), [DataRequired(_("Enter the application number."))])
    digits = StringField(
        _("Last 4 digits of your phone number, or the tracking code on your receipt"),
        [
            DataRequired(_("Enter the last 4 digits of your phone number, or the tracking code.")),
            Regexp(PROOF, re.ASCII, _("Enter exactly 4 digits, or a code like 7KQ2-9FXA.")),
        ],
    )


@blueprint.route("/track", methods=["GET", "POST"])
@tried
@tried_on("number", GUESSES)
@everyone
def index() -> Response | str | tuple[str, int]:
    """Ask for number and digits; the answer stands on a page of its own that can be loaded again."""
    form = Asked(request.form if request.method == "POST" else request.args)
    if request.method == "GET":
        return render_template("track/index.html", form=Asked(number=request.args.get("number", "")))
    if form.validate():
        asked = (str(form.number.data).strip(), str(form.digits.data).strip())
        try:
            with reading() as db:
                cases.track(db, *asked)
        except NotFound:
            form.number.errors = [_("No application has this number and these digits or this code. Check both on your receipt.")]
        else:
            session[KEPT] = asked  # not in the address: the digits are the key
            return redirect(url_for("track.result"), 303)
    return render_template("track/index.html", form=form), 422


@blueprint.get("/track/result")
@everyone
def result() -> Response | str:
    """Where the application is now; nothing about the person."""
    asked = session.get(KEPT)
    if not asked:
        return redirect(url_for("track.index"), 303)
    with reading() as db:
        found = cases.track(db, *asked)
        shown = progress(found.case, found.bundle, found.status)
    return render_template("track/result.html", shown=shown)

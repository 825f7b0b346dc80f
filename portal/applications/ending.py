"""Taking an application back, and throwing a draft away: each asks once more first."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine import cases
from engine.store import NotFound
from hall import now, office, reading, signed_in, unit
from hall.filling import me
from portal import saying

from .door import blueprint, own_file

Answer = Response | str | tuple[str, int]
LONGEST = 500


@blueprint.get("/<case>/withdraw")
@signed_in
def ask_withdraw(case: str) -> Answer:
    """Are you sure? What withdrawing means."""
    return _asked(case, "applications/withdraw.html", draft=False)


@blueprint.post("/<case>/withdraw")
@signed_in
def withdraw(case: str) -> Answer:
    """The application is taken back."""
    with unit() as db:
        if own_file(db, case).case.submitted_at is None:
            raise NotFound(what="case")  # a draft is thrown away, with its files; withdrawing would keep them
        cases.withdraw(db, office(), case, by=me(db), at=now(), reason=request.form.get("reason", "").strip()[:LONGEST])
    flash(_("Your application is withdrawn."), "done")
    return redirect(url_for("applications.show", case=case), 303)


@blueprint.get("/<case>/discard")
@signed_in
def ask_discard(case: str) -> Answer:
    """Are you sure? Everything typed goes."""
    return _asked(case, "applications/discard.html", draft=True)


@blueprint.post("/<case>/discard")
@signed_in
def discard(case: str) -> Answer:
    """The draft is thrown away."""
    with unit() as db:
        own_file(db, case)
        cases.discard(db, office(), case, by=me(db), at=now())
    flash(_("Your draft is thrown away."), "done")
    return redirect(url_for("applications.index"), 303)


def _asked(case: str, template: str, *, draft: bool) -> Answer:
    with reading() as db:
        found = own_file(db, case)
        if (found.case.submitted_at is None) is not draft or found.case.ended_at is not None:
            raise NotFound(what="case")
        return render_template(template, case=found.case, name=saying.procedure_name(found.bundle))

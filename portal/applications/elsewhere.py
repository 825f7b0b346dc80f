"""Going on with an application on another device: by a picture to scan, a code to type, or a mail."""

from __future__ import annotations

import segno
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response
from wtforms import Form, StringField
from wtforms.validators import DataRequired

from engine import cases, notices
from engine.cases import CodeOver
from hall import now, office, reading, sentence, signed_in, tried, unit
from hall.filling import me
from portal import saying

from .door import blueprint, own_file

Answer = Response | str | tuple[str, int]


class Code(Form):
    """The code that the other device shows."""

    code = StringField(lazy_gettext("Code"), [DataRequired(lazy_gettext("Enter the code that the other device shows."))])


@blueprint.get("/<case>/elsewhere")
@signed_in
def elsewhere(case: str) -> Answer:
    """How to go on with an application somewhere else."""
    with reading() as db:
        found, who = own_file(db, case), me(db)
        code, until = cases.code_to_go_on(db, found.case, at=now())
        address = office().address + url_for("applications.go_on", case=case)
        return render_template(
            "applications/elsewhere.html",
            case=found.case,
            name=saying.procedure_name(found.bundle),
            code=code,
            until=until,
            picture=segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=4),
            mails=notices.may_mail(office().mailer),
            who=who,
        )


@blueprint.post("/<case>/elsewhere")
@signed_in
def mail_way(case: str) -> Answer:
    """Mail the address of the application to its applicant."""
    with unit() as db:
        sent = notices.may_mail(office().mailer) and cases.mail_way(db, own_file(db, case).case, to=me(db), at=now())
    if sent:
        flash(_("We have sent you the link. Look into your mail."), "done")
    else:
        flash(_("We can only mail the link to an address that you have confirmed. Your account shows how."), "note")
    return redirect(url_for("applications.elsewhere", case=case), 303)


@blueprint.route("/continue", methods=["GET", "POST"])
@tried
@signed_in
def by_code() -> Answer:
    """Type the code of the other device; it leads to one's own application and nowhere else."""
    form = Code(request.form)
    if request.method == "POST" and form.validate():
        try:
            with reading() as db:
                case = cases.case_of_code(db, me(db), str(form.code.data), at=now())
                return redirect(url_for("applications.go_on", case=case.id), 303)
        except CodeOver as over:
            form.code.errors = [sentence(over.code, over.facts)]
    page = render_template("applications/by_code.html", form=form)
    return (page, 422) if form.errors else page

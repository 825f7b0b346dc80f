"""A forgotten password and an address to confirm: links by e-mail, offered only where a mail server is set.

No page tells whether there is an account: it thanks in the same words, and the worker looks the account up.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response
from wtforms import Form, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from engine import notices, people
from engine.people import Person, WeakPassword
from engine.store import Session, enqueue, new_id
from hall import everyone, identity, now, office, reading, signed_in, tried, unit

from .door import blueprint
from .questions import refused

Answer = Response | str | tuple[str, int]


class Address(Form):
    """Whose password was forgotten."""

    email = StringField(
        lazy_gettext("E-mail address of your account"),
        [DataRequired(lazy_gettext("Enter your e-mail address.")), Length(max=254, message=lazy_gettext("Enter a valid e-mail address."))],
    )


class New(Form):
    """The new password."""

    new = PasswordField(lazy_gettext("New password"), [InputRequired(lazy_gettext("Choose a new password."))])


def mails() -> bool:
    """Whether this office sends e-mail."""
    return notices.may_mail(office().mailer)


def order_confirmation(db: Session, who: Person) -> bool:
    """A link to confirm the address of an account, where mail is sent and it was not confirmed yet."""
    return mails() and who.email_proved_at is None and notices.order_link(db, who, people.CONFIRM, at=now())


@blueprint.route("/recover", methods=["GET", "POST"])
@tried
@everyone
def recover() -> Answer:
    """Ask for a link; the answer is the same for every address."""
    form = Address(request.form)
    if request.method == "POST" and mails() and form.validate():
        with unit() as db:
            enqueue(db, "ask_recovery", {"login": str(form.email.data).strip()}, key=f"recover:{new_id()}", at=now())
        return render_template("account/recover_sent.html")
    page = render_template("account/recover.html", form=form, mails=mails())
    return (page, 422) if form.errors else page


@blueprint.route("/recover/<token>", methods=["GET", "POST"])
@tried
@everyone
def new_password(token: str) -> Answer:
    """Choose a new password by a link. Raises LinkOver."""
    form = New(request.form)
    if request.method == "POST" and form.validate():
        try:
            with unit() as db:
                who = people.recover(db, token, str(form.new.data), at=now())
        except WeakPassword as error:
            refused(form, error)
        else:
            identity.sign_in(who)
            flash(_("Your password is changed. Other devices are signed out."), "done")
            return redirect(url_for("account.index"), 303)
    else:
        with reading() as db:
            people.opened(db, token, people.RECOVER, at=now())
    page = render_template("account/new_password.html", form=form)
    return (page, 422) if form.errors else page


@blueprint.route("/confirm/<token>", methods=["GET", "POST"])
@tried
@everyone
def confirm(token: str) -> Answer:
    """Confirm an address; by a button, because mail programs open links by themselves. Raises LinkOver."""
    if request.method == "POST":
        with unit() as db:
            people.confirm_email(db, token, at=now())
        flash(_("Your e-mail address is confirmed."), "done")
        return redirect(url_for("account.index"), 303)
    with reading() as db:
        people.opened(db, token, people.CONFIRM, at=now())
    return render_template("account/confirm.html")


@blueprint.post("/account/confirm")
@signed_in
def confirm_again() -> Response:
    """Another link to confirm one's address."""
    who = identity.person()
    assert who is not None  # the guard has seen to it
    with unit() as db:
        sent = order_confirmation(db, people.by_id(db, who.id))
    text = _("We have sent you a link. Look into your mail.") if sent else _("You got several links already. Try again in an hour.")
    flash(text, "done" if sent else "note")
    return redirect(url_for("account.index"), 303)

"""The pages of an account."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import Form

from engine import people
from engine.people import LockedOut, LoginTaken, Person, SignInFailed, WeakPassword, WrongContact
from hall import everyone, hands, identity, now, person, reading, safe_next, signed_in, tried, unit
from hall.language import language, speak

from .door import blueprint
from .links import mails, order_confirmation
from .questions import Language, Name, Password, SignIn, SignUp, refused

Answer = Response | str | tuple[str, int]


def shown(template: str, form: Form, **more: object) -> Answer:
    """A page with a form: 422 when something in it must be corrected."""
    page = render_template(f"account/{template}.html", form=form, **more)
    return (page, 422) if form.errors else page


@blueprint.route("/sign-in", methods=["GET", "POST"])
@tried
@everyone
def sign_in() -> Answer:
    """Sign in, then go where one wanted to go."""
    form = SignIn(request.form or None, shared=identity.is_shared())
    goal = safe_next(request.args.get("next"), "")
    if request.method == "POST" and form.validate():
        try:
            who = proved(str(form.login.data), str(form.password.data))
        except (SignInFailed, LockedOut) as error:
            refused(form, error)
        else:
            identity.sign_in(who, shared=bool(form.shared.data))
            return redirect(goal or first_page(), 303)
    return shown("sign_in", form, goal=goal, demo_accounts=getattr(hands(), "demo_accounts", ()))


def proved(login: str, password: str) -> Person:
    """The person of a login and password. Raises SignInFailed, LockedOut; a wrong password is counted in a unit of its own."""
    try:
        with unit() as db:
            return people.check_password(db, login, password, at=now())
    except SignInFailed:
        with unit() as db:
            people.count_failure(db, login, at=now())
        raise


def first_page() -> str:
    """Where a person begins: staff at their desk, everybody else at their own applications."""
    who = person()
    return url_for("desk.index" if who and who.is_staff else "applications.index")


@blueprint.route("/sign-up", methods=["GET", "POST"])
@tried
@everyone
def sign_up() -> Answer:
    """Make an account and sign in with it."""
    form = SignUp(request.form)
    goal = safe_next(request.args.get("next"), "")
    if request.method == "POST" and form.validate():
        try:
            with unit() as db:
                who = people.sign_up(
                    db,
                    name=str(form.name.data),
                    phone=(form.phone.data or "").strip() or None,
                    email=(form.email.data or "").strip() or None,
                    password=str(form.password.data),
                    language=language(),
                    at=now(),
                )
                order_confirmation(db, who)
        except (WrongContact, LoginTaken, WeakPassword) as error:
            refused(form, error)
        else:
            identity.sign_in(who)
            flash(_("Your account is ready."), "done")
            return redirect(goal or first_page(), 303)
    return shown("sign_up", form, goal=goal)


@blueprint.post("/sign-out")
@everyone
def sign_out() -> Response:
    """End the session of this browser."""
    identity.sign_out()
    flash(_("You are signed out."), "done")
    return redirect(request.script_root + "/", 303)


@blueprint.get("/account")
@signed_in
def index() -> Answer:
    """One's own account."""
    return account()


@blueprint.post("/account/name")
@signed_in
def change_name() -> Answer:
    """Correct one's name."""
    form = Name(request.form)
    if not form.validate():
        return account(name=form)
    with unit() as db:
        people.change_name(db, people.by_id(db, me()), str(form.name.data), at=now())
    return changed(_("Your name is changed."))


@blueprint.post("/account/language")
@signed_in
def change_language() -> Answer:
    """Choose the language of pages and messages."""
    form = Language(request.form)
    if not form.validate():
        return account(language_form=form)
    with unit() as db:
        people.change_language(db, people.by_id(db, me()), str(form.language.data))
    return speak(redirect(url_for("account.index"), 303), str(form.language.data))


@blueprint.post("/account/password")
@tried
@signed_in
def change_password() -> Answer:
    """A new password; other browsers are signed out by it."""
    form = Password(request.form)
    if form.validate():
        try:
            with unit() as db:
                who = people.by_id(db, me())
                people.change_password(db, who, str(form.old.data), str(form.new.data), at=now())
        except (SignInFailed, WeakPassword) as error:
            refused(form, error)
        else:
            identity.renew(who)
            return changed(_("Your password is changed. Other devices are signed out."))
    return account(password=form)


def account(*, name: Form | None = None, language_form: Form | None = None, password: Form | None = None) -> Answer:
    """The account page; a form that was sent wrong is shown as it was sent."""
    with reading() as db:
        who = people.by_id(db, me())
        desks = {desk.key: desk for desk in people.desks(db)}
        mine = [desks[key].name(language()) for key in sorted(who.desks) if key in desks]
    forms = {
        "name": name or Name(name=who.name),
        "language_form": language_form or Language(language=who.language),
        "password": password or Password(),
    }
    wrong = next((form for form in forms.values() if form.errors), None)
    page = render_template("account/account.html", who=who, desks=mine, wrong=wrong, mails=mails(), **forms)
    return (page, 422) if wrong else page


def changed(text: str) -> Response:
    """Say what was done, on the account page."""
    flash(text, "done")
    return redirect(url_for("account.index"), 303)


def me() -> str:
    """The id of the person signed in (the guard has seen to it)."""
    who = person()
    assert who is not None
    return who.id

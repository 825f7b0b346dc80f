"""The pages that need no account: the catalogue, one permit, its estimate, the office's promises."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

import forms
from engine import documents
from engine.store import NotFound
from forms import Invalid
from hall import N_, Entry, everyone, now, offer, reading, today
from hall.language import language

from .estimate import estimate, questions
from .offers import by_category, current, offers, sheet_of

blueprint = Blueprint("public", __name__, template_folder="../templates")
blueprint.record_once(
    lambda state: offer(
        state.app,
        Entry("public.home", N_("Permits"), order=10),
        Entry("track.index", N_("Track an application"), order=20),
        Entry("public.verify", N_("Check a permit"), order=30),
        Entry("public.accessibility", N_("Accessibility"), order=80, row="footer"),
        Entry("public.privacy", N_("Privacy"), order=90, row="footer"),
    )
)


@blueprint.get("/")
@everyone
def home() -> str:
    """What the office offers."""
    with reading() as db:
        found = offers(db)
    return render_template("public/home.html", shelves=by_category(found))


@blueprint.get("/permits/<key>")
@everyone
def permit(key: str) -> str:
    """One permit: who may apply, what it asks, how it goes, what it costs. Raises NotFound."""
    with reading() as db:
        sheet = sheet_of(current(db, key))
    return render_template("public/permit.html", sheet=sheet)


@blueprint.route("/permits/<key>/estimate", methods=["GET", "POST"])
@everyone
def fee(key: str) -> str | tuple[str, int]:
    """What it would cost: the bundle's questions, and under them the amount with its lines. Nothing is kept."""
    with reading() as db:
        bundle = current(db, key)
        sheet = sheet_of(bundle)
    form, result, wrong = questions(bundle), None, ()
    page, raw = form.pages[0].key, {}
    if request.method == "POST":
        pairs = list(request.form.items(multi=True))
        raw, button = forms.decode(pairs), forms.pressed(pairs)
        try:
            if button:
                raw = forms.press(form, raw, button)
            else:
                result = estimate(bundle, form.check(raw, at=now(), page=page).values)
        except Invalid as error:
            wrong = error.errors
    asked = forms.render(form, page, raw=raw, lang=language(), errors=wrong)
    problems = forms.error_summary(form, wrong, lang=language())
    shown = render_template("public/estimate.html", sheet=sheet, asked=asked, problems_found=problems, result=result)
    return (shown, 422) if wrong else shown


@blueprint.get("/permits/<key>/form.json")
@everyone
def form_schema(key: str) -> Response:
    """The JSON Schema of the application, for programs that prepare answers. Raises NotFound."""
    with reading() as db:
        form = current(db, key).application
    if form is None:
        raise NotFound(what="form")
    schema = {"$id": url_for("public.form_schema", key=key, _external=True), **forms.json_schema(form)}
    response = jsonify(schema)
    response.mimetype = "application/schema+json"
    response.cache_control.public, response.cache_control.max_age = True, 5 * 60
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/v")
@everyone
def verify() -> str | Response:
    """Ask for the code on a paper."""
    code = request.args.get("code", "").strip()
    return redirect(url_for("public.verified", code=code), 303) if code else render_template("public/verify.html")


@blueprint.get("/v/<code>")
@everyone
def verified(code: str) -> tuple[str, int]:
    """Whether a paper with this code was issued here, and whether it holds today. The address in the QR code."""
    with reading() as db:
        paper = documents.by_code(db, code)
    status = paper.status(today()) if paper else "unknown"
    facts: dict[str, Any] = dict(paper.public) if paper else {}
    if paper and status == "valid" and not facts.get("permit", paper.letter == "permit"):
        status = "letter"  # a refusal is genuine too, but nobody may take it for a permit
    return render_template("public/verified.html", paper=paper, status=status, facts=facts, code=code), 200 if paper else 404


@blueprint.get("/regions")
@everyone
def regions() -> Response:
    """The places below a place (`?parent=33`), for the lists that fill each other."""
    found = [{"value": code, "label": name} for code, name in forms.regions(request.args.get("parent", ""))]
    response = jsonify(found)
    response.cache_control.public, response.cache_control.max_age = True, 24 * 60 * 60
    return response


@blueprint.get("/accessibility")
@everyone
def accessibility() -> str:
    """How these pages work for everybody, and what to do when they do not."""
    return render_template("public/accessibility.html")


@blueprint.get("/privacy")
@everyone
def privacy() -> str:
    """What is kept about people, why, how long, and their rights."""
    return render_template("public/privacy.html")

"""The pages that need no account."""

from __future__ import annotations

from flask import Blueprint, render_template

from hall import N_, Entry, everyone, offer

blueprint = Blueprint("public", __name__, template_folder="../templates")
blueprint.record_once(
    lambda state: offer(
        state.app,
        Entry("public.home", N_("Permits"), order=10),
        Entry("public.accessibility", N_("Accessibility"), order=80, row="footer"),
        Entry("public.privacy", N_("Privacy"), order=90, row="footer"),
    )
)


@blueprint.get("/")
@everyone
def home() -> str:
    """What the office offers."""
    return render_template("public/home.html")


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

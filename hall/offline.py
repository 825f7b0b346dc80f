"""What a browser keeps for the time without a connection: the worker that looks after it, and the page it shows then."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request, send_from_directory
from flask_babel import force_locale
from flask_babel import gettext as _

from .assets import DIST, blueprint, build, manifest
from .guard import everyone
from .language import LANGUAGES
from .templating import address

ENTRY = "src/service-worker.js"


@blueprint.get("/service-worker.js")
@everyone
def worker() -> Response:
    """The worker, at the root of the office because it looks after all of it; asked for anew each time, so that a new build is noticed."""
    if ENTRY not in manifest():
        return Response(status=404)
    return send_from_directory(DIST, str(manifest()[ENTRY]["file"]), max_age=0, mimetype="text/javascript")


@blueprint.get("/offline")
@everyone
def offline() -> str:
    """The page without a connection; with `?unsent` the one for what could not be sent."""
    unsent = "unsent" in request.args
    return render_template("hall/offline.html", unsent=unsent, texts={lang: _texts(lang, unsent) for lang in LANGUAGES})


def worker_address() -> str:
    """Where the worker of this build is."""
    return f"{address('hall.worker')}?v={build()}"


def _texts(lang: str, unsent: bool) -> dict[str, Any]:
    with force_locale(lang):
        if unsent:
            kept = _("What you typed is still in this browser, except on a shared device. Send it again when the connection is back.")
            return {
                "title": _("Not sent: there is no connection"),
                "lines": [kept],
                "again": _("Send again"),
                "back": _("Back to what I typed"),
            }
        check = _("Check your connection, then try again. What you have saved is safe with the office.")
        return {"title": _("There is no connection"), "lines": [check], "again": _("Try again")}

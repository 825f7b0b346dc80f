"""Every failure becomes a page that says what happened and what to do next, in the reader's language; never a traceback."""

from __future__ import annotations

import time
from dataclasses import dataclass

import structlog
from flask import Flask, Response, g, jsonify, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import ClientDisconnected, HTTPException, InternalServerError

from engine.store import EngineError, new_id
from forms import FormError

from .guard import wants_json
from .sentences import N_, refusal, sentence

log = structlog.get_logger("hall")


@dataclass(frozen=True)
class Page:
    """What an error page says: a heading, what happened, what to do (msgids)."""

    title: str
    what: str
    cure: str


PAGES: dict[int, Page] = {
    400: Page(
        N_("We could not read that"), N_("What your browser sent was not complete."), N_("Go back, load the page again and send once more.")
    ),
    401: Page(
        N_("Please sign in"),
        N_("You were signed out, or not signed in yet."),
        N_("Sign in, then do it again. What you typed in a form is kept on this device."),
    ),
    403: Page(
        N_("You may not open this page"),
        N_("Your account has no right to this page."),
        N_("If you need it for your work, ask the administrator of the office."),
    ),
    404: Page(N_("Page not found"), N_("There is no page at this address."), N_("Check the address, or begin at the list of permits.")),
    405: Page(
        N_("This cannot be done here"), N_("The page was opened in a way it does not offer."), N_("Begin again from the list of permits.")
    ),
    409: Page(N_("This could not be done"), N_("Something changed meanwhile."), N_("Go back, load the page again and look once more.")),
    410: Page(N_("No longer there"), N_("What stood here was removed."), N_("Begin at the list of permits.")),
    413: Page(
        N_("The files are too large"),
        N_("Everything sent at once may be 25 MB at most."),
        N_("Take the photo in a lower quality, or send the files one by one."),
    ),
    422: Page(N_("Something needs to be corrected"), N_("Some of what was sent does not fit."), N_("Go back and correct it.")),
    429: Page(N_("Too many tries"), N_("There were too many tries from your connection."), N_("Wait a few minutes, then try again.")),
    500: Page(
        N_("Something went wrong here"),
        N_("This is our fault, not yours. Nothing was saved."),
        N_("Try again in a few minutes. If it happens again, tell the office the number below."),
    ),
    503: Page(N_("Not available now"), N_("The service is being looked after."), N_("Try again in a few minutes.")),
}
STALE = Page(
    N_("This page lay open too long"),
    N_("For your safety a form can be sent only in the visit in which it was opened."),
    N_("Go back, load the page again and send once more."),
)
CUT = Page(
    N_("It did not arrive whole"),
    N_("The connection broke while it was on its way. Nothing of it was kept; what was saved before is still there."),
    N_("Go back, choose the files again if they are gone from the page, and send once more."),
)


def attach(app: Flask) -> None:
    """Number every request, log it, and answer every failure with a page."""
    app.before_request(begin)
    app.after_request(end)
    app.register_error_handler(EngineError, refused)
    app.register_error_handler(FormError, unreadable)
    app.register_error_handler(HTTPException, broken)
    app.register_error_handler(InternalServerError, failed)


def begin() -> None:
    """Give the request a number that its log lines and its error page share."""
    g.request_id, g.began = new_id(), time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=g.request_id)


def end(response: Response) -> Response:
    """One log line per request: no query, no form, no person."""
    response.headers.setdefault("X-Request-ID", request_id())
    if request.endpoint != "hall.file":
        took = round(1000 * (time.perf_counter() - g.get("began", time.perf_counter())))
        log.info("request", method=request.method, endpoint=request.endpoint, status=response.status_code, ms=took)
    return response


def request_id() -> str:
    """The number of this request."""
    if "request_id" not in g:
        g.request_id = new_id()
    return str(g.request_id)


def refused(error: EngineError) -> tuple[Response | str, int]:
    """A refusal from the engine: its own sentence under the heading of its status."""
    status = refusal(error.code).status
    log.info("refused", code=error.code, endpoint=request.endpoint)
    return answer(status, PAGES.get(status, PAGES[409]), said=sentence(error.code, error.facts), code=error.code)


def unreadable(error: FormError) -> tuple[Response | str, int]:
    """Answers that no page of ours sends: names that are none, too many, too deep."""
    log.info("refused", code=error.code, endpoint=request.endpoint)
    return answer(400, PAGES[400], code=error.code)


def broken(error: HTTPException) -> tuple[Response | str, int] | HTTPException:
    """A refusal of HTTP itself: bad address, too large, too often, no token."""
    status = error.code or 500
    if status < 400:
        return error
    page = PAGES.get(status) or PAGES[500 if status >= 500 else 400]
    if isinstance(error, CSRFError | ClientDisconnected):
        page = CUT if isinstance(error, ClientDisconnected) or _cut() else STALE
    body, status = answer(status, page)
    response = body if isinstance(body, Response) else Response(body)
    response.status_code = status
    for name, value in error.get_headers(request.environ):
        if name in ("Allow", "Retry-After", "WWW-Authenticate"):
            response.headers[name] = value
    return response, status


def _cut() -> bool:
    """Whether the body is the beginning of one with files: something was sent, and nothing could be read."""
    return request.mimetype == "multipart/form-data" and bool(request.content_length) and not request.form and not request.files


def failed(error: InternalServerError) -> tuple[Response | str, int]:
    """Our own fault: logged with its traceback, shown with the request's number only."""
    original = error.original_exception or error
    log.error("failed", endpoint=request.endpoint, exc_info=original)
    return answer(500, PAGES[500], number=request_id())


def answer(status: int, page: Page, *, said: str = "", number: str = "", code: str = "") -> tuple[Response | str, int]:
    """The page, or for a machine the same as JSON (RFC 9457)."""
    what = said or gettext(page.what)
    if wants_json():
        body = {"status": status, "title": gettext(page.title), "detail": what, "code": code or f"http.{status}", "request": request_id()}
        response = jsonify(body)
        response.mimetype = "application/problem+json"
        return response, status
    return render_template("hall/error.html", page=page, what=what, number=number, status=status), status

"""What protects every response and every form: headers, cookies, the token in forms, the size of a request."""

from __future__ import annotations

from flask import Flask, Response, g, request, session
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import BadRequest

from .bodies import Json
from .hands import Hands

LARGEST_REQUEST = 25 * 1024 * 1024
LARGEST_TEXT = 2 * 1024 * 1024
PARTS = 2_000

POLICY: dict[str, str] = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
NO_DOCUMENTS = {"text/css", "text/javascript"}  # nothing reads a document's policy there, and every page of a village pays for it
FEATURES = (
    "accelerometer=(), browsing-topics=(), camera=(self), display-capture=(), geolocation=(self), "
    "gyroscope=(), microphone=(), payment=(), usb=()"
)


def attach(app: Flask, hands: Hands) -> None:
    """Set the cookies, the limits, the token check and the headers of this application."""
    https = hands.settings.public_address.startswith("https://")
    app.secret_key = app.secret_key or hands.settings.session_secret
    app.config.update(
        SESSION_COOKIE_NAME="__Host-loket" if https else "loket",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_PATH="/",
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_TEXT,
        MAX_FORM_PARTS=PARTS,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form may lie open over lunch
        WTF_CSRF_SSL_STRICT=True,
    )
    app.json_provider_class, app.json = Json, Json(app)
    CSRFProtect(app)
    app.before_request(refuse_nul)
    app.after_request(lambda response: protect(response, https))


def refuse_nul() -> None:
    """No NUL in an address or a form (400): PostgreSQL cannot store or compare it, and no browser sends it on its own."""
    texts = [request.path]
    for name, values in (*request.args.lists(), *request.form.lists()):
        texts += [name, *values]
    if any("\0" in each for each in texts):
        raise BadRequest()


def loosen(**more: str) -> None:
    """Add sources to this response's policy: `loosen(style_src="'unsafe-inline'")` for the one editor that needs it."""
    extra: dict[str, str] = g.setdefault("policy", {})
    extra.update({name.replace("_", "-"): source for name, source in more.items()})


def protect(response: Response, https: bool) -> Response:
    """Put the protecting headers on a response; what a view has set itself stays."""
    headers = response.headers
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if response.mimetype not in NO_DOCUMENTS:
        headers.setdefault("Content-Security-Policy", policy(https))
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Permissions-Policy", FEATURES)
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if https:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if "Cache-Control" not in headers:
        # pages of a person must not stay in a shared phone's memory after signing out
        headers["Cache-Control"] = "no-store" if session.get("_user_id") else "no-cache, private"
        response.vary.add("Cookie")
    return response


def policy(https: bool) -> str:
    """The content security policy of this response."""
    extra: dict[str, str] = g.get("policy", {})
    parts = [f"{name} {source} {extra[name]}" if name in extra else f"{name} {source}" for name, source in POLICY.items()]
    return "; ".join(parts + (["upgrade-insecure-requests"] if https and not request.host.startswith("127.") else []))

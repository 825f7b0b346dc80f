"""The reader's language: chosen by a link on every page, kept in a cookie, else the account's, else the office's."""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from flask import Flask, Response, current_app, g, has_request_context, redirect, request, url_for
from flask_babel import Babel
from werkzeug.wrappers import Response as AnyResponse

from .hands import Hands, hands
from .identity import person
from .words.catalogue import read

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
COOKIE = "lang"
A_YEAR = 365 * 24 * 60 * 60
WORDS = Path(__file__).parent / "words"


def language() -> str:
    """`id` or `en`."""
    if not has_request_context():
        return "id"
    if "language" not in g:
        g.language = _chosen()
    return str(g.language)


def _chosen() -> str:
    cookie = request.cookies.get(COOKIE)
    if cookie in LANGUAGES:
        return cookie
    who = person()
    return who.language if who and who.language in LANGUAGES else hands().settings.language


def switch() -> AnyResponse | None:
    """Before every request: `?lang=en` sets the cookie and comes back to the same page without it."""
    wanted = request.args.get("lang")
    if wanted not in LANGUAGES or request.method not in ("GET", "HEAD"):
        return None
    return speak(redirect(address_in(None), 303), wanted)


def speak(response: AnyResponse, wanted: str) -> AnyResponse:
    """Remember a language in this browser."""
    secure = hands().settings.public_address.startswith("https://")
    response.set_cookie(COOKIE, wanted, max_age=A_YEAR, samesite="Lax", httponly=True, secure=secure)
    return response


def address_in(wanted: str | None) -> str:
    """The address of the page one is on, in another language (None: without the question)."""
    rule = request.url_rule
    if rule is not None and rule.methods is not None and "GET" not in rule.methods:
        return request.script_root + "/" + (f"?lang={wanted}" if wanted else "")
    if request.endpoint and rule is not None:
        asked = {key: values for key, values in request.args.lists() if key != "lang"}
        taken = {**asked, **(request.view_args or {})}
        return url_for(request.endpoint, **taken, **({"lang": wanted} if wanted else {}))
    path = request.script_root + "/" + request.path.lstrip("/")  # never "//elsewhere"
    return path + (f"?lang={wanted}" if wanted else "")


def address_again() -> str:
    """The address of this request when it can also be opened (GET), else nothing: where to go on after signing in again."""
    path = request.full_path.rstrip("?")
    if g.get("unsent"):
        path += ("&" if "?" in path else "?") + f"unsent={g.unsent}"  # what was sent comes back there
    openable = current_app.create_url_adapter(request)
    return path if openable is not None and openable.test(request.path, method="GET") else ""


def compile_stale(folder: Path = WORDS) -> None:
    """Make each `.mo` whose `.po` is newer; two processes starting at once do not harm each other."""
    for po in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.is_file() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        fresh = mo.with_suffix(f".{os.getpid()}")
        with fresh.open("wb") as target:
            write_mo(target, read(po))
        fresh.replace(mo)


def attach(app: Flask, hands: Hands) -> None:
    """Compile the catalogues and let Flask-Babel choose by `language()`."""
    compile_stale()
    Babel(
        app,
        default_locale=hands.settings.language,
        default_timezone=str(hands.settings.zone),
        default_translation_directories=str(WORDS),
        locale_selector=language,
    )
    app.before_request(switch)
    app.after_request(_label)


def _label(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Language", language())
    return response

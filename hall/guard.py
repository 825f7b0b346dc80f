"""Who may open a page: stated beside each view, checked before every request. A view that says nothing opens for nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, g, redirect, request, url_for
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized
from werkzeug.wrappers import Response

from engine import people

from .hands import now, unit
from .identity import SignedIn, person
from .machines import machine

View = TypeVar("View", bound=Callable[..., Any])
SIGN_IN = "account.sign_in"
COVERS = "hall.covers"
MACHINES = "/api/"  # addresses that only machines use


class Unguarded(RuntimeError):
    """A view does not say who may open it. Put `@everyone`, `@signed_in`, `@staff`, `@of_desk(…)` or `@administrator` below its route."""


@dataclass(frozen=True)
class Guard:
    """A decorator that states who may open a view: `admits` is asked with the person signed in, or None."""

    name: str
    admits: Callable[[SignedIn | None], bool]

    def __call__(self, view: View) -> View:
        """Mark the view; nothing is wrapped, the check is made before the request."""
        view.guard = self  # type: ignore[attr-defined]
        return view


everyone = Guard("everyone", lambda _: True)
signed_in = Guard("signed_in", lambda who: who is not None)
staff = Guard("staff", lambda who: who is not None and who.is_staff)
administrator = Guard("administrator", lambda who: who is not None and people.ADMINISTRATOR in who.desks)


a_machine = Guard("a_machine", lambda _: machine() is not None)


def of_desk(*desks: str) -> Guard:
    """Members of at least one of these desks."""
    wanted = frozenset(desks)
    return Guard(f"of_desk({', '.join(sorted(wanted))})", lambda who: who is not None and bool(wanted & who.desks))


def cover(app: Flask, blueprint: str, guard: Guard) -> None:
    """Guard every view of a blueprint whose views are not ours to decorate (Flask-Admin's)."""
    app.extensions.setdefault(COVERS, {})[blueprint] = guard


def guard_of(app: Flask, endpoint: str) -> Guard | None:
    """The guard of an endpoint: its view's own, its class's, or its blueprint's cover."""
    view = app.view_functions[endpoint]
    own = getattr(view, "guard", None) or getattr(getattr(view, "view_class", None), "guard", None)
    covers: dict[str, Guard] = app.extensions.get(COVERS, {})
    return own or covers.get(endpoint.rpartition(".")[0])


def unguarded(app: Flask) -> list[str]:
    """The endpoints that nobody guards: must be empty (a house test looks)."""
    return sorted(endpoint for endpoint in app.view_functions if guard_of(app, endpoint) is None)


def check() -> Response | None:
    """Before every request: let in, send to the sign-in page, or refuse."""
    if request.endpoint is None or request.method == "OPTIONS":
        return None
    guard = guard_of(current_app, request.endpoint)
    if guard is None:
        raise Unguarded(f"{request.endpoint}: {Unguarded.__doc__}")
    who = person()
    if guard.admits(who):
        return None
    if guard is a_machine:
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer", {"realm": "Loket"}))
    if who is not None:
        raise Forbidden()
    if getattr(current_app.view_functions[request.endpoint], "keeps_unsent", False):
        keep_unsent()
    if request.method in ("GET", "HEAD") and not wants_json():
        return redirect(url_for(SIGN_IN, next=request.full_path.rstrip("?")), 303)
    raise Unauthorized()


def keeps_unsent(view: View) -> View:
    """Mark the view that takes a form: what is sent to it after the session has ended is given back by its page after signing in."""
    view.keeps_unsent = True  # type: ignore[attr-defined]
    return view


def keep_unsent() -> None:
    """Keep the texts of this request sealed for a short while. Only what a page of ours sent: another site puts no words into forms."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin" or request.headers.get("Origin", our_origin()) != our_origin():
        return
    pairs = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    with unit() as db:
        g.unsent = people.keep_unsent(db, request.path, pairs, at=now())


def our_origin() -> str:
    """The address of this site as browsers say it."""
    return request.host_url.rstrip("/")


def unsent() -> list[tuple[str, str]] | None:
    """What was sent to this address after the session had ended (`?unsent=`), once; None for nothing."""
    word = request.args.get("unsent", "")
    if not word:
        return None
    with unit() as db:
        return people.take_unsent(db, word, request.path, at=now())


def wants_json() -> bool:
    """Whether the asker is a machine: it asks for JSON before HTML."""
    if request.path.startswith(MACHINES):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json", "application/problem+json"], default="text/html")
    return best != "text/html"


def safe_next(target: str | None, otherwise: str) -> str:
    """Where to go after signing in: a path of this site, never another site."""
    if target and target.startswith("/") and not target.startswith(("//", "/\\")) and "\\" not in target and target.isprintable():
        return target
    return otherwise


def attach(app: Flask) -> None:
    """Check every request; Flask's own static route is not used."""
    app.before_request(check)

"""The house put together: `create_app(settings)` gives the Flask application with both doors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import admin
import hall
import portal

from . import health
from .hands import Hands, open_hands, the_clock
from .settings import Settings


def create_app(settings: Settings, *, now: Callable[[], datetime] = the_clock) -> Flask:
    """The application of one office. Its hands lie in `app.extensions["loket"]`; `now` is the clock of its requests."""
    app = Flask("loket", static_folder=None, template_folder=None)
    hands = open_hands(settings, now)
    app.extensions["loket"] = hands
    hall.attach(app)
    for door in (portal, admin):
        door.attach(app)
    health.attach(app)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies)  # type: ignore[method-assign]
    return app


def hands_of(app: Flask) -> Hands:
    """The hands of an application made here."""
    hands: Hands = app.extensions["loket"]
    return hands

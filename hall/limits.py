"""How often one address may try: sign-in, sign-up, tracking. The account's own lock-out is kept by the people room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

View = TypeVar("View", bound=Callable[..., Any])

limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=True, default_limits=[])

# One office, school or village may share one address: generous enough for them, too slow for guessing.
TRIES = "30 per minute; 300 per hour"


def tried(view: object) -> object:
    """A decorator for views whose POST can be used for guessing."""
    return limiter.limit(TRIES, methods=["POST"])(view)  # type: ignore[arg-type]


def tried_on(name: str, limit: str) -> Callable[[View], View]:
    """A decorator that counts the refused POSTs (422) about one thing, from wherever they come: `name` is the field that names it."""

    def thing() -> str:
        return request.form.get(name, "").strip().upper()[:100]

    return limiter.limit(limit, key_func=thing, methods=["POST"], deduct_when=lambda answer: answer.status_code == 422)  # type: ignore[return-value]


def at_most(limit: str) -> Callable[[View], View]:
    """A decorator that counts every request of an address to one view, for what machines use."""
    return limiter.limit(limit)  # type: ignore[return-value]


def attach(app: Flask) -> None:
    """Start counting for this application, from nought."""
    app.config.setdefault("RATELIMIT_HEADERS_ENABLED", True)
    limiter.init_app(app)
    limiter.reset()

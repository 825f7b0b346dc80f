"""What every template may use: the assets, the language switch, the person, the office, the navigation."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_compress import Compress
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from . import assets, formats, navigation, offline
from .errors import request_id
from .hands import hands, now
from .identity import is_shared, person
from .language import LANGUAGES, address_again, address_in, language
from .templating import address, word


def attach(app: Flask) -> None:
    """Register the hall's templates, files, globals and filters."""
    app.jinja_options = {**app.jinja_options, "trim_blocks": True, "lstrip_blocks": True}
    own = [app.jinja_loader] if app.jinja_loader else []
    app.jinja_loader = ChoiceLoader([*own, PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})])
    app.jinja_env.globals.update(
        address_of=address,
        asset=assets.asset,
        worker=offline.worker_address,
        styles=assets.styles,
        address_again=address_again,
        address_in=address_in,
        languages=LANGUAGES,
        navigation=navigation.entries,
        request_id=request_id,
    )
    app.jinja_env.globals["_"] = word
    app.context_processor(shared)
    formats.attach(app)
    app.register_blueprint(assets.blueprint)
    app.config.setdefault("COMPRESS_ALGORITHM", ["br", "gzip"])
    app.config.setdefault("COMPRESS_MIMETYPES", ["text/html", "text/css", "text/javascript", "application/json", "image/svg+xml"])
    Compress(app)


def shared() -> dict[str, Any]:
    """Values that differ by request."""
    settings = hands().settings
    return {
        "lang": language(),
        "person": person(),
        "shared_device": is_shared(),
        "office_name": settings.office_name,
        "office_address": settings.office_address,
        "demo": settings.demo,
        "now": now(),
    }

"""The door of the public, applicants, staff and machines: a folder per part, each with a `blueprint`, found by being there."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from flask import Blueprint, Flask


def blueprints() -> Iterator[Blueprint]:
    """The blueprint of every part of this door, in the order of their names."""
    for found in pkgutil.iter_modules(__path__):
        part = importlib.import_module(f"{__name__}.{found.name}")
        blueprint = getattr(part, "blueprint", None)
        if isinstance(blueprint, Blueprint):
            yield blueprint


def attach(app: Flask) -> None:
    """Open this door: register every part of it."""
    for blueprint in blueprints():
        app.register_blueprint(blueprint)

"""Flask's Jinja with less to do for every page: members of mappings, what templates know, words and addresses are found at once.

Nothing that differs between two readers is kept here: texts by language, addresses of views that take nothing.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask.templating import Environment
from flask_babel import get_locale, get_translations
from markupsafe import Markup

ADDRESSES = "hall.addresses"
_METHODS = frozenset(dir(dict))
_NOT_THERE = object()


class Quick(Environment):
    """Looks into a mapping at once for what cannot be a method of it; has its globals in one mapping, so that no import compares them."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute` of a template."""
        if type(obj) is dict and attribute not in _METHODS:
            found = obj.get(attribute, _NOT_THERE)
            return self.undefined(obj=obj, name=attribute) if found is _NOT_THERE else found
        return super().getattr(obj, attribute)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What templates know besides what they are given."""
        return {**self.globals, **(d or {})}


def word(text: str, **facts: Any) -> Markup:
    """The `_` of templates: a text of theirs in the reader's language, with its facts escaped."""
    known = getattr(g, "_flask_babel", None)
    locale = getattr(known, "babel_locale", None) or get_locale()
    return _said(str(locale.language), text) % facts if facts else _said_alone(str(locale.language), text)


@lru_cache(maxsize=4096)
def _said(_lang: str, text: str) -> Markup:
    return Markup(get_translations().ugettext(text))  # noqa: S704  of a catalogue of the house, as Jinja's own `_` has it


@lru_cache(maxsize=4096)
def _said_alone(lang: str, text: str) -> Markup:
    return _said(lang, text) % {}


def address(endpoint: str) -> str:
    """The address of a view that takes nothing, worked out once."""
    known: dict[tuple[str, str], str] = current_app.extensions[ADDRESSES]
    key = (request.script_root, endpoint)
    if key not in known:
        if len(known) > 1000:
            known.clear()
        known[key] = url_for(endpoint)
    return known[key]


def attach(app: Flask) -> None:
    """Before anything of the application asks for its templates."""
    app.jinja_environment = Quick
    app.extensions[ADDRESSES] = {}

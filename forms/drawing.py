"""Our own Jinja: escapes everything, knows the govuk macros, holds nothing of any web framework, and draws a page in a third of the calls.

The macros of govuk-frontend ask mappings for hundreds of members that are not there and write every attribute through a macro of their
own. Both are short cuts here with the same result (`tests/forms/test_cost.py` compares them, byte for byte).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, Template, Undefined
from markupsafe import Markup, escape

from forms import fields

ATTRIBUTES = "govuk_frontend_jinja/macros/attributes.html"
SHORT = "{% macro govukAttributes(attributes) -%}{{ attributes_of(attributes) }}{%- endmacro %}"
_NOT_THERE = object()


class Quick(Environment):
    """Looks into a mapping first and only then at its methods: the other way round each missing member costs an exception.

    It has the same globals for good, so that no import inside a macro compares them anew.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute` of a template."""
        if type(obj) is dict:
            found = obj.get(attribute, _NOT_THERE)
            if found is not _NOT_THERE:
                return found
            if attribute not in _METHODS:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What templates know besides what they are given."""
        return {**self.globals, **(d or {})}


_METHODS = frozenset(dir(dict))


def attributes_of(given: Any) -> Markup:
    """The attributes of an element (` class="a" hidden`), by the rules of govukAttributes: optional ones go when they say nothing."""
    if isinstance(given, str):
        return Markup(given)  # noqa: S704  what the macros have put together and escaped
    if not isinstance(given, Mapping):
        return Markup("")
    return Markup("".join(_one(str(name), value) for name, value in given.items()))  # noqa: S704  each part is escaped


def _one(name: str, value: Any) -> str:
    optional = False
    if isinstance(value, Mapping):
        if _said(value.get("val")) and value:
            return _one(name, value["val"])
        optional, value = value.get("optional") is True, value.get("value")
    elif isinstance(value, bool):
        value = str(value).lower()
    if optional and value is True:
        return f" {escape(name)}"
    if optional and (value is False or not _said(value)):
        return ""
    return f' {escape(name)}="{escape(value)}"'


def _said(value: Any) -> bool:
    return value is not None and not isinstance(value, Undefined)


@cache
def environment() -> Environment:
    """The one of the house."""
    return made_as(Quick, ChoiceLoader([DictLoader({ATTRIBUTES: SHORT}), loader()]))


def made_as(kind: type[Environment], source: BaseLoader) -> Environment:
    """An environment with the settings and filters of the house."""
    made = kind(loader=source, autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False)
    made.filters["feel"] = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    made.globals["attributes_of"] = attributes_of
    return made


def loader() -> BaseLoader:
    """Where the templates are: those of the kinds, and the macros of govuk-frontend."""
    own = FileSystemLoader([Path(folder).parent / "templates" for folder in fields.__path__])
    return PrefixLoader({"forms": own, "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})


@cache
def template(name: str) -> Template:
    """A template of the house (`question.html`), found once."""
    return environment().get_template(f"forms/{name}")

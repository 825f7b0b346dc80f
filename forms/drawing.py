"""Our own Jinja: escapes everything, holds nothing of any web framework, and draws a page in a twentieth of the calls of govuk's macros.

Those ask mappings for hundreds of members that are not there. `parts` (forms/templates/parts.html), known to every template, are our own,
with the same result: `tests/forms/test_parts.py` compares them, element by element.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, MutableMapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, Template
from markupsafe import Markup, escape

from forms import fields
from forms.stencil import Open, is_open, mark

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


def attributes_of(given: Mapping[str, str]) -> Markup:
    """More attributes of an element: ` data-level="1"`."""
    return Markup("".join(f' {escape(name)}="{escape(value)}"' for name, value in given.items()))  # noqa: S704  each part is escaped


def ticked(item: Mapping[str, Any], chosen: Collection[str]) -> str | Markup:
    """The mark of a choice that is among those chosen, or is `checked` by itself."""
    if is_open(chosen):
        return mark(" checked", item["value"])
    return " checked" if item.get("checked") or item["value"] in chosen else ""


def options_of(items: Iterable[Mapping[str, str]], value: str) -> Markup:
    """The lines of a drop-down list, the one with this value chosen; each item has a `value` and a `text`."""
    if type(value) is Open:
        lines = [_line(one["value"], one["text"], mark(" selected", one["value"])) for one in items]
        return Markup("".join(lines))  # noqa: S704  each line is escaped
    lines = [option(one["value"], one["text"], bool(value) and one["value"] == value) for one in items]
    return Markup("".join(lines))  # noqa: S704  each line is escaped


@lru_cache(maxsize=8192)
def option(value: str, text: str, chosen: bool) -> str:
    """One line. What is kept are texts of forms and names of places, and nothing that anybody answered: a list has only what is offered."""
    return _line(value, text, " selected" if chosen else "")


def _line(value: str, text: str, marked: str) -> str:
    return f'<option value="{escape(value)}"{marked}>{escape(text)}</option>\n'


@cache
def environment() -> Environment:
    """The one of the house."""
    return made_as(Quick, loader())


def made_as(kind: type[Environment], source: BaseLoader) -> Environment:
    """An environment with the settings and filters of the house."""
    made = kind(loader=source, autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False)
    made.filters["feel"] = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    made.globals |= {"attributes_of": attributes_of, "options_of": options_of, "ticked": ticked}
    made.globals["parts"] = made.get_template("forms/parts.html").module
    return made


def loader() -> BaseLoader:
    """Where the templates are: those of the kinds, and the macros of govuk-frontend."""
    own = FileSystemLoader([Path(folder).parent / "templates" for folder in fields.__path__])
    return PrefixLoader({"forms": own, "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})


@cache
def template(name: str) -> Template:
    """A template of the house (`question.html`), found once."""
    return environment().get_template(f"forms/{name}")

"""The kinds of questions, one file each. A new file with a `Kind` in it is a new kind; nothing else has to be told."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from forms.kind import Kind


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by the word forms use for them, in alphabetical order."""
    found: dict[str, Kind] = {}
    for module in sorted(one.name for one in iter_modules(__path__)):
        for thing in vars(import_module(f"{__name__}.{module}")).values():
            if isinstance(thing, type) and issubclass(thing, Kind) and thing.__module__ == f"{__name__}.{module}" and thing.word:
                found[thing.word] = thing()
    return MappingProxyType(found)

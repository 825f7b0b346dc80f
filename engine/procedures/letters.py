"""The fields of letters and notices: which a letter reads, which it takes care of itself, and which names it may use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from engine import texts
from engine.flow import Step

from .names import LANGS

# What the engine puts into every letter beside forms and results (engine/actions stands above this room).
HOUSE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "case": frozenset({"number", "received", "due", "link"}),
        "applicant": frozenset({"name"}),
        "office": frozenset({"name", "address"}),
        "procedure": frozenset({"name"}),
        "fee": frozenset({"amount", "lines", "title"}),
        "document": frozenset({"number", "code", "valid_from", "valid_until", "issued_on"}),
        "today": frozenset(),
    }
)
# Messages that the office sends by itself, in the house's words unless the procedure has its own of that name (engine/cases fills them):
# what they may say beside the application's number and address, the applicant, the office and the service.
BY_THE_OFFICE: Mapping[str, Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "notice-sent-back": {"reason": frozenset(), "step": frozenset({"name"})},
        "notice-stopped": {"reason": frozenset()},
        "notice-suspended": {"reason": frozenset(), "until": frozenset()},
        "notice-resumed": {},
        "notice-reopened": {"reason": frozenset()},
    }
)
_OF_CASE: Mapping[str, frozenset[str]] = MappingProxyType(
    {"case": frozenset({"number", "link"}), **{name: HOUSE[name] for name in ("applicant", "office", "procedure")}}
)
SHOWN = "shown"
NOTICE = "notice-"
_TAG = re.compile(r"\{%-?\s*(?:if|elsif|unless|case|when)\b(.*?)-?%\}", re.DOTALL)
_DEFAULT = re.compile(r"\{[{%]-?((?:[^{}%]|%(?!\}))*?\|\s*default\b.*?)-?[}%]\}", re.DOTALL)
_PATH = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")


@dataclass(frozen=True)
class Fields:
    """The dotted paths a text reads with their first lines, and the names it takes care of when they are not there."""

    lines: Mapping[str, int]
    guarded: frozenset[str]


@lru_cache(maxsize=512)
def fields_of(source: str) -> Fields:
    """Raises texts.BadText."""
    read = texts.read(source)
    spots = [*_TAG.findall(source), *_DEFAULT.findall(source)]
    guarded = frozenset(name_of(path) for spot in spots for path in _PATH.findall(spot))
    return Fields(MappingProxyType({field.path: field.line for field in read.fields}), guarded)


def known_to(letter: str, names: Mapping[str, object]) -> dict[str, object]:
    """What a letter of this name may read; `names`: those of the procedure."""
    if letter in BY_THE_OFFICE:
        return {**_OF_CASE, **BY_THE_OFFICE[letter]}
    return {**names, **HOUSE, SHOWN: dict(names)}


def name_of(path: str) -> str:
    """The form or result that a path reads: `shown.verify.reason` reads `verify`."""
    first, _, rest = path.partition(".")
    return rest.partition(".")[0] if first == SHOWN else first


def sent_by(step: Step) -> Iterator[str]:
    """The names of the letters that an automatic step uses, as far as the diagram itself says it."""
    for key, prefix in (("letter", ""), ("notice", NOTICE)):
        value = step.headers.get(key, "").strip()
        if value and not value.startswith("="):
            yield prefix + value


def file_of(files: Mapping[str, bytes], letter: str, lang: str) -> str:
    """The file of a letter; its place in `letters/` when there is none."""
    shared = f"shared/letters/{letter}.{lang}.md"
    own = f"letters/{letter}.{lang}.md"
    return shared if own not in files and shared in files else own


def files_of(files: Mapping[str, bytes], letter: str) -> Iterator[tuple[str, str]]:
    """Language and file of a letter, as far as they are there."""
    for lang in LANGS:
        name = file_of(files, letter, lang)
        if name in files:
            yield lang, name

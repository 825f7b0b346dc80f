"""Keeping what people wrote apart from what the office wrote.

A value on its way into marked-up text travels in code points of the private use area, byte by byte: no reader of Markdown
sees a star, a bracket or a line break in it. `opened` gives the value back once the structure of the text is fixed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from .errors import BadFact

BASE = 0xE000
DEPTH = 12
_TRAVELLING = re.compile("[\ue000-\ue0ff]+")
_TRAVELLERS = re.compile("([\ue000-\ue0ff]+)")
_CLOSE = {byte: BASE + byte for byte in range(256)}
_OPEN = {place: byte for byte, place in _CLOSE.items()}
_PLAIN = frozenset({bool, int, float, Decimal, type(None), date, datetime, time, timedelta})  # nothing in these can be unclean
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")  # they make a text read otherwise than it is


def closed(value: str) -> str:
    """The value as code points U+E000…U+E0FF; what travels already is left as it is."""
    if not _TRAVELLING.search(value):
        return value.encode().decode("latin-1").translate(_CLOSE)
    parts = _TRAVELLERS.split(value)
    return "".join([part if number % 2 else part.encode().decode("latin-1").translate(_CLOSE) for number, part in enumerate(parts)])


def opened(text: str) -> str:
    """The inverse of `closed`, anywhere in a text. Bytes that a filter has cut through become U+FFFD."""
    return _TRAVELLING.sub(lambda match: match[0].translate(_OPEN).encode("latin-1").decode(errors="replace"), text)


def clean(text: str) -> str:
    """Text without control, private, unassigned and direction-changing characters; line breaks and tabs stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.replace("\n", "").replace("\t", "").isprintable():  # as nearly everything is; then none of these can be in it
        return text
    return "".join([char for char in text if char in "\n\t" or char.isprintable() or not _unprintable(char)])


def _unprintable(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Co", "Cs", "Cn") or char in _BIDI


def cleaned(fact: object, place: str = "facts", depth: int = 0) -> object:
    """A copy of a fact made of plain values and clean text only. Raises BadFact with the place where it is nested too deep."""
    if depth > DEPTH:
        raise BadFact(place=place, most=DEPTH)
    if isinstance(fact, str):
        return fact if fact.isprintable() else clean(fact)
    if type(fact) in _PLAIN:
        return fact
    if type(fact) is dict or isinstance(fact, Mapping):
        return {_key(key): value if type(value) in _PLAIN else cleaned(value, f"{place}.{key}", depth + 1) for key, value in fact.items()}
    if isinstance(fact, (list, tuple)):
        return [cleaned(value, f"{place}.{number}", depth + 1) for number, value in enumerate(fact)]
    if fact is None or isinstance(fact, (bool, int, float, Decimal, date, time, timedelta)):
        return fact
    plain = getattr(fact, "plain", None)  # a kept file
    return cleaned(plain, place, depth + 1) if isinstance(plain, Mapping) else Unsayable(type(fact).__name__)


@lru_cache(maxsize=4096)
def _key(key: object) -> str:
    return clean(str(key))


class Unsayable:
    """A fact that may be there but not be written: bytes, a function, whatever is not a plain value."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __str__(self) -> str:
        raise TypeError(f"a value of the kind “{self.kind}” cannot be written")

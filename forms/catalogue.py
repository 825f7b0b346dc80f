"""All kinds as data: what the form builder draws its palette and its panels from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from forms.common import common, properties
from forms.fields import kinds
from forms.files import Upload
from forms.formatschema import definitions
from forms.kind import SHELVES, Kind
from forms.property import PARTS, Json
from forms.words import pick

FORMAT = "loket-kinds/1"


def catalogue(lang: str | None = None) -> Json:
    """Every kind with its properties, its fresh question and its samples; JSON-able. Words as {"id", "en"}, or in `lang` alone."""

    def speak(words: Mapping[str, str]) -> Any:
        return dict(words) if lang is None else pick(words, lang)

    found = kinds()
    shared = {one.key: one for kind in found.values() for one in common(kind)}
    return {
        "format": FORMAT,
        "shelves": [{"key": key, "title": speak(title)} for key, title in SHELVES.items()],
        "parts": [{"key": key, "title": speak(title)} for key, title in PARTS.items()],
        "common": [one.plain(speak) for one in shared.values()],
        "kinds": [_kind(kind, speak) for kind in found.values()],
        "$defs": definitions(),
    }


def _kind(kind: Kind, speak: Callable[[Mapping[str, str]], Any]) -> Json:
    return {
        "kind": kind.word,
        "title": speak(kind.title),
        "about": speak(kind.about),
        "icon": kind.icon,
        "shelf": kind.shelf,
        "answered": kind.answered,
        "nests": kind.nests,
        "cell": kind.cell,
        "privacy": kind.privacy,
        "value": kind.browser,
        "common": [one.key for one in common(kind)],
        "properties": [one.plain(speak) for one in properties(kind)],
        "fresh": fresh(kind.word),
        "samples": _samples(kind),
    }


def _samples(kind: Kind) -> Json:
    """What can be posted, as far as it is JSON (a file is not)."""
    return {
        "good": [{"raw": plain_raw(one.raw), "options": dict(one.options)} for one in kind.good],
        "bad": [{"raw": plain_raw(one.raw), "options": dict(one.options), "code": one.code} for one in kind.bad],
    }


def plain_raw(raw: Any) -> Any:
    """A sample as JSON; a file is told by its name."""
    if isinstance(raw, Upload):
        return {"upload": raw.name[:100]}
    if isinstance(raw, dict):
        return {key: plain_raw(one) for key, one in raw.items()}
    if isinstance(raw, list):
        return [plain_raw(one) for one in raw]
    return raw if raw is None or isinstance(raw, str | int | float) else str(raw)


@cache
def _fresh(word: str) -> Json:
    kind = kinds()[word]
    own = {one.key: one.default for one in kind.properties if one.required and one.default is not None}
    noun = {lang: text[:1].lower() + text[1:] for lang, text in kind.title.items()}
    named = {"noun": noun} if kind.answered else {}
    return {"kind": word, "label": dict(kind.title), **named, **own, **kind.fresh}


def fresh(word: str) -> Json:
    """A new question of a kind as it falls from the palette: a whole one but for its `key`. Raises KeyError."""
    from copy import deepcopy  # what falls from the palette is changed at once

    return deepcopy(_fresh(word))

"""What is wrong with a draft, in the reader's words, with where it is: for pages, and as JSON for the builder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import forms
from admin.procedures.folders import written
from engine import procedures
from engine.procedures import FUNCTIONS
from engine.store import Session
from forms import BadForm
from hall.language import language
from rules import Finding

SHARED = "shared/forms/"
LISTS = "lists/"
Json = dict[str, Any]


def findings(db: Session, key: str) -> tuple[Finding, ...]:
    """Everything the reader and the rules find in the open draft."""
    return procedures.draft_findings(db, key, actions=written())


def plain(found: Iterable[Finding]) -> list[Json]:
    """As JSON: place, level (`error` stops publishing), code, sentence."""
    return [
        {"place": each.place, "level": procedures.level(each), "code": each.code, "text": procedures.sentence(each, language())}
        for each in found
    ]


def groups_of(files: Mapping[str, bytes], beside: Mapping[str, bytes]) -> dict[str, bytes]:
    """The shared groups of questions by name: those of the bundle, then those of the office."""
    own = {name.removeprefix(SHARED).removesuffix(".json"): data for name, data in files.items() if name.startswith(SHARED)}
    return {**beside, **own}


def lists_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The choice tables of a draft, by name."""
    return {name.removeprefix(LISTS).removesuffix(".csv"): data for name, data in files.items() if name.startswith(LISTS)}


def of_form(document: Any, file: str, groups: Mapping[str, bytes], lists: Mapping[str, bytes]) -> list[Json]:
    """What is wrong with one form by itself, while it is being made."""
    try:
        forms.read(json.dumps(document).encode(), groups=groups, functions=FUNCTIONS, lists=lists)
    except BadForm as bad:
        return plain(Finding(_placed(each.place, file), each.code, each.facts) for each in bad.findings)
    except RecursionError:
        return plain([Finding(f"{file}#", "form.json", {"why": "too deep"})])
    return []


def _placed(place: str, file: str) -> str:
    group, _, rest = place.partition("#")
    return f"{SHARED}{group}.json#{rest}" if group else f"{file}#{rest}"


def title_of(data: bytes) -> Mapping[str, str]:
    """The title of a form as far as it has one."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    title = tree.get("title") if isinstance(tree, dict) else None
    return {lang: text for lang, text in title.items() if isinstance(text, str)} if isinstance(title, dict) else {}


def parsed(data: bytes) -> Any:
    """The JSON of a file, or None."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None

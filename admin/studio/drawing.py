"""The builder's canvas: a page of a form in the server's real rendering, also while the form is half made.

Every question is drawn under a name of its own (`q0`, `q1_0`), so that half-made keys do not matter, and without conditions, so that all of
them are in sight. What cannot be drawn yet is said in its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import forms
from engine.procedures import FUNCTIONS
from forms import BadForm, Form
from rules import Finding

LANGS = ("id", "en")
_UNSEEN = {"show_when", "required_when", "rules", "noun", "seen_by", "unique"}
Json = dict[str, Any]


def drawn(document: Any, page: int, lang: str, groups: Mapping[str, bytes], lists: Mapping[str, bytes] | None = None) -> Json:
    """The page in one piece (`html`), the names of each item's questions (`items`), and which items cannot be drawn yet (`broken`)."""
    items = _items(document, page)
    fields = [_prepared(item, f"q{number}", groups) for number, item in enumerate(items)]
    broken: set[int] = set()
    form = _form(fields, lists or {})
    for _ in range(3):
        if isinstance(form, Form):
            break
        broken |= {number for number in _places(form) if number < len(fields)}
        form = _form([[_placeholder(f"q{n}")] if n in broken else one for n, one in enumerate(fields)], lists or {})
    names = [[f"q{n}"] if n in broken else [each["key"] for each in one] for n, one in enumerate(fields)]
    html = forms.render(form, "page", raw={}, lang=lang) if isinstance(form, Form) and any(names) else ""
    return {"html": str(html), "items": names, "broken": sorted(broken)}


def _items(document: Any, page: int) -> list[Any]:
    pages = document.get("pages") if isinstance(document, dict) else None
    chosen = pages[page] if isinstance(pages, list) and 0 <= page < len(pages) else None
    fields = chosen.get("fields") if isinstance(chosen, dict) else None
    return fields if isinstance(fields, list) else []


def _prepared(item: Any, name: str, groups: Mapping[str, bytes], depth: int = 0) -> list[Json]:
    """The questions an item stands for, each ready to be drawn."""
    if isinstance(item, dict) and "include" in item:
        inner = list(members(item["include"], groups)) if depth < 3 else []
        return [each for n, one in enumerate(inner) for each in _prepared(one, f"{name}_{n}", groups, depth + 1)] or [_placeholder(name)]
    return [_seen(item, name)] if isinstance(item, dict) else [_placeholder(name)]


def members(group: Any, groups: Mapping[str, bytes]) -> Iterator[Any]:
    """The items of a shared group; nothing when there is none that can be read."""
    try:
        tree = json.loads(groups.get(str(group), b"{}"))
    except (ValueError, RecursionError):
        return
    fields = tree.get("fields") if isinstance(tree, dict) else None
    yield from fields if isinstance(fields, list) else ()


def _seen(item: Json, name: str) -> Json:
    """A question without conditions and with words in every language, as far as it has them in one."""
    kept = {key: _words(one) for key, one in item.items() if key not in _UNSEEN}
    kind = forms.kinds().get(str(item.get("kind")))
    if kind is None:
        return _placeholder(name)
    kept["label"] = kept.get("label") or dict(kind.title)
    for option in kind.expressions:
        if isinstance(kept.get(option), str):
            del kept[option]
    if isinstance(kept.get("fields"), list):
        kept["fields"] = [_seen(one, f"r{n}") if isinstance(one, dict) else _placeholder(f"r{n}") for n, one in enumerate(kept["fields"])]
        kept |= {"min": max(1, kept["min"] if isinstance(kept.get("min"), int) else 1)}
    return {**kept, "key": name, **({"noun": kept["label"]} if kind.answered else {})}


def _words(value: Any) -> Any:
    """A text that is there in one language only, in both; a list of such (choices) too."""
    if isinstance(value, list):
        return [{key: _words(one) for key, one in each.items()} if isinstance(each, dict) else each for each in value]
    if not isinstance(value, dict) or not value.keys() <= set(LANGS):
        return value
    found = next((text for text in value.values() if isinstance(text, str) and text.strip()), None)
    return {lang: value.get(lang) or found for lang in LANGS} if found else None


def _placeholder(name: str) -> Json:
    text = {"id": "Pertanyaan ini belum lengkap.", "en": "This question is not complete yet."}
    return {"key": name, "kind": "information", "label": {"id": "…", "en": "…"}, "text": text}


def _form(fields: list[list[Json]], lists: Mapping[str, bytes]) -> Form | tuple[Finding, ...]:
    flat = [each for one in fields for each in one]
    page = {"key": "page", "title": {"id": "…", "en": "…"}, "fields": flat or [_placeholder("q0")]}
    whole = {"format": "loket-form/1", "key": "draft", "title": {"id": "…", "en": "…"}, "pages": [page]}
    try:
        return forms.read(json.dumps(whole).encode(), functions=FUNCTIONS, lists=lists)
    except BadForm as bad:
        owner = [number for number, one in enumerate(fields) for _ in one]
        return tuple(Finding(str(owner[place]), each.code, {}) for each in bad.findings if (place := _number(each.place)) < len(owner))


def _number(place: str) -> int:
    parts = place.split("/")
    return int(parts[4]) if len(parts) > 4 and parts[4].isdigit() else 10**6


def _places(findings: tuple[Finding, ...]) -> set[int]:
    return {int(each.place) for each in findings}

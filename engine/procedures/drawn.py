"""What the steps and ways of a diagram are called that cannot be read as a whole: by the tags of its file alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

Words = dict[str, str]
_NEARBY = 50
_TAGS = re.compile(r"<([A-Za-z0-9_.-]+:)?([A-Za-z]+)(\s[^<>]*\bid=[^<>]*)>")
_ATTRIBUTES = re.compile(r"""\b(id|name|sourceRef|targetRef|attachedToRef)\s*=\s*(["'])(.*?)\2""", re.DOTALL)
_KINDS: Mapping[str, tuple[str, str]] = {
    "parallelGateway": ("pertemuan atau awal cabang", "the meeting or parting of branches"),
    "Gateway": ("pilihan", "the choice"),
    "startEvent": ("awal", "the start"),
    "endEvent": ("akhir", "the end"),
    "Event": ("kejadian", "the event"),
    "Process": ("bagian", "the part"),
    "transaction": ("bagian", "the part"),
    "Task": ("langkah", "the step"),
    "task": ("langkah", "the step"),
    "callActivity": ("langkah", "the step"),
}


@dataclass(frozen=True)
class _Drawing:
    """The tags of one file by id, and by the id of a step the ids of those that its ways lead to and come from."""

    tags: Mapping[str, dict[str, str]]
    on: Mapping[str, list[str]]
    back: Mapping[str, list[str]]


def way(ident: str, data: bytes) -> Words | None:
    """A way by its name and the name of the step it leaves; None when there is no such way."""
    tags = _read(data).tags
    drawn = tags.get(ident, {})
    if not drawn.get("sourceRef"):
        return None
    source = tags.get(drawn["sourceRef"], {}).get("name") or drawn["sourceRef"]
    target = tags.get(drawn.get("targetRef", ""), {}).get("name") or drawn.get("targetRef", "")
    if drawn.get("name"):
        return _both(f"jalan “{drawn['name']}” dari “{source}”", f"the way “{drawn['name']}” out of “{source}”")
    if not target:
        return _both(f"jalan dari “{source}”", f"the way out of “{source}”")
    return _both(f"jalan dari “{source}” ke “{target}”", f"the way from “{source}” to “{target}”")


def step(ident: str, data: bytes) -> Words | None:
    """A step without a name by its nearest neighbour that has one: `the choice after “Verify”`; None when there is none, or it has one."""
    drawing = _read(data)
    drawn = drawing.tags.get(ident, {})
    kind = next((words for end, words in _KINDS.items() if drawn.get("tag", "").endswith(end)), None)
    if kind is None or drawn.get("name"):
        return None
    if host := drawing.tags.get(drawn.get("attachedToRef", ""), {}).get("name"):
        return _both(f"{kind[0]} pada “{host}”", f"{kind[1]} on “{host}”")
    if near := _near(ident, drawing, drawing.back):
        return _both(f"{kind[0]} sesudah “{near}”", f"{kind[1]} after “{near}”")
    if near := _near(ident, drawing, drawing.on):
        return _both(f"{kind[0]} sebelum “{near}”", f"{kind[1]} before “{near}”")
    return None


def _near(ident: str, drawing: _Drawing, ways: Mapping[str, list[str]]) -> str | None:
    """The nearest name along the ways, among the first steps on them."""
    todo, seen = [ident], {ident}
    for at in todo:
        nearby = [each for each in ways.get(at, ()) if each not in seen]
        if name := next((drawing.tags[each]["name"] for each in nearby if drawing.tags.get(each, {}).get("name")), None):
            return name
        seen.update(nearby)
        todo += nearby if len(todo) < _NEARBY else []
    return None


@lru_cache(maxsize=1)  # every finding of a file asks
def _read(data: bytes) -> _Drawing:
    text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", "replace")
    found = [{"tag": tag, **_attributes(rest)} for _, tag, rest in _TAGS.findall(text)]
    on: dict[str, list[str]] = {}
    back: dict[str, list[str]] = {}
    for each in found:
        if each.get("sourceRef") and each.get("targetRef"):
            on.setdefault(each["sourceRef"], []).append(each["targetRef"])
            back.setdefault(each["targetRef"], []).append(each["sourceRef"])
    return _Drawing({each.get("id", ""): each for each in found}, on, back)


def _attributes(tag: str) -> dict[str, str]:
    return {name: " ".join(unescape(value).split()) for name, _, value in _ATTRIBUTES.findall(tag)}


def _both(indonesian: str, english: str) -> Words:
    return {"id": indonesian, "en": english}

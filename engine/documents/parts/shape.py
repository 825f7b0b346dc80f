"""What a tree of parts may look like: judged before anything is written of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from .errors import BadParts
from .tokens import FORMATS, GATES, LITERAL, OPENING, PATH, TOKEN, Node

LINE = frozenset({"text", "field", "gate", "code", "break"})
BLOCKS = frozenset({"paragraph", "heading", "rule", "bullets", "numbers", "table", "frame", "raw"})
INSIDE: Mapping[str, frozenset[str]] = {
    "doc": BLOCKS | {"subject"},
    "frame": BLOCKS,
    "bullets": frozenset({"item"}),
    "numbers": frozenset({"item"}),
    "table": frozenset({"row"}),
    "row": frozenset({"cell"}),
    **dict.fromkeys(("subject", "paragraph", "heading", "item", "cell"), LINE),
}
DEEPEST, MOST, LONGEST = 12, 5000, 100_000
TAGS = frozenset({"if", "unless", "elsif", "else", "for"})
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ue000-\uf8ff]")
_FOR = re.compile(rf"[A-Za-z_]\w* in {PATH}")


def judged(tree: Any) -> Node:
    """A clean copy of a letter's tree. Raises BadParts."""
    count = [0]
    made = _node(tree, 0, count)
    if made["type"] != "doc" or not made.get("content") or made["content"][0]["type"] != "subject":
        raise BadParts("no letter")
    if any(node["type"] == "subject" for node in made["content"][1:]):
        raise BadParts("two subjects")
    return made


def _node(node: Any, depth: int, count: list[int]) -> Node:
    count[0] += 1
    if not isinstance(node, dict) or depth > DEEPEST or count[0] > MOST:
        raise BadParts("too deep, too much, or no part")
    kind = node.get("type")
    if kind == "text":
        return {"type": "text", "text": _UNSEEN.sub("", _string(node.get("text"))), **_marks(node)}
    attrs = node.get("attrs") or {}
    inner = node.get("content") or []
    if not isinstance(kind, str) or kind not in BLOCKS | LINE | INSIDE.keys() or not isinstance(attrs, dict) or not isinstance(inner, list):
        raise BadParts(f"no such part: {kind}")
    made: Node = {"type": kind, "attrs": {**_kept(attrs), **_SHAPES.get(kind, _nothing)(attrs)}, **_marks(node)}
    content = [_node(one, depth + 1, count) for one in inner]
    if any(one["type"] not in INSIDE.get(kind, frozenset()) for one in content):
        raise BadParts(f"what cannot stand in {kind}")
    return {**made, "content": _whole(kind, made["attrs"], content)} if kind in INSIDE else made


def _whole(kind: str, attrs: Mapping[str, Any], content: list[Node]) -> list[Node]:
    if kind != "table":
        return content
    width = len(attrs["align"].split(","))
    if not content or any(len(row["content"]) != width for row in content) or any(row["attrs"]["head"] for row in content[1:]):
        raise BadParts("a table whose rows are not alike")
    return content


def _string(value: Any, most: int = LONGEST) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise BadParts("no text, or one that is too long")
    return value


def _marks(node: Mapping[str, Any]) -> Node:
    marks = node.get("marks") or []
    if not isinstance(marks, list) or not all(isinstance(one, dict) for one in marks):
        raise BadParts("no marks")
    worn = [one.get("type") for one in marks]
    return {"marks": [{"type": mark} for mark in ("strong", "em") if mark in worn]} if worn else {}


def _kept(attrs: Mapping[str, Any]) -> Node:
    """What tells where a part was read from."""
    made: Node = {key: attrs[key] for key in ("src", "open", "close") if isinstance(attrs.get(key), str) and len(attrs[key]) <= LONGEST}
    gap, number = attrs.get("gap"), attrs.get("n")
    made["gap"] = gap if isinstance(gap, str) and not gap.strip() and len(gap) < 100 else ""
    return made | ({"n": number} if isinstance(number, int) and not isinstance(number, bool) else {})


def _matched(value: Any, pattern: str, *, empty: bool = True) -> str:
    text = _string(value if value is not None else "", 2000)
    if (text or not empty) and not re.fullmatch(pattern, text):
        raise BadParts(f"not readable: {text[:40]}")
    return text


def _tag(attrs: Mapping[str, Any], tags: frozenset[str]) -> Node:
    tag = _string(attrs.get("tag") or "", 20)
    text = _matched(attrs.get("text"), r"(?:(?!%\}|\{%|\{\{)[^\n])*").strip()
    if tag not in tags or (tag == "for" and not _FOR.fullmatch(text)):
        raise BadParts("no such tag")
    return {"tag": tag, "text": text}


def _field(attrs: Mapping[str, Any]) -> Node:
    written = _string(attrs.get("format") or "", 20)
    if written not in FORMATS:
        raise BadParts("no such way of writing")
    otherwise = _matched(attrs.get("otherwise"), rf"{LITERAL}|{PATH}")
    if re.search(r"[\n{}]", otherwise):
        raise BadParts("no such value")
    return {"path": _matched(attrs.get("path"), PATH, empty=False), "format": written, "otherwise": otherwise}


def _code(attrs: Mapping[str, Any]) -> Node:
    src = _string(attrs.get("src"), 5000)
    if not TOKEN.fullmatch(src):
        raise BadParts("no code")
    return {"src": src}


def _number(value: Any, least: int, most: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most else least


def _row(attrs: Mapping[str, Any]) -> Node:
    return {"head": attrs.get("head") is True, **_tag(attrs, OPENING | {""})}


def _nothing(_attrs: Mapping[str, Any]) -> Node:
    return {}


_SHAPES: Mapping[str, Callable[[Mapping[str, Any]], Node]] = {
    "heading": lambda attrs: {"level": _number(attrs.get("level"), 1, 3)},
    "numbers": lambda attrs: {"start": _number(attrs.get("start"), 1, 999_999)},
    "table": lambda attrs: {"align": _matched(attrs.get("align"), r"(?:left|center|right)(?:,(?:left|center|right)){0,19}", empty=False)},
    "row": _row,
    "frame": lambda attrs: _tag(attrs, TAGS),
    "gate": lambda attrs: _tag(attrs, GATES),
    "field": _field,
    "code": _code,
    "raw": lambda attrs: {"src": _string(attrs.get("src"))},
}

"""A form as text, laid out as its file is: what was not changed keeps its bytes, so that a change of one word is one line of difference.

The house writes an object on one line when it fits in 130 columns, else packs its members into lines. A file in another layout
(`json.dumps` with any indent, or all on one line) keeps that; a file laid out by hand keeps its text around what was changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

WIDTH = 130
Style = Callable[[Any], str]


def text_of(document: Any, before: bytes | None = None) -> bytes:
    """The document as a file that was `before`; a new one in the layout of the house. Numbers keep the way in which they were written."""
    old = _parsed(before) if before is not None else None
    if before is None or old is None:
        return house(document).encode()
    new = settled(document, old)
    if _same(new, old):
        return before
    text = before.decode("utf-8")
    for style in STYLES:
        if style(old) == text:
            return style(new).encode()
    return Patch(text).apply(new).encode()


def house(value: Any) -> str:
    """The layout of the house."""
    return _laid(value, 0) + "\n"


def _laid(value: Any, indent: int) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or indent + len(flat) <= WIDTH:
        return flat
    pad = " " * (indent + 2)
    lines = list(_lines(value, indent + 2)) if isinstance(value, dict) else [_laid(one, indent + 2) for one in value]
    brackets = "{}" if isinstance(value, dict) else "[]"
    return f"{brackets[0]}\n" + ",\n".join(pad + line for line in lines) + f"\n{' ' * indent}{brackets[1]}"


def _lines(value: dict[str, Any], indent: int) -> Iterator[str]:
    """The members of an object, packed into lines as long as they fit; one that needs several lines begins its own."""
    line = ""
    for key, one in value.items():
        told = f"{json.dumps(key, ensure_ascii=False)}: {_laid(one, indent)}"
        if line and "\n" not in told and indent + len(line) + 2 + len(told) <= WIDTH:
            line += f", {told}"
            continue
        if line:
            yield line
        line = told
        if "\n" in told:
            yield told
            line = ""
    if line:
        yield line


def _dumped(indent: int | str | None, *, ascii_: bool, end: str, tight: bool = False) -> Style:
    marks = (",", ":") if tight else None
    return lambda value: json.dumps(value, indent=indent, ensure_ascii=ascii_, separators=marks) + end


STYLES: tuple[Style, ...] = (
    house,
    *(
        _dumped(indent, ascii_=ascii_, end=end, tight=tight)
        for indent in (2, 4, "\t", None)
        for ascii_ in (False, True)
        for end in ("\n", "")
        for tight in ((False, True) if indent is None else (False,))
    ),
)


def settled(new: Any, old: Any) -> Any:
    """The new document with the old one's numbers where they are equal: a browser writes 2.0 as 2."""
    if isinstance(new, dict) and isinstance(old, dict):
        return {key: settled(one, old.get(key)) for key, one in new.items()}
    if isinstance(new, list) and isinstance(old, list):
        return [settled(one, old[number] if number < len(old) else None) for number, one in enumerate(new)]
    plain = isinstance(new, int | float) and not isinstance(new, bool) and isinstance(old, int | float) and not isinstance(old, bool)
    return old if plain and new == old else new


def _same(new: Any, old: Any) -> bool:
    return json.dumps(new) == json.dumps(old)


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


@dataclass
class Node:
    """A value where it stands in the text."""

    value: Any
    start: int
    end: int
    inner: tuple[Node, ...] = ()
    keys: tuple[str, ...] = ()


class Patch:
    """A text laid out by hand, in which only what changed is written anew."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = self._read(self._skip(0))

    def apply(self, new: Any) -> str:
        """The text with the new value."""
        return self.text[: self.root.start] + self._written(self.root, new) + self.text[self.root.end :]

    def _written(self, node: Node, new: Any) -> str:
        if _same(node.value, new):
            return self.text[node.start : node.end]
        alike = isinstance(new, dict) and isinstance(node.value, dict) and tuple(new) == node.keys
        if alike or (isinstance(new, list) and isinstance(node.value, list) and len(new) == len(node.value)):
            return self._around(node, list(new.values()) if isinstance(new, dict) else new)
        if isinstance(new, list) and isinstance(node.value, list) and new and node.inner:
            return self._longer(node, new)
        column = node.start - (self.text.rfind("\n", 0, node.start) + 1)
        line = self.text[node.start - column : node.start]
        return _laid(new, len(line) - len(line.lstrip()))

    def _around(self, node: Node, new: list[Any]) -> str:
        made, here = [], node.start
        for inner, one in zip(node.inner, new, strict=True):
            made += [self.text[here : inner.start], self._written(inner, one)]
            here = inner.end
        return "".join(made) + self.text[here : node.end]

    def _longer(self, node: Node, new: list[Any]) -> str:
        """A list with members put in or taken out: those that stay keep their text, others stand as the first one does."""
        first, last = node.inner[0], node.inner[-1]
        lead, tail = self.text[node.start : first.start], self.text[last.end : node.end]
        between = self.text[first.end : node.inner[1].start] if len(node.inner) > 1 else "," + (lead[1:] or " ")
        indent = len(lead) - lead.rfind("\n") - 1 if "\n" in lead else 0
        left = {json.dumps(each.value): self.text[each.start : each.end] for each in node.inner}
        return lead + between.join(left.get(json.dumps(one)) or _laid(one, indent) for one in new) + tail

    def _skip(self, at: int) -> int:
        while at < len(self.text) and self.text[at] in " \t\r\n,:":
            at += 1
        return at

    def _read(self, at: int) -> Node:
        mark = self.text[at]
        if mark in "{[":
            return self._nested(at, "}" if mark == "{" else "]")
        value, end = json.JSONDecoder().raw_decode(self.text, at) if mark == '"' else self._word(at)
        return Node(value, at, end)

    def _word(self, at: int) -> tuple[Any, int]:
        found = re.compile(r"[^\s,\]}]+").match(self.text, at)
        assert found is not None
        return json.loads(found[0]), found.end()

    def _nested(self, start: int, closing: str) -> Node:
        inner: list[Node] = []
        keys: list[str] = []
        at = self._skip(start + 1)
        while self.text[at] != closing:
            if closing == "}":
                key, at = json.JSONDecoder().raw_decode(self.text, at)
                keys.append(key)
                at = self._skip(at)
            inner.append(self._read(at))
            at = self._skip(inner[-1].end)
        values = [each.value for each in inner]
        value: Any = dict(zip(keys, values, strict=True)) if closing == "}" else values
        return Node(value, start, at + 1, tuple(inner), tuple(keys))

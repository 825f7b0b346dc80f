"""What a FEEL text of a bundle reads, and what it takes care of itself when it is not there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import rules

from .names import FUNCTIONS

_CARES = frozenset({"is defined", "get or else"})
_RECKONS = frozenset({"+", "-", "*", "/", "**", "neg", "<", "<=", ">", ">=", "between"})
_CYCLE = re.compile(r"R\d*/")


@dataclass(frozen=True)
class Read:
    """The dotted paths a text reads, and the names (first parts) of which it says itself what holds when they are null.

    `reckoned`: paths that it reckons with or compares by size, without saying what holds when just these are null.
    """

    paths: frozenset[str]
    guarded: frozenset[str]
    reckoned: frozenset[str] = frozenset()

    @property
    def open(self) -> dict[str, str]:
        """The names it relies on, each with the first path that is read of it."""
        found: dict[str, str] = {}
        for path in sorted(self.paths):
            found.setdefault(path.partition(".")[0], path)
        return {name: path for name, path in found.items() if name not in self.guarded}


@lru_cache(maxsize=4096)
def read(text: str) -> Read | None:
    """What a text reads; None for one that cannot be read."""
    try:
        found = rules.compile(text, names=FUNCTIONS)
    except rules.RuleError:
        return None
    guarded: list[Any] = []
    reckoned: set[str] = set()
    _look(found.ast["e"], guarded, reckoned)
    cared = {_path(each) for each in guarded}
    return Read(frozenset(found.fields), frozenset(map(_root, guarded)), frozenset(reckoned - cared - {""}))


def _look(node: Any, guarded: list[Any], reckoned: set[str]) -> None:
    if not isinstance(node, list) or not node:
        return
    if node[0] in ("=", "!=") and ["null"] in node[1:]:
        guarded += node[1:]
    if node[0] in ("call", "named") and isinstance(node[1], list) and node[1][:1] == ["var"] and node[1][1] in _CARES:
        arguments = node[2] if node[0] == "call" else [value for _, value in node[2]]
        guarded += arguments[:1]
    if isinstance(node[0], str) and node[0] in _RECKONS:
        reckoned.update(map(_path, node[1:]))
    for part in node:
        _look(part, guarded, reckoned)


def _root(node: Any) -> str:
    while isinstance(node, list) and node and node[0] in (".", "[]"):
        node = node[1]
    return str(node[1]) if isinstance(node, list) and node[:1] == ["var"] else ""


def _path(node: Any) -> str:
    """`application.area` of such a node; empty for any other."""
    members: list[str] = []
    while isinstance(node, list) and node[:1] == ["."]:
        members.insert(0, str(node[2]))
        node = node[1]
    return ".".join([str(node[1]), *members]) if isinstance(node, list) and node[:1] == ["var"] else ""


@lru_cache(maxsize=4096)
def called_in(text: str) -> frozenset[str]:
    """The functions that a text calls by name; none for a text that cannot be read."""
    try:
        tree = rules.compile(text, names=FUNCTIONS).ast["e"]
    except rules.RuleError:
        return frozenset()
    found, todo = set[str](), [tree]
    while todo:
        node = todo.pop()
        if node[:1] in (["call"], ["named"]) and isinstance(node[1], list) and node[1][:1] == ["var"]:
            found.add(str(node[1][1]))
        todo += [part for part in node if isinstance(part, list)]
    return frozenset(found)


def feel(text: str | None) -> str | None:
    """The FEEL of a field that begins with `=`, or None."""
    text = (text or "").strip()
    return text.removeprefix("=").strip() if text.startswith("=") else None


def feel_of_time(text: str) -> str | None:
    """The FEEL of a timer, also of one that rings again (`R3/= working days(5)`), or None."""
    return feel(_CYCLE.sub("", text.strip(), count=1))

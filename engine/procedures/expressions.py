"""What a FEEL text of a bundle reads, and what it takes care of itself when it is not there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import rules

from .names import FUNCTIONS

_CARES = frozenset({"is defined", "get or else"})


@dataclass(frozen=True)
class Read:
    """The dotted paths a text reads, and the names (first parts) of which it says itself what holds when they are null."""

    paths: frozenset[str]
    guarded: frozenset[str]

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
    guarded: set[str] = set()
    _look(found.ast["e"], guarded)
    return Read(frozenset(found.fields), frozenset(guarded))


def _look(node: Any, guarded: set[str]) -> None:
    if not isinstance(node, list) or not node:
        return
    if node[0] in ("=", "!=") and ["null"] in node[1:]:
        guarded.update(_root(part) for part in node[1:])
    if node[0] in ("call", "named") and isinstance(node[1], list) and node[1][:1] == ["var"] and node[1][1] in _CARES:
        arguments = node[2] if node[0] == "call" else [value for _, value in node[2]]
        guarded.update(_root(part) for part in arguments[:1])
    for part in node[1:]:
        _look(part, guarded)


def _root(node: Any) -> str:
    while isinstance(node, list) and node and node[0] in (".", "[]"):
        node = node[1]
    return str(node[1]) if isinstance(node, list) and node[:1] == ["var"] else ""


def feel(text: str | None) -> str | None:
    """The FEEL of a field that begins with `=`, or None."""
    text = (text or "").strip()
    return text.removeprefix("=").strip() if text.startswith("=") else None

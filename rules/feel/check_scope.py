"""What the checker of expressions keeps in mind: ranges with the type of their bounds, scopes that are not wholly known."""

from __future__ import annotations

from rules.feel import kinship as k
from rules.feel.ast import Node
from rules.feel.signature import BUILTINS


class RangeOf(str):
    """The type "range", remembering the type of its bounds."""

    bound: k.Type

    def __new__(cls, bound: k.Type) -> RangeOf:
        made = super().__new__(cls, "range")
        made.bound = bound
        return made


class OpenScope(dict[str, k.Type]):
    """A scope that may hold more names than are known: the members of an item nothing is known about."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> k.Type:
        return "function" if name in BUILTINS else "any"


def dotted(node: Node) -> str:
    """The path a node was written as, "" when it is more than a path."""
    if node[0] == "var":
        return str(node[1])
    inner = dotted(node[1]) if node[0] == "." else ""
    return f"{inner}.{node[2]}" if inner else ""

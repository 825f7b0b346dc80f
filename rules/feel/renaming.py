"""Other names for what an expression reads: a form that was taken over from elsewhere, a question that got another key."""

from __future__ import annotations

from collections.abc import Callable

from rules.feel.ast import LOOPS, Node

Other = Callable[[tuple[str, ...]], Node | None]
"""Given the parts of a path ("address", "street"), the tree that stands in its place; None leaves it as it is."""


def renamed(node: Node, other: Other) -> Node:
    """The tree with other paths; the longest part of a path that `other` knows counts. Names bound inside (`for x in …`, the members in
    a filter) are left alone."""
    return _renamed(node, other, frozenset())


def _renamed(node: Node, other: Other, bound: frozenset[str]) -> Node:
    op = node[0]
    if op in ("var", "."):
        return _path(node, other, bound)
    if op == "[]":
        return [op, _renamed(node[1], other, bound), _renamed(node[2], lambda path: None, bound)]
    if op in ("call", "named"):
        head = node[1] if node[1][0] == "var" else _renamed(node[1], other, bound)
        given = [_renamed(one, other, bound) for one in node[2]] if op == "call" else [[k, _renamed(v, other, bound)] for k, v in node[2]]
        return [op, head, given]
    if op in LOOPS:
        return _loop(node, other, bound)
    if op == "fn":
        return [op, node[1], _renamed(node[2], other, bound | {name for name, _ in node[1]})]
    if op == "ctx":
        return _context(node, other, bound)
    if op in ("in", "cell"):
        tests = [[kind, _renamed(one, other, bound)] for kind, one in node[2]]
        return [op, _renamed(node[1], other, bound) if op == "in" else node[1], tests]
    return [_inside(part, other, bound) for part in node]


def _inside(part: object, other: Other, bound: frozenset[str]) -> object:
    """A part of a node whose operands are plain nodes, or a list of them."""
    if isinstance(part, list) and part and isinstance(part[0], str):
        return _renamed(part, other, bound)
    if isinstance(part, list):
        return [_renamed(one, other, bound) for one in part]
    return part


def _path(node: Node, other: Other, bound: frozenset[str]) -> Node:
    parts, root = [], node
    while root[0] == ".":
        parts.append(root[2])
        root = root[1]
    if root[0] != "var":
        return [node[0], _renamed(node[1], other, bound), node[2]]
    path = (root[1], *reversed(parts))
    if root[1] in bound:
        return node
    for length in range(len(path), 0, -1):
        found = other(path[:length])
        if found is not None:
            for name in path[length:]:
                found = [".", found, name]
            return found
    return node


def _loop(node: Node, other: Other, bound: frozenset[str]) -> Node:
    turns = []
    for name, low, high in node[1]:
        turns.append([name, _renamed(low, other, bound), _renamed(high, other, bound) if high else None])
        bound = bound | {name}
    return [node[0], turns, _renamed(node[2], other, bound | {"partial"})]


def _context(node: Node, other: Other, bound: frozenset[str]) -> Node:
    entries = []
    for key, value in node[1]:
        entries.append([key, _renamed(value, other, bound)])
        bound = bound | {key}
    return [node[0], entries]

"""The syntax tree: plain JSON lists `[op, …]`, so that it can be stored, sent to a browser and read by other tools.

["num", "1.5"] ["str", s] ["true"] ["false"] ["null"] ["at", iso] ["?"] ["var", name]
["if", c, a, b] ["or"|"and", a, b] ["neg", a] ["+"|"-"|"*"|"/"|"**", a, b] ["="|"!="|"<"|"<="|">"|">=", a, b]
["between", x, low, high] ["in", x, [test, …]] ["is", x, type]; a test is [comparison, e] or ["e", e]
[".", x, name] ["[]", x, condition] ["list", [e, …]] ["ctx", [[key, e], …]]
["range", low in?, low, high, high in?] ["urange", comparison, e]
["call", f, [e, …]] ["named", f, [[name, e], …]] ["fn", [[name, type or null], …], body]
["for"|"some"|"every", [[name, from, to or null], …], body] ["cell", negated?, [test, …]]
a type is ["T", name] ["list"|"range", type] ["context", [[name, type], …]] ["function", number of parameters]"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

Node: TypeAlias = list[Any]
VERSION = 1
LOOPS = ("for", "some", "every")
_TWO = ("or", "and", "+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "if", "between", "neg")


def children(node: Node) -> list[Node]:
    """The expressions directly inside an expression."""
    op = node[0]
    if op in _TWO:
        return list(node[1:])
    if op in ("in", "cell"):
        tested = [node[1]] if op == "in" else []
        return tested + [test[1] for test in node[2]]
    if op in (".", "is"):
        return [node[1]]
    if op == "[]":
        return [node[1], node[2]]
    if op == "range":
        return [node[2], node[3]]
    return _inner(node)


def _inner(node: Node) -> list[Node]:
    op = node[0]
    if op in ("urange", "fn"):
        return [node[2]]
    if op == "list":
        return list(node[1])
    if op == "ctx":
        return [entry for _, entry in node[1]]
    if op == "call":
        return [node[1], *node[2]]
    if op == "named":
        return [node[1], *(value for _, value in node[2])]
    if op in LOOPS:
        return [part for _, low, high in node[1] for part in (low, high) if part] + [node[2]]
    return []


def walk(node: Node) -> Iterator[Node]:
    """The expression and all within it."""
    todo = [node]
    while todo:
        one = todo.pop()
        yield one
        todo.extend(children(one))


def deeper_than(node: Node, depth: int) -> bool:
    """Whether the tree has more levels than this. Without recursion: it guards what recurses."""
    level = [node]
    for _ in range(depth):
        level = [child for one in level for child in children(one)]
        if not level:
            return False
    return True


def weight(node: Node) -> int:
    """The work of running a body once, in steps."""
    return 1 + sum(1 for _ in walk(node)) // 8


def mentions(node: Node, wanted: Node) -> bool:
    """Whether this exact expression stands anywhere within."""
    return any(one == wanted for one in walk(node))

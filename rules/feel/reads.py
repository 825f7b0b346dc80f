"""What an expression reads: for showing and hiding questions, and for finding what a decision needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rules.feel.ast import LOOPS, Node, children
from rules.feel.signature import BUILTINS

# A local name stands for the path it goes through (`for p in application.points`), or for nothing outside (None).
Locals = Mapping[str, str | None]


def fields_of(node: Node) -> frozenset[str]:
    """The dotted paths an expression reads. In a filter a name may be a member of the item or a name outside: both are given."""
    return frozenset(_reads(node, {}, None))


def path_of(node: Node, known: Locals) -> str | None:
    """The dotted path a node stands for, if it is one."""
    if node[0] == "var":
        return known[node[1]] if node[1] in known else node[1]
    if node[0] == ".":
        inner = path_of(node[1], known)
        return f"{inner}.{node[2]}" if inner else None
    return path_of(node[1], known) if node[0] == "[]" else None


def _reads(node: Node, known: Locals, item: str | None) -> Iterator[str]:
    op = node[0]
    if op == "var":
        yield from _variable(node[1], known, item)
    elif op == ".":
        yield from _member(node, known, item)
    elif op == "[]":
        yield from _reads(node[1], known, item)
        path = path_of(node[1], known)
        yield from _reads(node[2], {**known, "item": path}, path or "")
    elif op in LOOPS:
        yield from _loop(node, known, item)
    elif op == "fn":
        yield from _reads(node[2], {**known, **{name: None for name, _ in node[1]}}, item)
    elif op == "ctx":
        yield from _context(node, known, item)
    else:
        for child in _called(node):
            yield from _reads(child, known, item)


def _called(node: Node) -> list[Node]:
    """The children; the name of a function that is called is not something read."""
    parts = children(node)
    return parts[1:] if node[0] in ("call", "named") and node[1][0] == "var" else parts


def _variable(name: str, known: Locals, item: str | None) -> Iterator[str]:
    if name in known:
        path = known[name]
        if path:
            yield path
        return
    if item:
        yield f"{item}.{name}"
    if name not in BUILTINS:
        yield name


def _member(node: Node, known: Locals, item: str | None) -> Iterator[str]:
    path = path_of(node, known)
    inner = node[1]
    while inner[0] == ".":
        inner = inner[1]
    if path and inner[0] == "var":
        yield path
        if item and inner[1] not in known:
            yield f"{item}.{path}"
        return
    if path:
        yield path
    yield from _reads(node[1], known, item)


def _loop(node: Node, known: Locals, item: str | None) -> Iterator[str]:
    inner: dict[str, str | None] = dict(known)
    for name, low, high in node[1]:
        yield from _reads(low, inner, item)
        if high:
            yield from _reads(high, inner, item)
        inner[name] = None if high else path_of(low, inner)
    inner["partial"] = None
    yield from _reads(node[2], inner, item)


def _context(node: Node, known: Locals, item: str | None) -> Iterator[str]:
    inner: dict[str, str | None] = dict(known)
    for key, value in node[1]:
        yield from _reads(value, inner, item)
        inner[key] = path_of(value, inner)

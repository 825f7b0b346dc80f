"""From the syntax tree back to text: what reads a tree, changes it (renames, turns round) and hands it on as FEEL. Reading the text
again gives the same tree."""

from __future__ import annotations

from collections.abc import Callable

from rules.feel.ast import LOOPS, Node
from rules.feel.printing import quoted
from rules.feel.text import is_identifier

_LEVELS = {"or": 1, "and": 2, "+": 4, "-": 4, "*": 5, "/": 5, "**": 6}
_COMPARED = ("=", "!=", "<", "<=", ">", ">=")
_LEVELS |= dict.fromkeys((*_COMPARED, "between", "in", "is"), 3)
_WIDE = ("if", "fn", *LOOPS)  # reach as far to the right as they can: always in brackets inside another
_OPERAND = 8


def text_of_tree(node: Node) -> str:
    """The FEEL text of a tree (`Expression.ast["e"]`). Raises ValueError for a tree that no text gives."""
    return _write(node, 0)


def _write(node: Node, level: int) -> str:
    """The text; in brackets when it binds looser than `level` asks."""
    op = node[0]
    if op in _WIDE:
        return f"({_WRITERS[op](node)})" if level else _WRITERS[op](node)
    own = _LEVELS.get(op, 7 if op == "neg" or (op == "num" and node[1].startswith("-")) else _OPERAND)
    text = _WRITERS[op](node) if op in _WRITERS else _other(node)
    return f"({text})" if own < level else text


def _other(node: Node) -> str:
    op = node[0]
    if op in _LEVELS:
        own = _LEVELS[op]
        return f"{_write(node[1], own)} {op} {_write(node[2], own + 1)}"
    if op in ("true", "false", "null", "?"):
        return str(op)
    raise ValueError(f"there is no text for {op!r}")


def _all(nodes: list[Node]) -> str:
    return ", ".join(_write(one, 0) for one in nodes)


def _test(test: Node, level: int = 0) -> str:
    return _write(test[1], level) if test[0] == "e" else f"{test[0]} {_write(test[1], 4)}"


def _in(node: Node) -> str:
    tests = node[2]
    if len(tests) == 1 and (tests[0][0] != "e" or tests[0][1][0] in ("list", "range", "urange", "var", ".")):
        return f"{_write(node[1], 4)} in {_test(tests[0], 4)}"
    return f"{_write(node[1], 4)} in ({', '.join(map(_test, tests))})"


def _type(kind: Node) -> str:
    if kind[0] in ("list", "range"):
        return f"{kind[0]}<{_type(kind[1])}>"
    if kind[0] == "context":
        return "context<" + ", ".join(f"{name}: {_type(inner)}" for name, inner in kind[1]) + ">"
    if kind[0] == "T":
        return str(kind[1])
    raise ValueError("a type of functions is not written")


def _turns(node: Node) -> str:
    word = "return" if node[0] == "for" else "satisfies"
    turns = (f"{name} in {_write(low, 4)}" + (f"..{_write(high, 4)}" if high else "") for name, low, high in node[1])
    return f"{node[0]} {', '.join(turns)} {word} {_write(node[2], 0)}"


def _function(node: Node) -> str:
    names = ", ".join(name if kind is None else f"{name}: {_type(kind)}" for name, kind in node[1])
    return f"function({names}) {_write(node[2], 0)}"


def _entry(key: str, value: Node) -> str:
    return f"{key if is_identifier(key) else quoted(key)}: {_write(value, 0)}"


_WRITERS: dict[str, Callable[[Node], str]] = {
    "num": lambda node: str(node[1]),
    "str": lambda node: quoted(node[1]),
    "at": lambda node: f"@{quoted(node[1])}",
    "var": lambda node: str(node[1]),
    "if": lambda node: f"if {_write(node[1], 0)} then {_write(node[2], 0)} else {_write(node[3], 0)}",
    "neg": lambda node: f"-{_write(node[1], _OPERAND)}",
    "between": lambda node: f"{_write(node[1], 4)} between {_write(node[2], 4)} and {_write(node[3], 4)}",
    "in": _in,
    "is": lambda node: f"{_write(node[1], 4)} instance of {_type(node[2])}",
    ".": lambda node: f"{_write(node[1], _OPERAND)}.{node[2]}",
    "[]": lambda node: f"{_write(node[1], _OPERAND)}[{_write(node[2], 0)}]",
    "list": lambda node: f"[{_all(node[1])}]",
    "ctx": lambda node: "{" + ", ".join(_entry(key, value) for key, value in node[1]) + "}",
    "range": lambda node: f"{'[' if node[1] else '('}{_write(node[2], 4)}..{_write(node[3], 4)}{']' if node[4] else ')'}",
    "urange": lambda node: f"({node[1]} {_write(node[2], 4)})",
    "call": lambda node: f"{_write(node[1], _OPERAND)}({_all(node[2])})",
    "named": lambda node: f"{_write(node[1], _OPERAND)}({', '.join(f'{name}: {_write(value, 0)}' for name, value in node[2])})",
    "fn": _function,
    **dict.fromkeys(LOOPS, _turns),
}

"""What stands behind `if` in a JSON Schema, as a condition in FEEL, where it is simple enough to be one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from forms.importing.conditions import NULL, joined, opposite
from forms.importing.tree import Path, Tree

_LIMITS = {"minimum": ">=", "exclusiveMinimum": ">", "maximum": "<=", "exclusiveMaximum": "<"}
_SILENT = ("type", "title", "description", "$comment")
DEEPEST = 6


def tree_of(path: Path) -> Tree:
    """The tree of an answer in the names of the file."""
    made: Tree = ["var", path[0]]
    for part in path[1:]:
        made = [".", made, part]
    return made


def literal_tree(value: Any) -> Tree | None:
    """A JSON value as a literal; None for what has none."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, str):
        return ["str", value]
    if isinstance(value, int | float) and abs(value) < 1e17:
        return ["num", format(Decimal(str(value)), "f")]
    return None


def condition_of(schema: Any, path: Path = (), depth: int = 0) -> Tree | None:
    """When data satisfy the schema; None when that is not simple. A member that is tested counts as needed, as most people mean it."""
    if not isinstance(schema, Mapping) or depth > DEEPEST or not schema:
        return None
    tests: list[Tree | None] = []
    for key, value in schema.items():
        if key == "properties" and isinstance(value, Mapping):
            tests += [condition_of(inner, (*path, str(name)), depth + 1) for name, inner in value.items()]
        elif key == "required" and isinstance(value, list):
            tested = schema.get("properties")
            tests += [["!=", tree_of((*path, str(name))), NULL] for name in value if not (isinstance(tested, Mapping) and name in tested)]
        elif key in ("allOf", "anyOf", "oneOf") and isinstance(value, list) and 0 < len(value) <= 20:
            inner = [condition_of(one, path, depth + 1) for one in value]
            known = [one for one in inner if one is not None]
            tests.append(joined(known, "and" if key == "allOf" else "or") if len(known) == len(inner) else None)
        elif key == "not":
            inner_tree = condition_of(value, path, depth + 1)
            tests.append(opposite(inner_tree) if inner_tree is not None else None)
        elif key not in _SILENT:
            tests.append(_about(key, value, path))
    if not tests and path and schema.get("type"):
        return ["!=", tree_of(path), NULL]
    known = [one for one in tests if one is not None]
    return joined(known) if known and len(known) == len(tests) else None


def _about(key: str, value: Any, path: Path) -> Tree | None:
    """A test of one answer."""
    if not path:
        return None
    answer = tree_of(path)
    if key == "const" and (found := literal_tree(value)) is not None:
        return ["=", answer, found]
    if key == "enum" and isinstance(value, list) and 0 < len(value) <= 100:
        literals = [literal_tree(one) for one in value]
        if any(one is None for one in literals):
            return None
        return ["=", answer, literals[0]] if len(literals) == 1 else ["in", answer, [["e", ["list", literals]]]]
    if key in _LIMITS and not isinstance(value, bool) and (found := literal_tree(value)) is not None and found[0] == "num":
        return [_LIMITS[key], answer, found]
    if key in ("minLength", "minItems") and value == 1:
        return ["!=", answer, NULL]
    if key == "contains" and isinstance(value, Mapping) and set(value) == {"const"} and (found := literal_tree(value["const"])) is not None:
        return ["call", ["var", "list contains"], [answer, found]]
    return None

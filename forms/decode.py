"""From the names a browser sends to plain nested values, within bounds that no honest page reaches."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from forms.errors import FieldError, Invalid
from forms.files import Upload

MOST_NAMES = 3_000
MOST_PARTS = 5
MOST_ROWS = 200
LONGEST_NAME = 200
LONGEST_TEXT = 100_000
MOST_NODES = 10_000
DEEPEST = 7

_PART = re.compile(r"[a-z][a-z0-9_]{0,59}|[0-9]{1,3}")
_OURS = "csrf_token"


def decode(pairs: Iterable[tuple[str, str]], uploads: Iterable[tuple[str, Upload]] = ()) -> dict[str, Any]:
    """Nested values from dotted names: `points.0.road_class` -> {"points": [{"road_class": …}]}; a repeated name gives a list.

    Names that begin with `_` (buttons) and `csrf_token` are the page's own and left out; so are file boxes left empty.
    Raises `Invalid` with code `name` for what cannot be a name, `size` beyond the bounds.
    """
    tree: dict[str, Any] = {}
    sent: list[tuple[str, str | Upload]] = [*pairs, *((name, file) for name, file in uploads if file.name or file.content)]
    if len(sent) > MOST_NAMES:
        raise refused("size")
    for name, value in sent:
        if not (name.startswith("_") or name == _OURS):
            _put(tree, name, value)
    rows = {key: _listed(value, key) for key, value in tree.items()}
    bound(rows)
    return rows


def refused(code: str, path: str = "", **facts: object) -> Invalid:
    """The error for a body that is no form's answer at all."""
    return Invalid((FieldError(path, code, facts),), {})


def _put(tree: dict[str, Any], name: str, value: str | Upload) -> None:
    parts = name.split(".") if len(name) <= LONGEST_NAME else []
    if not 0 < len(parts) <= MOST_PARTS or not all(_PART.fullmatch(part) for part in parts) or parts[0].isdigit():
        raise refused("name", name=_shown(name))
    for part in parts[:-1]:
        tree = tree.setdefault(part, {})
        if not isinstance(tree, dict):
            raise refused("name", name=_shown(name))
    last = parts[-1]
    if isinstance(tree.get(last), dict):
        raise refused("name", name=_shown(name))
    tree[last] = value if last not in tree else [*_as_list(tree[last]), value]


def _shown(name: str) -> str:
    return ascii(name[:40])[1:-1]


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _listed(value: Any, path: str) -> Any:
    """Dicts whose keys are all row numbers become lists; a gap in the numbers closes."""
    if not isinstance(value, dict):
        return value
    inner = {key: _listed(one, f"{path}.{key}") for key, one in value.items()}
    numbered = [key.isdigit() for key in inner]
    if not any(numbered):
        return inner
    if not all(numbered):
        raise refused("name", name=_shown(path))
    if len(inner) > MOST_ROWS:
        raise refused("size", path)
    return [inner[key] for key in sorted(inner, key=int)]


def bound(raw: object) -> dict[str, Any]:
    """The same values when they are a dict of plain values within the bounds; raises `Invalid` otherwise.

    Machines hand nested values in directly, so nothing is assumed: depth, number, length, kinds of leaves and lone surrogates are checked.
    """
    if not isinstance(raw, dict):
        raise refused("size" if isinstance(raw, list) else "name", name=type(raw).__name__)
    seen = 0
    todo: list[tuple[Any, int, str]] = [(raw, 0, "")]
    while todo:
        node, depth, path = todo.pop()
        seen += 1
        if depth > DEEPEST or seen > MOST_NODES:
            raise refused("size", path.split(".")[0])
        if isinstance(node, dict):
            todo.extend((one, depth + 1, f"{path}.{_key(key)}".lstrip(".")) for key, one in node.items())
        elif isinstance(node, list):
            todo.extend((one, depth + 1, path) for one in node)
        else:
            _leaf(node, path)
    return raw


def _key(key: object) -> str:
    if not isinstance(key, str) or not 0 < len(key) <= LONGEST_NAME or not _clean(key):
        raise refused("name", name=_shown(key) if isinstance(key, str) else "…")
    return key


def _leaf(node: Any, path: str) -> None:
    if isinstance(node, str):
        if len(node) > LONGEST_TEXT:
            raise refused("size", path.split(".", maxsplit=1)[0])
        if not _clean(node):
            raise refused("name", name=_shown(path))
    elif isinstance(node, int):
        if node.bit_length() > 128:
            raise refused("size", path.split(".", maxsplit=1)[0])
    elif isinstance(node, float):
        if node != node or abs(node) > 1e18:
            raise refused("size", path.split(".", maxsplit=1)[0])
    elif not (node is None or isinstance(node, Upload | Decimal | date)):
        raise refused("name", name=_shown(path))


def _clean(text: str) -> bool:
    """No lone surrogates (they cannot be stored) and no NUL (PostgreSQL refuses it)."""
    try:
        return b"\x00" not in text.encode()
    except UnicodeEncodeError:
        return False

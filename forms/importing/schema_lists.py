"""Lists in a JSON Schema: how many things, whether they are files, and lists of choices that stand in several places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from forms.importing.schema_kinds import choices_of


def is_file(items: Mapping[str, Any]) -> bool:
    """Whether the things in the list are files."""
    return (
        items.get("format") in ("binary", "data-url", "byte", "base64", "file") or "contentEncoding" in items or "contentMediaType" in items
    )


def fit(limits: Mapping[str, int], most: int) -> dict[str, int]:
    """The limits that a list of so many things can have."""
    least, top = min(limits.get("min", 0), most), max(1, min(limits.get("max", most), most))
    return {**({"min": least} if 0 < least <= top else {}), **({"max": top} if "max" in limits and top >= least else {})}


def one_list(shapes: list[Any], followed: Callable[[Any], tuple[Any, object]]) -> list[Any]:
    """The shapes; where all of them are lists of choices, some by a reference, the choices of all."""
    if not any(isinstance(one, Mapping) and "$ref" in one for one in shapes) or len(shapes) > 50:
        return shapes
    found = [choices_of(one) if isinstance(one, Mapping) else None for one, _ in map(followed, shapes)]
    if any(one is None for one in found):
        return shapes
    return [{"title": inner.get("title", str(value)), "const": value} for one in found for value, inner in one or []]

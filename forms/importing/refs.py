"""Schemas that refer to one another: followed inside the file, put together where `allOf` says so, cut where they contain themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from forms.importing.notes import Notes

MOST_STEPS = 5000
TOGETHER = ("properties", "$defs", "definitions", "dependentRequired", "dependentSchemas", "dependencies")
LEAST = {"maximum": min, "maxLength": min, "maxItems": min, "minimum": max, "minLength": max, "minItems": max}
Schema = Mapping[str, Any]


class Pointed:
    """The schemas of a file by what refers to them."""

    def __init__(self, document: Any, notes: Notes) -> None:
        self.document, self.notes = document, notes
        self.left = MOST_STEPS
        self.far: list[str] = []  # the references that lead out of the file
        self.anchors = dict(_anchors(document))

    def plain(self, schema: Any, place: str, name: str, trail: frozenset[str]) -> tuple[Any, frozenset[str]]:
        """The schema with `$ref` followed and `allOf` put together, and the references on the way to it.

        True and {} mean anything, False nothing. None: cut, because it contains itself.
        """
        self.left -= 1
        if self.left < 0 or not isinstance(schema, Mapping):
            return (schema if self.left >= 0 else None), trail
        ref = schema.get("$ref", schema.get("$dynamicRef", schema.get("$recursiveRef")))
        if isinstance(ref, str):
            return self._followed(schema, ref, place, name, trail)
        parts = schema.get("allOf")
        if not isinstance(parts, list):
            return schema, trail
        whole: Any = {key: value for key, value in schema.items() if key != "allOf"}
        rest = []
        for part in parts[:100]:
            found, trail = self.plain(part, place, name, trail)
            if isinstance(found, Mapping) and any(key in found and key in whole for key in ("if", "oneOf")):
                rest.append(found)
            elif isinstance(found, Mapping):
                whole = self.merged(whole, found, place, name)
            elif found is False:
                return False, trail
        return ({**whole, "allOf": rest} if rest else whole), trail

    def _followed(self, schema: Schema, ref: str, place: str, name: str, trail: frozenset[str]) -> tuple[Any, frozenset[str]]:
        if ref in trail:
            self.notes.dropped(place, name, "ref_round", ref=ref)
            return None, trail
        found = self.target(ref)
        beside = {key: value for key, value in schema.items() if key not in ("$ref", "$dynamicRef", "$recursiveRef")}
        if found is None:
            self.far.append(ref)
            self.notes.changed(place, name, "ref_missing" if ref.startswith("#") else "ref_far", ref=ref)
            return {"type": "string", **beside}, trail
        whole, trail = self.plain(found, place, name, trail | {ref})
        if isinstance(whole, Mapping) and beside:
            more, trail = self.plain(beside, place, name, trail)
            return (self.merged(more, whole, place, name) if isinstance(more, Mapping) else whole), trail
        return whole, trail

    def target(self, ref: str) -> Any:
        """What a reference inside the file points to; None for nothing."""
        if ref in self.anchors:
            return self.anchors[ref]
        where, _, pointer = ref.partition("#")
        node = self.anchors.get(where) if where else self.document
        if node is None or (pointer and not pointer.startswith("/")):
            return self.anchors.get(f"#{pointer}") if not where else None
        for step in unquote(pointer).split("/")[1:]:
            step = step.replace("~1", "/").replace("~0", "~")
            if isinstance(node, Mapping) and step in node:
                node = node[step]
            elif isinstance(node, list) and step.isascii() and step.isdigit() and len(step) < 7 and int(step) < len(node):
                node = node[int(step)]
            else:
                return None
        return node if isinstance(node, Mapping | bool) else None

    def merged(self, first: Schema, second: Schema, place: str, name: str) -> dict[str, Any]:
        """Both at once: members together, limits the narrower; where they contradict the first counts."""
        made = dict(first)
        for key, value in second.items():
            mine = made.get(key)
            if key not in made or mine == value:
                made[key] = value
            elif key in TOGETHER and isinstance(mine, Mapping) and isinstance(value, Mapping):
                made[key] = {**mine, **{k: ({"allOf": [mine[k], v]} if k in mine else v) for k, v in value.items()}}
            elif key == "required" and isinstance(mine, list) and isinstance(value, list):
                made[key] = [*mine, *(one for one in value if one not in mine)]
            elif key == "enum" and isinstance(mine, list) and isinstance(value, list):
                made[key] = [one for one in mine if one in value]
            elif key in LEAST and _is_number(mine) and _is_number(value):
                made[key] = LEAST[key](mine, value)
            elif key == "allOf" and isinstance(mine, list) and isinstance(value, list):
                made[key] = [*mine, *value]
            elif key == "type":
                made[key] = _types(mine, value)
            elif key not in ("title", "description", "$id", "$schema", "$comment", "examples", "default", "additionalProperties"):
                self.notes.changed(place, name, "merge", keyword=key)
        return made


def _types(first: Any, second: Any) -> Any:
    ours, theirs = ([one] if isinstance(one, str) else one if isinstance(one, list) else [] for one in (first, second))
    common = [one for one in ours if one in theirs or (one == "integer" and "number" in theirs)]
    common += ["integer"] if "integer" in theirs and "number" in ours and "integer" not in common else []
    return common or first


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _anchors(document: Any) -> Iterator[tuple[str, Any]]:
    """Schemas with a name of their own: `$id`, `id` (draft 4), `$anchor`."""
    todo, steps = [document], 0
    while todo and steps < 50_000:
        steps += 1
        one = todo.pop()
        if isinstance(one, Mapping):
            for key in ("$id", "id"):
                if isinstance(one.get(key), str) and one[key]:
                    yield one[key].removesuffix("#") if one[key] != "#" else "#", one
            for key in ("$anchor", "$dynamicAnchor"):
                if isinstance(one.get(key), str):
                    yield f"#{one[key]}", one
            todo.extend(one.values())
        elif isinstance(one, list):
            todo.extend(one)

"""The keywords of a JSON Schema that a question of ours does not stand for: they go into the report by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from forms.importing.notes import Notes
from forms.importing.options import figure

EVERYWHERE = frozenset(
    (
        *("type", "title", "description", "default", "readOnly", "writeOnly", "nullable", "required", "allOf", "oneOf", "anyOf", "const"),
        *("$schema", "$id", "id", "$ref", "$dynamicRef", "$recursiveRef", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$defs"),
        *("definitions", "$comment", "$vocabulary", "x-translations", "x-title", "x-description"),
        *(f"x-{member}{sign}{lang}" for member in ("title", "description") for sign in "-_" for lang in ("id", "en")),
    )
)
LISTED = ("enum", "enumNames", "x-enumNames", "x-enum-titles", "x-enum-varnames", "enumTitles")
LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "divisibleBy")
LENGTHS = ("minLength", "maxLength", "pattern")
MEMBERS = ("properties", "dependencies", "dependentRequired", "dependentSchemas", "if", "then", "else")
LIST = ("items", "minItems", "maxItems")
NO_MORE = ("additionalProperties", "unevaluatedProperties", "additionalItems", "unevaluatedItems", "uniqueItems", "deprecated")
MEMBERS_TOO = ("unevaluatedProperties",)  # true is what holds without it
HARMLESS = ("additionalProperties",)  # said by itself where it describes something
CARRIED: Mapping[str, tuple[str, ...]] = {
    "text": (*LENGTHS, "format"),  # what of them cannot be kept is said where they are read
    "textarea": (*LENGTHS, "format"),
    "nik": LENGTHS,
    "email": ("format",),
    "phone": ("format",),
    "date": ("format", "formatMinimum", "formatMaximum"),
    "time": ("format",),
    "date_time": ("format",),
    "file": ("format", "contentEncoding", "contentMediaType"),
    "number": LIMITS,
    "choice": (*LISTED, *LENGTHS, *LIMITS),  # a choice of ours is one of the values, whatever else is asked of them
    "select": (*LISTED, *LENGTHS, *LIMITS),
    "yes_no": LISTED,
    "declaration": LISTED,
    "choices": (*LIST, "uniqueItems"),
    "files": LIST,
    "group": LIST,
    "tuple": ("prefixItems",),
    "section": MEMBERS,
}


def unsaid(schema: Mapping[str, Any], carried_as: str, place: str, name: str, notes: Notes) -> None:
    """Report the keywords that do not go into a question of a kind, into a section or a list."""
    left = list(_left(schema, frozenset(CARRIED.get(carried_as, ()))))
    if left:
        notes.dropped(place, name, "keyword", keyword=", ".join(left))
    if carried_as == "section" and isinstance(schema.get("additionalProperties"), Mapping):
        notes.dropped(place, name, "other_members", keyword="additionalProperties")


def _left(schema: Mapping[str, Any], carried: frozenset[str]) -> Iterator[str]:
    for keyword, value in schema.items():
        if keyword in LIMITS and keyword in carried and not isinstance(value, bool) and figure(value) is None:
            yield keyword  # beyond what a number can be here
        elif keyword == "items" and "prefixItems" in carried and isinstance(value, list):
            continue  # drafts before 2020-12
        elif keyword in NO_MORE and (value is False or keyword in HARMLESS or (value is True and keyword in MEMBERS_TOO)):
            continue
        elif keyword not in EVERYWHERE and keyword not in carried:
            yield keyword

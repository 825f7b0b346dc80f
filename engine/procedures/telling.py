"""From what the rules found to what is told: each thing once, in order, with its place in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rules import Finding

from . import drawn
from .naming import Names, Words, both, where

# The same mistake at several places: these codes with these facts alike are one finding.
_ONCE: Mapping[str, tuple[str, ...]] = {
    "feel.unknown_function": ("name",),
    "days.too_many": ("sum", "steps"),
    "property.beside": ("value",),
    "read.later": ("read",),
    "read.elsewhere": ("read",),
    "read.never": ("read",),
    "read.missing": ("read",),
    "read.may_be_missing": ("read",),
}
_UNKNOWN: Mapping[str, str] = {"feel.unknown_name": "name", "form.unknown_name": "name", "letter.unknown_field": "field"}
_SHOWN = 3
_CELL: Mapping[str, tuple[str, str]] = {"input": ("kolom", "column"), "output": ("kolom hasil", "result column")}


def told(found: Iterable[Finding], files: Mapping[str, bytes], names: Names | None = None) -> tuple[Finding, ...]:
    """Sorted by place, without doubles; what is one mistake is one finding that names the other places (`also`)."""
    ordered = sorted({_key(each): each for each in found}.items())
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for key, each in ordered:
        groups.setdefault(_alike(each) or key, []).append(each)
    return tuple(_one(group, files, names) for group in groups.values())


def _alike(finding: Finding) -> tuple[object, ...] | None:
    """What findings of one mistake have in common; None for one that stands alone."""
    if finding.code in _UNKNOWN:
        return ("unknown", str(finding.facts.get(_UNKNOWN[finding.code])))
    names = _ONCE.get(finding.code)
    return (finding.code, *(str(finding.facts.get(name)) for name in names)) if names else None


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.place, finding.code, repr(sorted(finding.facts.items(), key=str))


def _one(group: list[Finding], files: Mapping[str, bytes], names: Names | None) -> Finding:
    first = group[0]
    facts = dict(first.facts)
    if "where" not in facts and (spot := where(first.place, files, names)):
        facts["where"] = _cell(spot, facts)
    file, _, ident = first.place.partition("#")
    if names is None and ident and facts.get("name") == ident and (near := drawn.step(ident, files.get(file, b""))):
        facts["name"] = near
    places = dict.fromkeys(each.place for each in group[1:] if each.place != first.place)
    also = {str(spot): spot for place in places if (spot := where(place, files, names) or {"id": place, "en": place})}
    also.pop(str(facts.get("where")), None)
    if also:
        facts["also"] = [*also.values()][:_SHOWN] + (["…"] if len(also) > _SHOWN else [])
    return replace(first, facts=facts)


def _cell(spot: Words, facts: Mapping[str, object]) -> Words:
    """The place in a table, with the column of the cell."""
    for fact, (indonesian, english) in _CELL.items():
        if isinstance(facts.get(fact), int):
            return both(f"{spot['id']}, {indonesian} {facts[fact]}", f"{spot['en']}, {english} {facts[fact]}")
    return spot

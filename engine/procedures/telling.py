"""From what the rules found to what is told: each thing once, in order, with its place in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rules import Finding

from .naming import Names, where

# The same mistake at several places: these codes with these facts alike are one finding.
_ONCE: Mapping[str, tuple[str, ...]] = {
    "feel.unknown_name": ("name",),
    "feel.unknown_function": ("name",),
    "form.unknown_name": ("name",),
    "property.beside": ("value",),
    "letter.unknown_field": ("field",),
    "read.later": ("read",),
    "read.elsewhere": ("read",),
    "read.never": ("read",),
    "read.missing": ("read",),
    "read.may_be_missing": ("read",),
}
_SHOWN = 3


def told(found: Iterable[Finding], files: Mapping[str, bytes], names: Names | None = None) -> tuple[Finding, ...]:
    """Sorted by place, without doubles; what is one mistake is one finding that names the other places (`also`)."""
    ordered = sorted({_key(each): each for each in found}.items())
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for key, each in ordered:
        alike = _ONCE.get(each.code)
        groups.setdefault((each.code, *(str(each.facts.get(name)) for name in alike)) if alike else key, []).append(each)
    return tuple(_one(group, files, names) for group in groups.values())


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.place, finding.code, repr(sorted(finding.facts.items(), key=str))


def _one(group: list[Finding], files: Mapping[str, bytes], names: Names | None) -> Finding:
    first = group[0]
    facts = dict(first.facts)
    if "where" not in facts and (spot := where(first.place, files, names)):
        facts["where"] = spot
    places = dict.fromkeys(each.place for each in group[1:] if each.place != first.place)
    also = {str(spot): spot for place in places if (spot := where(place, files, names) or {"id": place, "en": place})}
    also.pop(str(facts.get("where")), None)
    if also:
        facts["also"] = [*also.values()][:_SHOWN] + (["…"] if len(also) > _SHOWN else [])
    return replace(first, facts=facts)

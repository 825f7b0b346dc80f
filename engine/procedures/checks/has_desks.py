"""Every task of a person has a desk, and every desk has a name in every language."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from engine.procedures.names import LANGS
from rules import Finding

SENTENCES = {
    "step.no_desk": "{name} ({id}) has no desk; name one (zeebe:assignmentDefinition candidateGroups) or draw it in a lane.",
    "desk.no_name": "The desk {desk} has no name; add it under [desks].",
}


def check(seen: Seen) -> Iterator[Finding]:
    desks = {seen.bundle.about.owner: None}
    for step in seen.of_kind("user"):
        if not step.desks:
            yield seen.at(step, "step.no_desk")
        desks.update(dict.fromkeys(step.desks))
    for lang in LANGS:
        named = seen.bundle.texts.get(lang, {}).get("desks", {})
        yield from (Finding(f"texts/{lang}.toml#/desks", "desk.no_name", {"desk": desk}) for desk in desks if desk not in named)

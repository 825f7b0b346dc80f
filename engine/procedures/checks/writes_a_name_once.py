"""No two things write one name: a form, the result of a decision, an automatic step; and nobody writes what the engine gives."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen, written
from engine.procedures.names import CONTEXT
from rules import Finding

SENTENCES = {
    "name.twice": {
        "id": "Nama {name} ditulis di sini dan di {other}; beri salah satunya nama lain.",
        "en": "The name {name} is written here and at {other}; give one of them another name.",
    },
    "name.reserved": {
        "id": "Nama {name} milik mesin; pilih nama lain.",
        "en": "The name {name} belongs to the engine; choose another one.",
    },
}


def check(seen: Seen) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for name, _, place in written(seen):
        if name in CONTEXT or name == "row":
            yield Finding(place, "name.reserved", {"name": name})
        elif first.setdefault(name, place) != place and not _same_decision(seen, name):
            yield Finding(place, "name.twice", {"name": name, "other": first[name]})


def _same_decision(seen: Seen, name: str) -> bool:
    """The same table may be asked again at another step (a fee after a correction)."""
    writers = [step.decision for step in seen.of_kind("rule") if step.result == name]
    return len(set(writers)) == 1 and name not in seen.bundle.forms and all(step.id != name for step in seen.of_kind("service", "receive"))
